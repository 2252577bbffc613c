import { sql, type Transaction } from 'kysely';
import type { ReadDatabase } from '../read-store.port';

/** Rows enough to be worth a round trip, few enough to be parsed within a few milliseconds. */
const BATCH = 500;

/**
 * The rows of one network as canonical JSON, batch by batch, in the snapshot of `store.read`: however many there are, few are in
 * memory, and other work gets its turn. The table needs a column `network_id`.
 * @example await store.read([model], (tx, tableOf) => eachBatch(tx, { table: tableOf(model), networkId }, take));
 */
export const eachBatch = async (
  tx: Transaction<ReadDatabase>,
  { table, networkId }: { readonly table: string; readonly networkId: string },
  take: (rows: readonly string[]) => Promise<void> | void,
): Promise<void> => {
  const query = sql`select row from ${sql.table(table)} where network_id = ${networkId}`;
  await sql`declare network_rows no scroll cursor for ${query}`.execute(tx);
  for (;;) {
    const { rows } = await sql<{ row: string }>`fetch ${sql.lit(BATCH)} from network_rows`.execute(tx);
    if (rows.length > 0) await take(rows.map(({ row }) => row));
    if (rows.length < BATCH) break;
  }
  await sql`close network_rows`.execute(tx);
};
