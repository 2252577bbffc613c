import type { Pool } from 'pg';
import type { Clock } from '#kernel/clock';
import type { EventLog, LogFilter, Position } from '#event-store/log.port';
import { selectBuilds, type BuildRow, type BuildState, type ModelName } from '../checkpoints/projection-table';
import { versionIn, type ModelVersions } from '../fold/model-versions';
import type { LiveState } from './consumer-supervisor';
import { controlTables, type ControlTables } from '../tables/table-names';

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

const COLUMNS = ['id', 'name', 'version', 'build', 'position', 'state', 'handled', 'beganAt', 'keepUntil', 'stillMs'] as const;
type Row = Pick<BuildRow, (typeof COLUMNS)[number]>;

/** Positions are opaque: a lag is counted by reading what comes after, up to a bound. */
export const statusOf = async ({ pool, log, clock, schema, lines, stateOf }: StatusParts): Promise<readonly ConsumerStatus[]> => {
  const head = await log.head();
  const tables = controlTables(schema);
  const rows = await selectBuilds(pool, tables, { columns: COLUMNS, names: lines.map(({ name }) => name) });
  const parked = await parkedIn(pool, tables);
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
      const { id, name, version, build, state: serves, position, handled, beganAt, keepUntil, stillMs } = row;
      const { events, ms } = await lagOf(row);
      const pace = events === 0 ? 'current' : stillMs > STUCK_MS && ms > STUCK_MS ? 'stuck' : 'behind';
      const times = { beganAt: beganAt.toISOString(), keptUntil: keepUntil?.toISOString() ?? null };
      const lag = { lagEvents: events, lagMs: ms, handled, parked: parked.get(id) ?? 0 };
      return { ...{ name, version, build, serves }, ...stateOf(row), pace, position, head, ...lag, ...times };
    }),
  );
};

/** How much is parked, by build. */
const parkedIn = async (pool: Pool, { parked }: ControlTables): Promise<ReadonlyMap<number, number>> => {
  const { rows } = await pool.query<{ projection: number; count: number }>(
    `select projection, count(distinct (event_id, due, due_at))::integer as count from ${parked} where state = 'parked' group by projection`,
  );
  return new Map(rows.map(({ projection, count }) => [projection, count]));
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
