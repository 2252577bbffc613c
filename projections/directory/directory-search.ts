import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { ReadDatabase } from '#read-store/read-store.port';
import { BY_INDEX } from '#search/search-sql';
import { bestFit, fitsOfTopics, scored, scoredByHits, scoreOf, textsThatHold } from './fits-of-search';
import {
  BEST_FIRST,
  beyond,
  conditions,
  listed,
  NEWEST_FIRST,
  olderThan,
  pageOf,
  pageEndOf,
  type EntriesAsked,
  type FoundEntry,
  type Reading,
} from './directory-page';

/** How many texts, or entries of topics, are few enough to look at each. */
const FEW = 3_000;
/** Of what more hold, a page is soon full: how many of the newest are looked at for it. */
const NEWEST = 2_000;

const everything = (asked: EntriesAsked, { entries, from }: Reading): RawBuilder<unknown> => sql`
  select e.key, e.member_id, e.published_at, 0 as score from ${entries} e where ${conditions(asked)} and ${olderThan(from)}`;

const ofTopics = (asked: EntriesAsked, clause: number): RawBuilder<unknown> =>
  sql`e.topic_uri = any(${fitsOfTopics(asked.topics, clause).map(({ uri }) => uri)}::text[])`;

/** How many texts, and entries of topics, hold each that is wanted; from a few on they are not counted. */
const countHits = async (asked: EntriesAsked, { tx, entries }: Reading): Promise<readonly number[]> => {
  const upToFew = (some: RawBuilder<unknown>) => sql`(select count(*)::int from (${some} limit ${sql.lit(FEW)}) s)`;
  const counts = asked.search.wanted.map((clause, index) => {
    const labelled = sql`select 1 from ${entries} e where e.network_id = ${asked.networkId} and ${ofTopics(asked, index)}`;
    return sql`${upToFew(textsThatHold(asked, clause))} + ${upToFew(labelled)}`;
  });
  const { rows } = await sql<{ counts: readonly number[] }>`select array[${sql.join(counts)}] as counts`.execute(tx);
  return rows[0]!.counts;
};

const bestFits = async (asked: EntriesAsked, { tx }: Reading): Promise<readonly number[]> => {
  const fits = asked.search.wanted.map((_, index) => bestFit(asked, index));
  const { rows } = await sql<{ fits: readonly number[] }>`select array[${sql.join(fits)}] as fits`.execute(tx);
  return rows[0]!.fits;
};

/** Of the newest entries, those that fit as well as any can: where they fill a page, no older one belongs there. */
const newestThatFit = (asked: EntriesAsked, { entries, from }: Reading, fits: readonly number[]): RawBuilder<unknown> => {
  const newest = sql`select e.* from ${entries} e where ${listed(asked)} and ${olderThan(from)} order by ${NEWEST_FIRST} limit ${sql.lit(NEWEST)}`;
  const filtered = sql`(select e.* from (${newest}) e where ${conditions(asked)})`;
  return sql`select e.* from (${scored(asked, filtered, fits)}) e order by ${NEWEST_FIRST}`;
};

/** By the texts and topics that hold any of what is wanted: nothing is read twice. */
const fewThatFit = (asked: EntriesAsked, { entries, from }: Reading): RawBuilder<unknown> => {
  const where = conditions(asked);
  const found = scoredByHits(asked, (hit, on) => sql`${hit} f join ${entries} e on ${on} where ${where}`);
  return sql`select e.* from (${found}) e where ${beyond(from)} order by ${BEST_FIRST}`;
};

/** By the texts and topics that hold one of what is wanted, each entry once. */
const allThatFit = (asked: EntriesAsked, { entries, from }: Reading, rarest: number): RawBuilder<unknown> => {
  const by = (some: RawBuilder<unknown>) =>
    sql`select e.key, e.member_id, e.published_at, e.wording_ref, e.topic_ref, e.topic_uri from ${some} and ${conditions(asked)}`;
  return sql`
    with own as materialized (${textsThatHold(asked, asked.search.wanted[rarest]!)}), candidate as materialized (
      ${by(sql`own f join ${entries} e on e.wording_ref = f.ref where f.is_wording`)}
      union ${by(sql`own f join ${entries} e on e.topic_ref = f.ref where not f.is_wording`)}
      union ${by(sql`${entries} e where ${ofTopics(asked, rarest)}`)}
    )
    select e.* from (${scored(asked, sql`candidate`)}) e where ${beyond(from)} order by ${BEST_FIRST}`;
};

const findSought = async (asked: EntriesAsked, reading: Reading): Promise<readonly FoundEntry[]> => {
  const { limit } = asked.page;
  const counts = await countHits(asked, reading);
  const least = Math.min(...counts);
  if (counts.reduce((sum, count) => sum + count, 0) < FEW)
    return pageOf(reading, { found: fewThatFit(asked, reading), order: BEST_FIRST, limit });
  if (least >= FEW) {
    const fits = await bestFits(asked, reading);
    if (reading.from === null || reading.from.score === scoreOf(fits)) {
      const best = await pageOf(reading, { found: newestThatFit(asked, reading, fits), order: NEWEST_FIRST, limit });
      if (best.length > limit) return best;
    }
  }
  return pageOf(reading, { found: allThatFit(asked, reading, counts.indexOf(least)), order: BEST_FIRST, limit });
};

/** One page and one more, best first, then newest. */
export const findEntries = async (tx: Transaction<ReadDatabase>, table: string, asked: EntriesAsked): Promise<readonly FoundEntry[]> => {
  const { search, page } = asked;
  const reading = { tx, entries: sql.table(table), from: page.cursor ? pageEndOf(page.cursor) : null };
  await BY_INDEX.execute(tx);
  if (search.wanted.length > 0) return findSought(asked, reading);
  return pageOf(reading, { found: everything(asked, reading), order: NEWEST_FIRST, limit: page.limit });
};
