import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Codec } from '#event-store/codec.port';
import { LogUnavailable, type EventLog } from '#event-store/log.port';
import type { Clock } from '#kernel/clock';
import type { Instant } from '#kernel/id';
import { listBuilds, versionIn, type ModelVersions } from '../fold/model-versions';
import { CommandQueue, type Execute } from './command-queue';
import type { ParkedOrdersParts } from './parked-causes';
import { loadCheckpoints } from '../checkpoints/checkpoints';
import type { AnyProcess } from './process-fold';
import { WaitTimedOut } from '../read-store.port';

/** What it takes to give orders of processes again, besides the runtime that follows the log. */
export interface Ordering {
  readonly processes: readonly AnyProcess[];
  readonly clock: Clock;
  readonly execute: Execute<never>;
  /** Answers what a due time asks. */
  readonly ask?: (question: never) => Promise<unknown>;
}

export const NOBODY: Ordering = {
  processes: [],
  clock: { now: () => new Date(0).toISOString() as Instant },
  execute: () => Promise.resolve('unknown'),
};

interface Parts {
  readonly pool: Pool;
  readonly log: EventLog;
  readonly codec: Pick<Codec, 'decode'>;
  readonly lines: readonly ModelVersions[];
  readonly schema: string;
}

/** Somebody waits for the answer: a log that is away is told after a few seconds. */
const ATTEMPTS = 6;
const giveUpSoon = (attempt: number): number => {
  if (attempt >= ATTEMPTS) throw new LogUnavailable('a command of a process has no answer', true);
  return 50 * 2 ** attempt;
};

export const orderingAgain = (parts: Parts, { processes, clock, execute, ask }: Ordering): ParkedOrdersParts => ({
  ...parts,
  ...{ processes, clock },
  orders: new CommandQueue({
    // Which commands a process orders is between it and whoever executes them.
    execute: execute as Execute<unknown>,
    clock,
    concurrency: 1,
    onRejected: () => undefined,
    delay: giveUpSoon,
  }),
  ask: async (question) => {
    if (!ask) throw new Error('a process asks, and nobody answers');
    await untilAtHead(parts);
    return ask(question as never);
  },
});

const POLL_INTERVAL_MS = 50;
const TIMEOUT_MS = 10_000;

/** @throws WaitTimedOut */
const untilAtHead = async ({ pool, log, lines, schema }: Parts): Promise<void> => {
  const head = await log.head();
  for (const until = performance.now() + TIMEOUT_MS; ; await sleep(POLL_INTERVAL_MS)) {
    const builds = await listBuilds(pool, lines, schema);
    const serving = builds.filter(({ state, paused }) => state === 'active' && !paused);
    const at = await loadCheckpoints(
      pool,
      serving.map((one) => versionIn(lines, one)!.consumerOf(one.build)),
      schema,
    );
    if (at.every(({ position }) => position >= head)) return;
    if (performance.now() > until) throw new WaitTimedOut('the read models have not reached the log’s head in time');
  }
};
