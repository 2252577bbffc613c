import type { Pool, PoolClient } from 'pg';
import type { Position } from '#event-store/log.port';
import { LostRace, type Consumer } from './consumer';
import { CHECKPOINT, isSame, selectBuilds, type BuildState, type Checkpoint } from './projection-table';
import { inTransaction } from '#postgres/transaction';
import { cleanedByItself, controlTables, type ControlTables } from '../tables/table-names';

/**
 * Begins a transaction of ours. Its commit need not wait for the disk: rows and checkpoint are lost together in a crash of the
 * server, and the log, which does wait, gives the same events again.
 */
export const BEGIN = 'begin; set local synchronous_commit to off';

/** Where these consumers stand now, in their own order. */
export const loadCheckpoints = async (pool: Pool, consumers: readonly Consumer[], schema: string): Promise<readonly Checkpoint[]> => {
  const names = consumers.map(({ name }) => name);
  const rows = await selectBuilds(pool, controlTables(schema), { columns: CHECKPOINT, those: 'all', names });
  return consumers.map((consumer) => {
    const row = rows.find((one) => isSame(one, consumer));
    if (!row) throw new Error(`${consumer.name} in version ${consumer.version} was never registered`);
    return row;
  });
};

export interface CheckpointMove {
  readonly to: Position;
  /** The last event there; null where none was seen since. */
  readonly last: { readonly eventId: string; readonly recordedAt: string } | null;
}

/** A standpoint that moves, and how many events its consumer took on the way. */
export interface MovedCheckpoint {
  readonly at: Checkpoint;
  readonly handled: number;
}

/** Still where it is believed to be, and still ours. */
const STANDS = `p.id = mine.id and p.position = mine.position and p.lease_epoch = mine.epoch and p.state <> 'retired'`;

/** Holds these checkpoints where they are until the transaction ends. @throws LostRace */
export const holdCheckpoints = async (client: PoolClient, { projection }: ControlTables, at: readonly Checkpoint[]): Promise<void> => {
  const { rowCount } = await client.query(
    `select from ${projection} p join unnest($1::integer[], $2::text[], $3::bigint[]) as mine (id, position, epoch) on ${STANDS} for update of p`,
    [at.map(({ id }) => id), at.map(({ position }) => position), at.map(({ epoch }) => epoch)],
  );
  if (rowCount !== at.length) throw new LostRace(at.map(({ name }) => name).join(', '));
};

/** Positions a second, of this move. Not its own events: where only others' came for a while, those would promise no end. */
const NEWEST = `(($5::text::numeric - p.position::numeric)::float8 / greatest(extract(epoch from clock_timestamp() - p.moved_at)::float8, 0.001))`;
/** As good as none. What loses a tenth with each move becomes too small for the database, which then refuses the move. */
const LEAST = 1e-9;
/** One of the two measures with this move in it, for a tenth. */
const averaged = (measure: string, newest: string): string =>
  `greatest(${measure}, ${LEAST}) + 0.1 * (${newest} - greatest(${measure}, ${LEAST}))`;

/**
 * Compare-and-set: moves the checkpoints only if each stands where we believe and is still ours; holds their locks until the
 * transaction ends. @throws LostRace
 */
export const moveCheckpoints = async (
  client: PoolClient,
  { projection }: ControlTables,
  { from, move }: { readonly from: readonly MovedCheckpoint[]; readonly move: CheckpointMove },
): Promise<void> => {
  const at = from.map((one) => one.at);
  const { rowCount } = await client.query(
    `update ${projection} p
     set position = $5::text, recorded_at = coalesce($6, recorded_at), event_id = coalesce($7, event_id), handled = p.handled + mine.handled,
       pace = case when p.pace = 0 then ${NEWEST} else ${averaged('p.pace', NEWEST)} end,
       pace_spread = case when p.pace = 0 then 0 else ${averaged('p.pace_spread', `abs(${NEWEST} - p.pace)`)} end,
       moved_at = clock_timestamp()
     from unnest($1::integer[], $2::text[], $3::bigint[], $4::bigint[]) as mine (id, position, epoch, handled)
     where ${STANDS}`,
    [
      at.map(({ id }) => id),
      at.map(({ position }) => position),
      at.map(({ epoch }) => epoch),
      from.map(({ handled }) => handled),
      move.to,
      move.last?.recordedAt ?? null,
      move.last?.eventId ?? null,
    ],
  );
  if (rowCount !== from.length) throw new LostRace(at.map(({ name }) => name).join(', '));
};

/** A build from the log's start has the log's end in sight: it need not give way to those that serve any more. */
export const markCatchingUp = async (pool: Pool, schema: string, { id, epoch }: Checkpoint): Promise<BuildState> => {
  const { projection } = controlTables(schema);
  const { rowCount } = await pool.query(
    `update ${projection} set state = 'catching-up' where id = $1 and lease_epoch = $2 and state = 'building'`,
    [id, epoch],
  );
  return rowCount === 1 ? 'catching-up' : 'building';
};

/** A build that has reached the log's head: ready to take over, or active at once where it is the first. Answers its state now. */
export const markCaughtUp = (pool: Pool, schema: string, at: Checkpoint): Promise<BuildState> =>
  inTransaction(pool, 'begin', async (client) => {
    const tables = controlTables(schema);
    const { projection } = tables;
    const { rows } = await client.query<{ state: BuildState }>(
      `update ${projection} p set state = case when exists (select from ${projection} o where o.name = p.name and o.state = 'active')
         then 'ready' else 'active' end
       where p.id = $1 and p.lease_epoch = $2 and p.state in ('building', 'catching-up') returning p.state`,
      [at.id, at.epoch],
    );
    if (rows.length > 0) await client.query(cleanedByItself(tables, at, true));
    return rows[0]?.state ?? 'retired';
  });
