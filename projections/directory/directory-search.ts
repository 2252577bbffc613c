import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { MemberId } from '#domain/ids';
import type { Language, Level, PlaceOfExchange } from '#domain/vocabulary';
import { readCursor } from '#read-store/cursor';
import type { ReadDatabase } from '#read-store/read-store.port';
import { controlTables } from '#read-store/tables/table-names';
import {
  BY_INDEX,
  hasForm,
  holds,
  holdsUnwanted,
  isInflected,
  isNear,
  isWritten,
  keptIn,
  type Condition,
  type Reach,
} from '#search/search-sql';
import type { Clause, Search } from '#search/sought';
import { FIT, type TopicFits } from '#topics/topics.port';

export interface DirectoryFilter {
  readonly kind?: 'offer' | 'request';
  /** As people type it (`soughtIn`): the wording, the topic in the author's words, and the labels of its URI are searched. */
  readonly text?: string;
  readonly level?: Level;
  readonly language?: Language;
  readonly place?: PlaceOfExchange;
  readonly site?: string;
  readonly topicUri?: string;
  /** Of whom; what they wrote without showing their name is not found by it (§7). */
  readonly memberId?: MemberId;
}

export interface EntriesAsked {
  readonly networkId: string;
  readonly filter: DirectoryFilter;
  readonly page: { readonly limit: number; readonly cursor?: string };
  readonly search: Search;
  /** What the taxonomy says to the same search. */
  readonly topics: TopicFits;
  readonly reach: Reach;
}

/** Of an entry: its score, when it was published, its key; and the reach with which it was found. */
export const CURSOR = ['number', 'text', 'text', 'text'] as const;

export interface FoundEntry {
  readonly key: string;
  readonly row: string;
  readonly author: string;
  readonly score: number;
  readonly published_at: string;
}

/** An entry's own words before its topic's labels; what was written before forms, and forms before near spellings. */
const OWN = { written: 11, inflected: 9, form: 7, near: 4, begun: 2 } as const;
const OF_TOPIC: ReadonlyMap<number, number> = new Map([
  [FIT.label, 10],
  [FIT.inflected, 8],
  [FIT.alternative, 6],
  [FIT.form, 5],
  [FIT.near, 3],
  [FIT.begun, 1],
]);

const personalText = sql.raw(controlTables().personalText);
const kept = keptIn('t');

const fitOf = (clause: Clause, reach: Reach): RawBuilder<number> => sql<number>`case
  when ${isWritten(kept, clause, 'A')} then ${sql.lit(OWN.written)}
  when ${isInflected(kept, clause, 'A')} then ${sql.lit(OWN.inflected)}
  when ${hasForm(kept, clause)} then ${sql.lit(OWN.form)}
  when ${isNear(kept, clause, reach)} then ${sql.lit(OWN.near)}
  when ${holds(kept, clause, reach)} then ${sql.lit(OWN.begun)} else 0 end`;

const either = (conditions: readonly Condition[]): Condition => sql<boolean>`(${sql.join(conditions, sql` or `)})`;
const fitColumn = (_: unknown, index: number): RawBuilder<unknown> => sql.raw(`fit${index}`);

/** Texts, and topics, that hold any of what is wanted, with a fit for each. */
const hits = ({ networkId, search: { wanted }, topics, reach }: EntriesAsked): RawBuilder<unknown> => {
  const fits = wanted.map((clause, index) => sql`${fitOf(clause, reach)} as ${fitColumn(clause, index)}`);
  const ofTopics = wanted.map((_, index) => topics.found.map(({ fits: of }) => OF_TOPIC.get(of[index] ?? 0) ?? 0));
  return sql`
    own as materialized (
      select t.ref, ${sql.join(fits)} from ${personalText} t
      where t.network = ${networkId} and ${either(wanted.map((clause) => holds(kept, clause, reach)))}
    ),
    label as materialized (
      select * from unnest(${topics.found.map(({ uri }) => uri)}::text[], ${sql.join(ofTopics.map((of) => sql`${of}::int[]`))})
        as l (uri, ${sql.join(wanted.map(fitColumn))})
    ),`;
};

