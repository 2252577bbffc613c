import type { Pool } from 'pg';
import type { Clock } from '#kernel/clock';
import type { EventLog, Position } from '#event-store/log.port';
import type { Consumer, Standpoint } from './consumer';
import type { LiveState } from './live-group';
import { loadStandpoints } from './positions';

export interface ConsumerStatus {
  readonly name: string;
  readonly version: number;
  readonly serves: Standpoint['state'];
  readonly state: LiveState | 'driven';
  /** What stopped it last, until it has caught up again; names no person and no text. */
  readonly fault: string | null;
  readonly position: Position;
  readonly head: Position;
  /** Events of any type after its position; counted up to `LAG_COUNTED`. */
  readonly lagEvents: number;
  /** Milliseconds since the first event after its position was recorded; 0 at the head. */
  readonly lagMs: number;
}

export const LAG_COUNTED = 1_000;

export interface StatusParts {
  readonly pool: Pool;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly schema: string;
  readonly consumers: readonly Consumer[];
  readonly stateOf: (consumer: Consumer) => { readonly state: LiveState | 'driven'; readonly fault: string | null };
}

/** Positions are opaque: a lag is counted by reading what comes after, up to a bound. */
export const statusOf = async ({ pool, log, clock, schema, consumers, stateOf }: StatusParts): Promise<readonly ConsumerStatus[]> => {
  const head = await log.head();
  const at = await loadStandpoints(pool, consumers, schema);
  const lags = new Map<Position, { events: number; ms: number }>();
  for (const position of new Set(at.map((one) => one.position)))
    lags.set(position, await lagAfter(log, position, { head, now: clock.now() }));
  return at.map(({ name, version, state: serves, position }, index) => {
    const { events, ms } = lags.get(position)!;
    return { name, version, serves, ...stateOf(consumers[index]!), position, head, lagEvents: events, lagMs: ms };
  });
};

const lagAfter = async (
  log: EventLog,
  after: Position,
  { head, now }: { head: Position; now: string },
): Promise<{ events: number; ms: number }> => {
  if (after >= head) return { events: 0, ms: 0 };
  let events = 0;
  let ms = 0;
  for await (const { meta } of log.readAll({ after, limit: LAG_COUNTED })) {
    if (events === 0) ms = Math.max(0, Date.parse(now) - Date.parse((JSON.parse(meta) as { recordedAt: string }).recordedAt));
    events += 1;
  }
  return { events, ms };
};
