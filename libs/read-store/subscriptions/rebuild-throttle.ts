import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { START, type EventLog, type Position } from '#event-store/log.port';
import type { Pace } from '../checkpoints/consumer';
import { pagesThenLive } from './pages';
import type { Source } from './subscription-runner';
import { selectBuilds } from '../checkpoints/projection-table';
import { controlTables } from '../tables/table-names';

export interface RebuildThrottleParts {
  readonly log: Pick<EventLog, 'subscribe' | 'readPages' | 'head'>;
  readonly pool: Pool;
  readonly schema: string;
}

/** What builds from the log's start give way to: they share the machine with the builds that serve, and with those who write. */
export interface RebuildThrottle {
  /** The log, which waits while builds that serve are behind its head. */
  readonly source: Source;
  /** Whether somebody wrote to the log lately, as far as the source's readers looked. */
  readonly shouldThrottle: () => boolean;
  /** What was written is flushed now and then, so that no command's commit has much to flush; then a rest, as long as that took. */
  readonly pace: Pace;
}

/** So much is written between two flushes: some milliseconds' work of a disk. */
const FLUSH_BYTES = 256 * 1024;
/** A commit of nothing, which waits for the disk as a command's does. */
const FLUSH = `select pg_logical_emit_message(true, 'savoirs', '')`;
/** A disk that stalls is not waited for twice. */
const LONGEST_REST_MS = 100;
/** Between two looks at the log's head and at those that serve. */
const POLL_INTERVAL_MS = 250;
/** So long after something was written more is expected. */
const LATELY_MS = 2_000;
/** So long may those that serve be behind before a build waits for them, and so long does it wait at a time. */
const BEHIND_MS = 1_000;
/** One that has not moved for so long is not waited for. */
const MOVED_MS = 10_000;
/** It goes on all the same now and then: where a projection stands still for good, a rebuild is what may help. */
const WAIT_AT_MOST_MS = 5_000;

export const createRebuildThrottle = ({ log, pool, schema }: RebuildThrottleParts): RebuildThrottle => {
  let knownHead: Position | null = null;
  let writtenAt = -Infinity;
  /** Where the head was, for those that serve to reach in time: while people write they are never at it. */
  let goal: { readonly head: Position; readonly since: number } = { head: START, since: performance.now() };
  /** Whether those that serve are behind. */
  const look = async (): Promise<boolean> => {
    const head = await log.head();
    const active = await selectBuilds(pool, controlTables(schema), { columns: ['position', 'paused', 'stillMs'], those: 'active' });
    const serving = active.filter(({ paused, stillMs }) => !paused && stillMs < MOVED_MS).map(({ position }) => position);
    const now = performance.now();
    if (head > (knownHead ?? head)) writtenAt = now;
    knownHead = head;
    if (serving.every((position) => position >= goal.head)) goal = { head, since: now };
    return now - goal.since > BEHIND_MS;
  };
  const source: Source = async function* (from) {
    let lookAt = 0;
    for await (const item of pagesThenLive(log, from)) {
      if (performance.now() >= lookAt) {
        const began = performance.now();
        while ((await look()) && performance.now() - began < WAIT_AT_MOST_MS && !from.signal.aborted) await sleep(POLL_INTERVAL_MS);
        lookAt = performance.now() + POLL_INTERVAL_MS;
      }
      yield item;
    }
  };
  let unflushed = 0;
  const pace: Pace = async (bytes) => {
    unflushed += bytes;
    if (unflushed < FLUSH_BYTES) return;
    unflushed = 0;
    const began = performance.now();
    await pool.query(FLUSH);
    await sleep(Math.min(performance.now() - began, LONGEST_REST_MS));
  };
  return { source, shouldThrottle: () => performance.now() - writtenAt < LATELY_MS, pace };
};