const conditions = ({ networkId, filter, search, topics }: EntriesAsked): RawBuilder<unknown> =>
  sql.join(
    [
      sql`e.network_id = ${networkId} and e.listed and e.kind <> 'member'`,
      ...(filter.kind ? [sql`e.kind = ${filter.kind}`] : []),
      ...(filter.level ? [sql`e.level = ${filter.level}`] : []),
      ...(filter.language ? [sql`e.language = ${filter.language}`] : []),
      ...(filter.place ? [sql`e.place in (${filter.place}, 'either')`] : []),
      ...(filter.site ? [sql`e.site = ${filter.site}`] : []),
      ...(filter.topicUri ? [sql`e.topic_uri = ${filter.topicUri}`] : []),
      ...(filter.memberId ? [sql`e.member_id = ${filter.memberId} and (e.row::jsonb ->> 'authorShown')::boolean`] : []),
      ...(search.unwanted === null
        ? []
        : [
            sql`not exists (select 1 from ${personalText} u where u.ref in (e.wording_ref collate "C", e.topic_ref collate "C") and ${holdsUnwanted(keptIn('u'), search)})`,
            sql`coalesce(e.topic_uri <> all(${topics.excluded}::text[]), true)`,
          ]),
    ],
    sql` and `,
  );

/** Entries by what was found in their wording, their topic’s text or its label, each with its best fits. */
const fitting = (asked: EntriesAsked, entries: RawBuilder<unknown>): RawBuilder<unknown> => {
  const fits = asked.search.wanted.map(fitColumn);
  const by = (from: RawBuilder<unknown>, on: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    select e.key, e.member_id, e.published_at, ${sql.join(fits)} from ${from} f join ${entries} e on ${on} where ${conditions(asked)}`;
  // The worst fit of all that is wanted counts most, then the sum.
  const best = fits.map((fit) => sql`max(${fit})`);
  return sql`
    select e.key, e.member_id, e.published_at, least(${sql.join(best)}) * 1000 + ${sql.join(best, sql` + `)} as score from (
      ${by(sql`own`, sql`e.wording_ref = f.ref collate "default"`)} union all ${by(sql`own`, sql`e.topic_ref = f.ref collate "default"`)}
      union all ${by(sql`label`, sql`e.topic_uri = f.uri`)}
    ) e group by e.key, e.member_id, e.published_at having least(${sql.join(best)}) > 0`;
};

/** One page and one more, best first, then newest. */
export const findEntries = async (tx: Transaction<ReadDatabase>, table: string, asked: EntriesAsked): Promise<readonly FoundEntry[]> => {
  const { search, page } = asked;
  const entries = sql.table(table);
  const seeking = search.wanted.length > 0;
  const from = page.cursor ? readCursor(page.cursor, CURSOR) : null;
  const beyond = from ? sql`and (score, e.published_at, e.key) < (${from[0]}::float8, ${from[1]}, ${from[2]})` : sql``;
  const found = seeking
    ? fitting(asked, entries)
    : sql`select e.key, e.member_id, e.published_at, 0 as score from ${entries} e where ${conditions(asked)}`;
  if (seeking) await BY_INDEX.execute(tx);
  const { rows } = await sql<FoundEntry>`
    with ${seeking ? hits(asked) : sql``} page as (
      select e.key, a.key as author, score, e.published_at from (${found}) e join ${entries} a on a.key = 'member/' || e.member_id
      where a.listed ${beyond}
      order by score desc, e.published_at desc, e.key desc limit ${page.limit + 1}
    )
    select page.key, page.score, page.published_at, e.row, a.row as author
    from page join ${entries} e on e.key = page.key join ${entries} a on a.key = page.author
    order by page.score desc, page.published_at desc, page.key desc`.execute(tx);
  return rows;
};
