import { sql, type Transaction } from 'kysely';
import type { Instant } from '#kernel/id';
import { addDays } from '#domain/calendar';
import { weekEnds } from '#domain/figures/weeks';
import type { ReadDatabase, ReadStore, Standing } from '#read-store/read-store.port';
import { type Answers, answersAt } from './answer';
import type { SatisfactionRow } from './satisfaction.projection';
import { timeZoneOf } from './sources';
import { satisfactionModel } from './satisfaction.table';

type Tx = Transaction<ReadDatabase>;

/** Weeks kept by a process: a few networks, a few past dates. */
const KEPT = 8;
const kept = new WeakMap<ReadStore, Map<string, Answers>>();

const rowsOf = async (
  tx: Tx,
  table: string,
  networkId: string,
  kinds: readonly SatisfactionRow['kind'][],
): Promise<readonly SatisfactionRow[]> => {
  const { rows } = await sql<{ row: string }>`
    select row from ${sql.table(table)} where network_id = ${networkId} and kind = any(${kinds}::text[])`.execute(tx);
  return rows.map(({ row }) => JSON.parse(row) as SatisfactionRow);
};

/** Figures stand still between week ends (R15): the last one by the date answers for it. */
const lastWeekEnd = (asOf: Instant, timeZone: string): Instant => weekEnds(addDays(asOf, -8), asOf, timeZone).at(-1) ?? asOf;

const keep = (answersByWeek: Map<string, Answers>, key: string, answers: Answers): void => {
  const [oldest] = answersByWeek.keys();
  if (answersByWeek.size >= KEPT && oldest !== undefined) answersByWeek.delete(oldest);
  answersByWeek.set(key, answers);
};

export interface Weekly {
  readonly standing: Standing;
  readonly answers: Answers;
}

/** What a network answers as of a date: found once a week, and kept a day after its end: what clocks that differ put before it is there by then. */
export const weeklyAnswers = async (store: ReadStore, networkId: string, asOf: Instant): Promise<Weekly> => {
  const table = store.table(satisfactionModel);
  const answersByWeek = kept.get(store) ?? new Map<string, Answers>();
  kept.set(store, answersByWeek);
  const { standing, result } = await store.read([satisfactionModel], async (tx) => {
    const week = lastWeekEnd(asOf, timeZoneOf(await rowsOf(tx, table, networkId, ['network'])));
    const key = `${table} ${networkId} ${week}`;
    const known = answersByWeek.get(key);
    if (known !== undefined) return { week, key, answers: known };
    return { week, key, answers: answersAt(await rowsOf(tx, table, networkId, ['network', 'member', 'exchange']), week) };
  });
  if (standing.recordedAt !== null && standing.recordedAt > addDays(result.week, 1) && !answersByWeek.has(result.key))
    keep(answersByWeek, result.key, result.answers);
  return { standing, answers: result.answers };
};
