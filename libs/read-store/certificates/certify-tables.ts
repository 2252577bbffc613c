import type { Pool, PoolClient } from 'pg';
import type { EventLog } from '#event-store/log.port';
import { sealing, type Certificate } from './certificate';
import { selectBuilds } from '../checkpoints/projection-table';
import { placeAt } from '../as-of/position-index';
import type { DumpedRow } from '../fold/in-memory-fold';
import { inTransaction } from '#postgres/transaction';
import { controlTables, quotedName, quotedTable, READ_SCHEMA } from '../tables/table-names';

export interface CertifyTables {
  readonly pool: Pool;
  readonly log: Pick<EventLog, 'readAll' | 'head' | 'logId'>;
  readonly name: string;
  /** Default `read`. */
  readonly schema?: string;
  readonly signal?: AbortSignal;
}

/** No read model of this name answers here. */
export class NoSuchReadModel extends Error {
  constructor(name: string) {
    super(`no read model ${name} is active here`);
    this.name = 'NoSuchReadModel';
  }
}

/** Few: a row may be large. */
const PAGE = 200;
const SNAPSHOT = 'begin isolation level repeatable read read only';

/** Rows in the order of their keys, each with its evidence in the log's order, through a cursor. */
async function* rowsOf(
  client: PoolClient,
  { table, evidence, id }: { table: string; evidence: string; id: number },
): AsyncIterable<DumpedRow> {
  await client.query(
    `declare certified no scroll cursor for
     select r.key, r.row, coalesce((
       select array_agg(event_id order by first) from (
         select event_id::text, min(ordinal) as first from ${evidence}, unnest(event_ids, ordinals) as one (event_id, ordinal)
         where key = r.key and projection = ${Number(id)} group by event_id) as told
     ), '{}') as evidence from ${table} r order by r.key`,
  );
  for (;;) {
    const { rows } = await client.query<DumpedRow>(`fetch ${PAGE} from certified`);
    yield* rows;
    if (rows.length < PAGE) return;
  }
}

/** Events that are in none of the rows, waiting or skipped; a read store that parks nothing has no table of them. */
const parkedIn = async (client: PoolClient, schema: string, id: number): Promise<number> => {
  const table = `${quotedName(schema)}.parked`;
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [table]);
  if (!rows[0]!.there) return 0;
  const counted = await client.query<{ events: string }>(`select count(distinct event_id) as events from ${table} where projection = $1`, [
    id,
  ]);
  return Number(counted.rows[0]!.events);
};

/**
 * What the active read model's tables hold, in one snapshot, while everybody goes on working; memory does not grow with them.
 * @throws NoSuchReadModel
 */
export const certifyTables = async ({ pool, log, name, schema = READ_SCHEMA, signal }: CertifyTables): Promise<Certificate> => {
  const tables = controlTables(schema);
  const read = await inTransaction(pool, SNAPSHOT, async (client) => {
    const columns = ['id', 'name', 'version', 'build', 'position'] as const;
    const [active] = await selectBuilds(client, tables, { columns, those: 'active', names: [name] });
    if (!active) throw new NoSuchReadModel(name);
    const { take, seal } = sealing({ name, version: active.version });
    const table = quotedTable(active, schema);
    for await (const row of rowsOf(client, { table, evidence: tables.evidence, id: active.id })) {
      signal?.throwIfAborted();
      take(row);
    }
    return { active, seal, parked: await parkedIn(client, schema, active.id) };
  });
  return read.seal(await placeAt({ pool, log, schema }, { position: read.active.position }, signal), read.parked);
};
