import type { Pool } from 'pg';
import { borrow, type ControlTables } from './schema';

export interface Scrubbing {
  /** Told where the server does not let us finish: an operator grants the right, or accepts it. */
  readonly onForbidden?: (what: 'checkpoint' | 'switch of the write-ahead log') => void;
}

const LOCK_NOT_AVAILABLE = '55P03';
const NOT_PERMITTED = '42501';

const codeOf = (fault: unknown): string => (typeof fault === 'object' && fault !== null && 'code' in fault ? String(fault.code) : '');

/**
 * After an erasure: rewrites the table and its indexes, so that no file holds the erased text (R19). A deleted row's bytes stay
 * until then, and in the write-ahead log until its files are switched and recycled.
 * Does nothing where nothing is due; false where it must be tried again.
 */
export const scrubTexts = async (pool: Pool, tables: ControlTables, { onForbidden }: Scrubbing): Promise<boolean> => {
  const { rows } = await pool.query(`select 1 from ${tables.scrub}`);
  if (rows.length === 0) return true;
  const { client, giveBack } = await borrow(pool);
  const permitted = (what: 'checkpoint' | 'switch of the write-ahead log', statement: string): Promise<void> =>
    client.query(statement).then(
      () => undefined,
      (fault: unknown) => {
        if (codeOf(fault) !== NOT_PERMITTED) throw fault;
        onForbidden?.(what);
      },
    );
  try {
    // Readers wait behind a waiting rewrite: it gives up first, and comes back.
    await client.query(`set lock_timeout = '5s'`);
    await client.query(`vacuum full ${tables.personalText}`);
    await permitted('checkpoint', 'checkpoint');
    await permitted('switch of the write-ahead log', 'select pg_switch_wal()');
    await client.query(`delete from ${tables.scrub}`);
    return true;
  } catch (fault) {
    if (codeOf(fault) === LOCK_NOT_AVAILABLE) return false;
    throw fault;
  } finally {
    await client.query('reset lock_timeout').then(
      () => giveBack(false),
      () => giveBack(true),
    );
  }
};
