import { sql, type Transaction } from 'kysely';
import type { ReadDatabase } from '#read-store/read-store.port';
import type { LabelRow } from './training-hours.projection';

const NO_LABEL = { label: '', warnOutsideHours: [] };

/** By the policy in force: under which name hours are reported, and when a member is warned. */
export const labelOf = async (
  tx: Transaction<ReadDatabase>,
  table: string,
  networkId: string,
): Promise<Pick<LabelRow, 'label' | 'warnOutsideHours'>> => {
  const { rows } = await sql<{ row: string }>`select row from ${sql.table(table)} where key = ${`network/${networkId}`}`.execute(tx);
  return rows[0] === undefined ? NO_LABEL : (JSON.parse(rows[0].row) as LabelRow);
};
