import type { Pool, PoolClient } from 'pg';
import { START, type Position } from '#event-store/log.port';
import type { Built, ControlTables } from '../tables/table-names';

/** The life of a build: one that was active is `ready` again while it is kept, and follows. */
export type BuildState = 'building' | 'catching-up' | 'ready' | 'active' | 'retired';

/** From the log's start, and not yet at its head: nobody reads it. */
export const isBuilt = (state: BuildState): boolean => state === 'building' || state === 'catching-up';

export type ModelName = Required<Built>;

export const isSame = (one: ModelName, other: ModelName): boolean =>
  one.name === other.name && one.version === other.version && one.build === other.build;

/** One build of a read model, or one process: its row in the table `projection`. Each reader takes the columns that it needs. */
export interface BuildRow extends ModelName {
  readonly id: number;
  readonly position: Position;
  /** recordedAt of the event at `position`; null before the first. */
  readonly recordedAt: string | null;
  readonly logId: string;
  readonly state: BuildState;
  readonly shape: string;
  /** Up to here a process only folds: its earlier version has reacted already. */
  readonly silentUntil: Position;
  /** Fencing: a row claimed since by another process has a higher one. */
  readonly epoch: string;
  /** Somebody who lives has its lease. */
  readonly isHeld: boolean;
  readonly paused: boolean;
  /** No switch to it by itself. */
  readonly byHand: boolean;
  /** Of a former active build that still follows: so long it can be gone back to. */
  readonly keepUntil: Date | null;
  readonly isExpired: boolean;
  /** Events of its own types taken so far. */
  readonly handled: number;
  /** Positions of the log a second, lately, and how far that wavers. */
  readonly pace: number;
  readonly paceSpread: number;
  readonly beganAt: Date;
  /** Milliseconds since it moved. */
  readonly stillMs: number;
  /** What stopped it by itself last. */
  readonly fault: string | null;
  /** Its last comparison, as JSON. */
  readonly report: string | null;
  /** How often what was parked changed its rows at a position that those who follow it were told already. */
  readonly mended: number;
}

type Column = keyof BuildRow;

/** What of a build's row its consumer works by. */
export const CHECKPOINT = ['id', 'name', 'version', 'build', 'position', 'epoch', 'state', 'silentUntil'] as const;

/** Where one consumer stands. */
export type Checkpoint = Pick<BuildRow, (typeof CHECKPOINT)[number]>;

/** Those that are more than a column's name. */
const COMPUTED: { readonly [C in Column]?: string } = {
  epoch: 'lease_epoch::text',
  isHeld: `(coalesce(lease_until > clock_timestamp(), false)
     and exists (select from pg_stat_activity a where a.pid = lease_pid and a.backend_start = lease_started))`,
  isExpired: 'coalesce(keep_until < now(), false)',
  handled: 'handled::float8',
  stillMs: '(extract(epoch from clock_timestamp() - moved_at) * 1000)::float8',
};
const nameOf = (column: Column): string => column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const THOSE = {
  all: 'true',
  living: `state <> 'retired'`,
  /** They serve, or can at once. */
  asked: `state in ('ready', 'active')`,
  active: `state = 'active'`,
  retired: `state = 'retired'`,
} as const;
type Those = keyof typeof THOSE;

/** Rows of the table to join with: those that were not retired, by default. */
export const buildsIn = ({ projection }: ControlTables, those: Those = 'living'): string =>
  those === 'all' ? projection : `(select * from ${projection} where ${THOSE[those]})`;

export interface WhichBuilds<C extends Column> {
  readonly columns: readonly C[];
  /** Default: those that were not retired. */
  readonly those?: Those;
  readonly names?: readonly string[];
  readonly ids?: readonly number[];
  /** Until the transaction ends; always in one order. */
  readonly lock?: true;
}

