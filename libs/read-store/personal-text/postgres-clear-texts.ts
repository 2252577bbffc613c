import type { Pool, PoolClient } from 'pg';
import { rewriteTables, type Rewriting } from '#postgres/rewrite-tables';
import type { ClearTexts, ErasedTexts } from '../clear-texts.port';
import { raiseEpochs } from '../checkpoints/projection-table';
import { PERSONAL_TEXT } from './personal-text';
import { inTransaction } from '#postgres/transaction';
import { controlTables, READ_SCHEMA, type ControlTables } from '../tables/table-names';

interface Options extends Pick<Rewriting, 'onForbidden'> {
  readonly schema?: string;
}

/** @example const texts = clearTexts(pool); await texts.erase({ network, members: [member], streams }); if (await texts.scrub()) … */
export const clearTexts = (pool: Pool, { schema = READ_SCHEMA, onForbidden }: Options = {}): ClearTexts => {
  const tables = controlTables(schema);
  return {
    erase: (of) => inTransaction(pool, 'begin', (client) => erase(client, tables, of)),
    scrub: () => scrub(pool, tables, onForbidden ? { onForbidden } : {}),
  };
};

/**
 * Whoever follows the log for this table may have read such a text before its key went, and not written it yet. Its checkpoint's epoch is
 * raised, as when the lease changes hands: that write fails, and is made anew from the log. One that is under way comes first.
 */
const erase = async (client: PoolClient, tables: ControlTables, of: ErasedTexts): Promise<void> => {
  const { personalText, scrub: due } = tables;
  await raiseEpochs(client, tables, PERSONAL_TEXT);
  const { rowCount } = await client.query(`delete from ${personalText} where network = $1 and (owner = any($2) or stream = any($3))`, [
    of.network,
    of.members,
    of.streams,
  ]);
  // With the rows: a crash before the rewrite leaves it to the next attempt.
  if (rowCount) await client.query(`insert into ${due} values (true) on conflict (due) do update set marked = excluded.marked`);
};

/** Of many erasures that end at once, one rewrites for all. */
const scrub = async (
  pool: Pool,
  { personalText, scrub: due }: ControlTables,
  options: Pick<Rewriting, 'onForbidden'>,
): Promise<boolean> => {
  let marked: string | undefined;
  const isDue = async (): Promise<boolean> => {
    const { rows } = await pool.query<{ marked: string }>(`select marked::text from ${due}`);
    marked = rows[0]?.marked;
    return marked !== undefined;
  };
  if (!(await rewriteTables(pool, { tables: [personalText], isDue, ...options }))) return false;
  // What was removed since is rewritten by whoever removed it.
  await pool.query(`delete from ${due} where marked = $1::xid8`, [marked ?? null]);
  return true;
};
