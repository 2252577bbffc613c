import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { START, type EventLog, type Position } from '#event-store/log.port';
import type { Source } from './follower';
import { controlTables } from './schema';

export interface YieldingParts {
  readonly log: Pick<EventLog, 'subscribe' | 'head'>;
  readonly pool: Pool;
  readonly schema: string;
}

/** Between two looks at those that serve. */
const LOOK_MS = 250;
/** So long may those that serve be behind before a build waits for them, and so long does it wait at a time. */
const BEHIND_MS = 1_000;
/** It goes on all the same now and then: where a projection stands still for good, a rebuild is what may help. */
const WAIT_AT_MOST_MS = 5_000;

/**
 * The log for builds from its start: they share the machine with the builds that serve, and wait while those are behind its head.
 */
export const yieldingSource = ({ log, pool, schema }: YieldingParts): Source => {
  const look = async (): Promise<boolean> => {
    const head = await log.head();
    const { rows } = await pool.query<{ least: Position | null }>(
      `select min(position) as least from ${controlTables(schema).projection} where state = 'active' and not paused and moved_at > clock_timestamp() - interval '10 seconds'`,
    );
    return (rows[0]?.least ?? head) < head && head > START;
  };
  return async function* (from) {
    let lookAt = 0;
    let behindSince: number | null = null;
    for await (const item of log.subscribe(from)) {
      if (performance.now() >= lookAt) {
        const began = performance.now();
        for (;;) {
          behindSince = (await look()) ? (behindSince ?? performance.now()) : null;
          lookAt = performance.now() + LOOK_MS;
          const waits = behindSince !== null && performance.now() - behindSince > BEHIND_MS && performance.now() - began < WAIT_AT_MOST_MS;
          if (!waits || from.signal.aborted) break;
          await sleep(LOOK_MS);
        }
      }
      yield item;
    }
  };
};