/** Text and values, for whoever has a connection of another kind. */
export const buildsQuery = <C extends Column>(
  { projection }: ControlTables,
  { columns, those = 'living', names, ids, lock }: WhichBuilds<C>,
): readonly [text: string, values: unknown[]] => {
  const selected = columns.map((column) => `${COMPUTED[column] ?? nameOf(column)} as "${column}"`).join(', ');
  const values = [names, ids].filter((value) => value !== undefined);
  const where = [
    THOSE[those],
    ...(names === undefined ? [] : ['name = any($1)']),
    ...(ids === undefined ? [] : [`id = any($${values.length})`]),
  ];
  return [
    `select ${selected} from ${projection} where ${where.join(' and ')} order by name, version, build${lock ? ' for update' : ''}`,
    values,
  ];
};

type Queries = Pick<Pool | PoolClient, 'query'>;

/** By name, version and build. @example const active = await selectBuilds(pool, tables, { columns: ['name', 'position'], those: 'active' }); */
export const selectBuilds = async <C extends Column>(
  client: Queries,
  tables: ControlTables,
  which: WhichBuilds<C>,
): Promise<readonly Pick<BuildRow, C>[]> => (await client.query<Pick<BuildRow, C>>(...buildsQuery(tables, which))).rows;

type NewBuild = ModelName & Pick<BuildRow, 'logId' | 'state' | 'shape'> & Partial<BuildRow>;

/** A new row, at the log's start where nothing else is said. Answers its id. */
export const insertBuild = async (client: Queries, { projection }: ControlTables, row: NewBuild): Promise<number> => {
  const written = { position: START, silentUntil: START, ...row };
  const columns = (Object.keys(written) as Column[]).map(nameOf);
  const { rows } = await client.query<{ id: number }>(
    `insert into ${projection} (${columns.join(', ')}) values (${columns.map((_, index) => `$${index + 1}`).join(', ')}) returning id`,
    Object.values(written),
  );
  return rows[0]!.id;
};

/** What is written of a build besides its position, which `moveCheckpoints` alone moves. */
export const updateBuilds = async (
  client: Queries,
  { projection }: ControlTables,
  ids: readonly number[],
  written: Partial<Pick<BuildRow, 'state' | 'paused' | 'byHand' | 'keepUntil' | 'fault' | 'report'>>,
): Promise<void> => {
  const columns = Object.keys(written) as (keyof typeof written)[];
  await client.query(
    `update ${projection} set ${columns.map((column, index) => `${nameOf(column)} = $${index + 2}`).join(', ')} where id = any($1)`,
    [ids, ...columns.map((column) => written[column])],
  );
};

/** Whoever moves these builds, or the living ones of that name, is fenced: what it folded ahead of its transactions is void, and it must load them anew. */
export const raiseEpochs = (client: Queries, { projection }: ControlTables, of: string | readonly number[]) =>
  client.query(
    `update ${projection} set lease_epoch = lease_epoch + 1 where ${typeof of === 'string' ? `name = $1 and ${THOSE.living}` : 'id = any($1)'}`,
    [of],
  );

/** Nobody moves it any more, whoever does so at this moment. */
export const retireBuild = async (client: Queries, tables: ControlTables, { id, byHand }: Pick<BuildRow, 'id' | 'byHand'>) => {
  await updateBuilds(client, tables, [id], { state: 'retired', keepUntil: null, byHand });
  await raiseEpochs(client, tables, [id]);
};

/** It served until now, and follows for so long. */
export const keepFormer = (client: Queries, { projection }: ControlTables, { id, keepMs }: { id: number; keepMs: number }) =>
  client.query(
    `update ${projection} set state = 'ready', by_hand = true, keep_until = now() + $2 * interval '1 millisecond' where id = $1`,
    [id, keepMs],
  );

/** Its rows were changed at a position that was told already. */
export const countRepair = (client: Queries, { projection }: ControlTables, id: number) =>
  client.query(`update ${projection} set mended = mended + 1 where id = $1`, [id]);
