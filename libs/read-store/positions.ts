import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { START, type Position } from '#event-store/log.port';
import { LostRace, type Consumer, type Standpoint } from './consumer';
import { underLock, migrateReadStore } from './control-tables';
import type { ControlTables } from './schema';
import { TablesProblem } from './tables-problem';
import { controlTables, inTransaction } from './schema';

/**
 * Begins a transaction of ours. Its commit need not wait for the disk: rows and checkpoint are lost together in a crash of the
 * server, and the log, which does wait, gives the same events again.
 */
export const BEGIN = 'begin; set local synchronous_commit to off';

interface Row {
  readonly id: number;
  readonly name: string;
  readonly version: number;
  readonly position: Position;
  readonly log_id: string;
  readonly epoch: string;
  readonly state: Standpoint['state'];
  readonly shape: string;
  readonly silent_until: Position;
}

const SELECT = 'id, name, version, position, log_id, lease_epoch::text as epoch, state, shape, silent_until';

export const shapeOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Makes what is missing: control tables, each consumer's tables, and its row in the list of positions. */
export const register = async (pool: Pool, consumers: readonly Consumer[], at: { schema: string; logId: string }): Promise<void> => {
  await migrateReadStore(pool, at.schema);
  const tables = controlTables(at.schema);
  await underLock(pool, at.schema, async () => {
    for (const consumer of consumers)
      await inTransaction(pool, 'begin', (client) => registerOne(client, consumer, { tables, logId: at.logId }));
  });
};

const registerOne = async (
  client: PoolClient,
  consumer: Consumer,
  { tables, logId }: { tables: ControlTables; logId: string },
): Promise<void> => {
  const { name, version, shape } = consumer;
  const { rows } = await client.query<Row>(`select ${SELECT} from ${tables.projection} where name = $1 for update`, [name]);
  const own = rows.find((row) => row.version === version);
  if (own) return refuseOther(own, { shape, logId });
  if (rows.some((row) => row.version > version))
    throw new TablesProblem(`${name} stands at a newer version than ${version}: start the newer Savoirs`);
  await consumer.prepare(client);
  const serving = rows.find(({ state }) => state === 'serving');
  const succeeds = name.startsWith(PROCESS) && serving;
  if (succeeds) await retire(client, tables, serving.id);
  await client.query(
    `insert into ${tables.projection} (name, version, position, log_id, state, shape, silent_until) values ($1, $2, $3, $4, $5, $6, $7)`,
    [name, version, START, logId, serving && !succeeds ? 'building' : 'serving', shape, succeeds ? serving.position : START],
  );
};

/** Processes stand in the same list, under this prefix. */
export const PROCESS = 'process/';

const refuseOther = (own: Row, { shape, logId }: { shape: string; logId: string }): void => {
  if (own.shape !== shape)
    throw new TablesProblem(`${own.name} has other columns or indexes than its table of version ${own.version}: raise its version`);
  if (own.log_id !== logId) throw new TablesProblem(`${own.name} was built from another log: rebuild the read tables for this one`);
};

/** Fences whoever still runs it: its epoch is over. */
const retire = (client: PoolClient, tables: ControlTables, id: number) =>
  client.query(`update ${tables.projection} set state = 'retired', lease_epoch = lease_epoch + 1 where id = $1`, [id]);

/** Where these consumers stand now, in their own order. */
export const loadStandpoints = async (pool: Pool, consumers: readonly Consumer[], schema: string): Promise<readonly Standpoint[]> => {
  const { projection } = controlTables(schema);
  const { rows } = await pool.query<Row>(`select ${SELECT} from ${projection} where name = any($1)`, [consumers.map(({ name }) => name)]);
  return consumers.map(({ name, version }) => {
    const row = rows.find((one) => one.name === name && one.version === version);
    if (!row) throw new Error(`${name} in version ${version} was never registered`);
    const { id, position, epoch, state, silent_until: silentUntil } = row;
    return { id, name, version, position, epoch, state, silentUntil };
  });
};

export interface Move {
  readonly to: Position;
  /** recordedAt of the event there; null where no event was seen since. */
  readonly recordedAt: string | null;
}

/**
 * Compare-and-set: moves the checkpoints only if each stands where we believe and is still ours; holds their locks until the
 * transaction ends. @throws LostRace
 */
export const moveCheckpoints = async (
  client: PoolClient,
  { projection }: ControlTables,
  { from, move }: { readonly from: readonly Standpoint[]; readonly move: Move },
): Promise<void> => {
  const { rowCount } = await client.query(
    `update ${projection} p set position = $4, recorded_at = coalesce($5, recorded_at)
     from unnest($1::integer[], $2::text[], $3::bigint[]) as mine (id, position, epoch)
     where p.id = mine.id and p.position = mine.position and p.lease_epoch = mine.epoch and p.state <> 'retired'`,
    [from.map(({ id }) => id), from.map(({ position }) => position), from.map(({ epoch }) => epoch), move.to, move.recordedAt],
  );
  if (rowCount !== from.length) throw new LostRace(from.map(({ name }) => name).join(', '));
};

/** A new version that has caught up takes over from the old one, in one transaction. */
export const serve = (pool: Pool, schema: string, { id, name }: Standpoint): Promise<void> =>
  inTransaction(pool, 'begin', async (client) => {
    const tables = controlTables(schema);
    const { rows } = await client.query<{ id: number }>(
      `select id from ${tables.projection} where name = $1 and state = 'serving' for update`,
      [name],
    );
    for (const old of rows) if (old.id !== id) await retire(client, tables, old.id);
    await client.query(`update ${tables.projection} set state = 'serving' where id = $1`, [id]);
  });
