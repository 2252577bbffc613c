import type { Pool, PoolClient } from 'pg';
import { START, type EventLog, type Position } from '#event-store/log.port';
import type { Consumer } from '../checkpoints/consumer';
import { insertBuild, retireBuild, selectBuilds, type BuildRow, type BuildState } from '../checkpoints/projection-table';
import { migrateReadStore, underLock } from '../tables/migrations';
import type { ModelVersions } from '../fold/model-versions';
import { inRetriedTransaction } from '#postgres/transaction';
import { cleanedByItself, controlTables, PROCESS, type ControlTables } from '../tables/table-names';
import { TablesProblem } from '../tables/tables-problem';

const COLUMNS = ['id', 'version', 'build', 'position', 'logId', 'state', 'shape', 'byHand'] as const;
type Row = Pick<BuildRow, (typeof COLUMNS)[number]>;

interface ControlTablesOfLog {
  readonly tables: ControlTables;
  readonly logId: string;
}

type Log = Pick<EventLog, 'logId' | 'head'>;

/** Makes what is missing: control tables, and for each name a build of its newest version, at the log's start. */
export const register = async (pool: Pool, lines: readonly ModelVersions[], at: { schema: string; log: Log }): Promise<void> => {
  await migrateReadStore(pool, at.schema);
  const place = { tables: controlTables(at.schema), logId: await at.log.logId(), log: at.log };
  await underLock(pool, at.schema, async () => {
    for (const line of lines) await inRetriedTransaction(pool, (client) => registerOne(client, line, place));
  });
};

/** All builds of one name that ever were, oldest first; locked until the transaction ends. */
export const buildsOf = (client: PoolClient, tables: ControlTables, name: string): Promise<readonly Row[]> =>
  selectBuilds(client, tables, { columns: COLUMNS, those: 'all', names: [name], lock: true });

const registerOne = async (client: PoolClient, line: ModelVersions, place: ControlTablesOfLog & { readonly log: Log }): Promise<void> => {
  const rows = await buildsOf(client, place.tables, line.name);
  const living = rows.filter(({ state }) => state !== 'retired');
  for (const row of living) refuseOtherTable(row, line);
  if (living.some((row) => row.logId !== place.logId)) await refuseOtherLog(line.name, place.log);
  const newest = line.versions[0]!;
  const own = rows.filter(({ version }) => version === newest.version);
  // A build that an operator ended is not begun again by a start.
  if (own.some((row) => living.includes(row)) || own.at(-1)?.byHand) return;
  const active = living.find(({ state }) => state === 'active');
  const succeeded = line.name.startsWith(PROCESS) ? active : undefined;
  if (succeeded) await retireBuild(client, place.tables, succeeded);
  const consumer = newest.consumerOf(1 + (own.at(-1)?.build ?? 0));
  const id = await beginBuild(client, consumer, {
    ...{ tables: place.tables, logId: place.logId },
    silentUntil: succeeded?.position ?? START,
    state: active && !succeeded ? 'building' : 'active',
  });
  if (succeeded) await oweParked(client, place.tables, { from: succeeded.id, to: id });
};

const refuseOtherTable = (row: Row, { name, versions }: ModelVersions): void => {
  const newest = versions[0]!.version;
  if (row.version > newest) throw new TablesProblem(`${name} stands at a newer version than ${newest}: start the newer Savoirs`);
  const known = versions.find(({ version }) => version === row.version)?.consumerOf(row.build);
  if (known && row.shape !== known.shape)
    throw new TablesProblem(`${name} has other columns or indexes than its table of version ${row.version}: raise its version`);
};

/** Never "rebuild": processes that begin anew order again what was ordered long ago. @throws TablesProblem that names the way on */
const refuseOtherLog = async (name: string, log: Log): Promise<never> => {
  const isEmpty = (await log.head()) === START;
  throw new TablesProblem(
    isEmpty
      ? `${name} was built from another log, and this one is empty: the settings name another place, or its server began on another data folder`
      : `${name} was built from another log: where this one is its copy, stop every program and run "savoirs log adopt", else name the former`,
  );
};

/** A new build's tables and its row, at the log's start. Answers its number. */
export const beginBuild = async (
  client: PoolClient,
  consumer: Consumer,
  {
    tables,
    logId,
    state,
    silentUntil = START,
    byHand = false,
  }: ControlTablesOfLog & { state: BuildState; silentUntil?: Position; byHand?: boolean },
): Promise<number> => {
  await consumer.prepare(client);
  if (state === 'building') await client.query(cleanedByItself(tables, consumer, false));
  const { name, version, build, shape } = consumer;
  return insertBuild(client, tables, { name, version, build, logId, state, shape, silentUntil, byHand });
};

/** A version that only folds what the one before has answered still answers what that one had parked; what was skipped stays so. */
const oweParked = async (client: PoolClient, { parked }: ControlTables, { from, to }: { from: number; to: number }): Promise<void> => {
  await client.query(`delete from ${parked} where projection = $1 and state = 'parked' and silent`, [from]);
  await client.query(
    `update ${parked} set projection = $2, state = case state when 'skipped' then 'skipped' else 'owed' end where projection = $1`,
    [from, to],
  );
};
