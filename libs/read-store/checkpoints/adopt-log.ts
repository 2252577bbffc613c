import type { Pool, PoolClient } from 'pg';
import type { Position } from '#event-store/log.port';
import { selectBuilds } from './projection-table';
import { underLock } from '../tables/migrations';
import { inRetriedTransaction } from '#postgres/transaction';
import { controlTables, PROCESS, quotedTable, READ_SCHEMA, type Built, type ControlTables } from '../tables/table-names';
import { TablesProblem } from '../tables/tables-problem';

/** Where the processes stand in their log, and what they have parked, each place once. @throws TablesProblem where they follow another log than `logId` */
export const placesOfProcesses = async (pool: Pool, logId: string, schema: string = READ_SCHEMA): Promise<readonly Position[]> => {
  const tables = controlTables(schema);
  const { rows: there } = await pool.query<{ made: boolean }>('select to_regclass($1) is not null as made', [tables.projection]);
  if (!there[0]?.made)
    throw new TablesProblem('there are no read tables here yet: start Savoirs, and they are made from the log that the settings name');
  const processes = await processesIn(pool, tables);
  if (processes.some((row) => row.logId !== logId))
    throw new TablesProblem('the read tables were not made from the log that is left: name that one');
  const parked = await pool.query<{ position: Position }>(`select distinct position from ${tables.parked} where projection = any($1)`, [
    processes.map(({ id }) => id),
  ]);
  const places = processes.flatMap(({ position, silentUntil }) => [position, silentUntil]);
  return [...new Set([...places, ...parked.rows.map(({ position }) => position)])];
};

const processesIn = async (client: Pick<Pool | PoolClient, 'query'>, tables: ControlTables) =>
  (await selectBuilds(client, tables, { columns: ['id', 'name', 'position', 'silentUntil', 'logId'] })).filter(({ name }) =>
    name.startsWith(PROCESS),
  );

export interface Adopting {
  readonly from: string;
  readonly to: string;
  /** Places of the former log in its copy. */
  readonly places: ReadonlyMap<Position, Position>;
}

/**
 * Read tables change over to a copy of their log, in one transaction: processes go on from where they stood, with what they had parked, as what
 * they ordered must not be judged anew; read models and clear texts go, and are made from the copy.
 */
export const adoptLog = (pool: Pool, { from, to, places }: Adopting, schema: string = READ_SCHEMA): Promise<void> =>
  underLock(pool, schema, () =>
    inRetriedTransaction(pool, async (client) => {
      const tables = controlTables(schema);
      const { rows: models } = await client.query<Required<Built> & { state: string }>(
        `delete from ${tables.projection} where name not like $1 returning name, version, build, state`,
        [`${PROCESS}%`],
      );
      for (const model of models) await client.query(`drop table if exists ${quotedTable(model, schema)} cascade`);
      await client.query(
        `truncate ${tables.evidence}, ${tables.personalText},
           ${tables.change}, ${tables.changeFloor}`,
      );
      const processes = (await processesIn(client, tables)).map(({ id }) => id);
      await client.query(`delete from ${tables.parked} where projection <> all($1)`, [processes]);
      const renamed = [...places];
      await client.query(
        `update ${tables.projection} p
         set log_id = $2, position = at.renamed, silent_until = coalesce(silent.renamed, p.silent_until), lease_epoch = p.lease_epoch + 1
         from unnest($3::text[], $4::text[]) as at (former, renamed), ${tables.projection} q
           left join unnest($3::text[], $4::text[]) as silent (former, renamed) on silent.former = q.silent_until
         where p.log_id = $1 and at.former = p.position and q.id = p.id`,
        [from, to, renamed.map(([former]) => former), renamed.map(([, now]) => now)],
      );
      // Out of each other's way first: a place of the one log is another event's in the other.
      await client.query(`update ${tables.parked} set position = 'former ' || position`);
      await client.query(
        `update ${tables.parked} k set position = at.renamed
         from unnest($1::text[], $2::text[]) as at (former, renamed) where 'former ' || at.former = k.position`,
        [renamed.map(([former]) => former), renamed.map(([, now]) => now)],
      );
      if ((await selectBuilds(client, tables, { columns: ['logId'] })).some(({ logId }) => logId !== to))
        throw new TablesProblem('processes moved meanwhile: stop every Savoirs program, then try again');
    }),
  );
