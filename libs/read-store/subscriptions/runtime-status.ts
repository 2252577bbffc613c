import type { Pool } from 'pg';
import type { Clock } from '#kernel/clock';
import type { EventLog, LogFilter, Position } from '#event-store/log.port';
import type { BuildState } from '../checkpoints/consumer';
import { versionIn, type ModelVersions } from '../fold/model-versions';
import type { LiveState } from './consumer-supervisor';
import type { ModelName } from '../checkpoints/checkpoints';
import { controlTables } from '../tables/table-names';

/** `current`: nothing waits; `behind`: it moves; `stuck`: something waits, and it has not moved for `STUCK_MS`. */
export type Pace = 'current' | 'behind' | 'stuck';

export interface ConsumerStatus {
  readonly name: string;
  readonly version: number;
  readonly build: number;
  readonly serves: BuildState;
  readonly state: LiveState | 'driven';
  readonly pace: Pace;
  /** What stopped it last, until it has caught up again; names no person and no text. */
  readonly fault: string | null;
  readonly position: Position;
  readonly head: Position;
  /** Events after its position that concern it; counted up to `LAG_COUNTED`. */
  readonly lagEvents: number;
  /** Milliseconds since the first of them was recorded; 0 where none waits. */
  readonly lagMs: number;
  /** Events that concern it, taken since its beginning. */
  readonly handled: number;
  /** Events, and due times of a process, that wait behind a fault, for an operator. */
  readonly parked: number;
  readonly beganAt: string;
  /** Of a former active build: until when it can be gone back to. */
  readonly keptUntil: string | null;
}

export const LAG_COUNTED = 1_000;
export const STUCK_MS = 30_000;

export interface StatusParts {
  readonly pool: Pool;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly schema: string;
  readonly lines: readonly ModelVersions[];
  readonly stateOf: (of: ModelName) => { readonly state: LiveState | 'driven'; readonly fault: string | null };
}

interface Row extends ModelName {
  readonly position: Position;
  readonly serves: BuildState;
  readonly handled: string;
  readonly began_at: Date;
  readonly keep_until: Date | null;
  readonly still_ms: number;
  readonly parked: number;
}

/** Positions are opaque: a lag is counted by reading what comes after, up to a bound. */
export const statusOf = async ({ pool, log, clock, schema, lines, stateOf }: StatusParts): Promise<readonly ConsumerStatus[]> => {
  const head = await log.head();
  const tables = controlTables(schema);
  const { rows } = await pool.query<Row>(
    `select name, version, build, position, state as serves, handled::text, began_at, keep_until,
       (extract(epoch from clock_timestamp() - moved_at) * 1000)::float8 as still_ms,
       (select count(distinct (k.event_id, k.due, k.due_at)) from ${tables.parked} k where k.projection = p.id and k.state = 'parked')::integer as parked
     from ${tables.projection} p where name = any($1) and state <> 'retired' order by name, version, build`,
    [lines.map(({ name }) => name)],
  );
  const known = new Map<string, Promise<Lag>>();
  const lagOf = (row: Row): Promise<Lag> => {
    const types = typesOf(lines, row);
    const key = `${row.position} ${types?.join() ?? 'all'}`;
    const lag = known.get(key) ?? lagAfter(log, row.position, { head, now: clock.now(), types });
    known.set(key, lag);
    return lag;
  };
  return Promise.all(
    rows.map(async (row) => {
      const { name, version, build, serves, position, handled, began_at: began, keep_until: kept, still_ms: still, parked } = row;
      const { events, ms } = await lagOf(row);
      const pace = events === 0 ? 'current' : still > STUCK_MS && ms > STUCK_MS ? 'stuck' : 'behind';
      const times = { beganAt: began.toISOString(), keptUntil: kept?.toISOString() ?? null };
      const lag = { lagEvents: events, lagMs: ms, handled: Number(handled), parked };
      return { ...{ name, version, build, serves }, ...stateOf(row), pace, position, head, ...lag, ...times };
    }),
  );
};

/** Undefined: all types. */
const typesOf = (lines: readonly ModelVersions[], row: Row): readonly string[] | undefined => {
  const types = versionIn(lines, row)?.consumerOf(row.build).types ?? 'all';
  return types === 'all' ? undefined : [...types].sort();
};

interface Lag {
  readonly events: number;
  readonly ms: number;
}

const lagAfter = async (
  log: EventLog,
  after: Position,
  { head, now, types }: { head: Position; now: string; types: LogFilter['types'] },
): Promise<Lag> => {
  if (after >= head) return { events: 0, ms: 0 };
  let events = 0;
  let ms = 0;
  for await (const { meta } of log.readAll({ after, limit: LAG_COUNTED, ...(types ? { filter: { types } } : {}) })) {
    if (events === 0) ms = Math.max(0, Date.parse(now) - Date.parse((JSON.parse(meta) as { recordedAt: string }).recordedAt));
    events += 1;
  }
  return { events, ms };
};
