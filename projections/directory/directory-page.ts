import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { MemberId } from '#domain/ids';
import type { Language, Level, PlaceOfExchange } from '#domain/vocabulary';
import { readCursor } from '#read-store/cursor';
import type { ReadDatabase } from '#read-store/read-store.port';
import { saysNothingUnwanted, type Sought } from './fits-of-search';

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

export interface EntriesAsked extends Sought {
  readonly filter: DirectoryFilter;
  readonly page: { readonly limit: number; readonly cursor?: string };
}

export interface FoundEntry {
  readonly key: string;
  readonly row: string;
  readonly author: string;
  readonly score: number;
  readonly published_at: string;
}

/** Of an entry: its score, when it was published, its key; and the reach with which it was found. */
export const CURSOR = ['number', 'text', 'text', 'text'] as const;

/** Where the page before ended. */
export interface PageEnd {
  readonly score: number;
  readonly publishedAt: string;
  readonly key: string;
}

export const pageEndOf = (cursor: string): PageEnd => {
  const [score, publishedAt, key] = readCursor(cursor, CURSOR);
  return { score, publishedAt, key };
};

/** One reading: the directory's table, and where to go on in it. */
export interface Reading {
  readonly tx: Transaction<ReadDatabase>;
  readonly entries: RawBuilder<unknown>;
  readonly from: PageEnd | null;
}

/** Listed entries `e`: a member's row was never published. */
export const listed = ({ networkId }: EntriesAsked): RawBuilder<unknown> =>
  sql`e.network_id = ${networkId} and e.listed and e.published_at is not null`;

export const conditions = (asked: EntriesAsked): RawBuilder<unknown> => {
  const { filter } = asked;
  const all = [
    listed(asked),
    ...(filter.kind ? [sql`e.kind = ${filter.kind}`] : []),
    ...(filter.level ? [sql`e.level = ${filter.level}`] : []),
    ...(filter.language ? [sql`e.language = ${filter.language}`] : []),
    ...(filter.place ? [sql`e.place in (${filter.place}, 'either')`] : []),
    ...(filter.site ? [sql`e.site = ${filter.site}`] : []),
    ...(filter.topicUri ? [sql`e.topic_uri = ${filter.topicUri}`] : []),
    ...(filter.memberId ? [sql`e.member_id = ${filter.memberId} and (e.row::jsonb ->> 'authorShown')::boolean`] : []),
    ...saysNothingUnwanted(asked),
  ];
  return sql.join(all, sql` and `);
};

export const NEWEST_FIRST = sql`e.published_at desc, e.key desc`;
export const BEST_FIRST = sql`e.score desc, ${NEWEST_FIRST}`;

/** In the order of the newest. */
export const olderThan = (from: PageEnd | null): RawBuilder<unknown> =>
  from ? sql`(e.published_at, e.key) < (${from.publishedAt}, ${from.key})` : sql`true`;

/** In the order of the best. */
export const beyond = (from: PageEnd | null): RawBuilder<unknown> =>
  from ? sql`(e.score, e.published_at, e.key) < (${from.score}::float8, ${from.publishedAt}, ${from.key})` : sql`true`;

interface Found {
  readonly found: RawBuilder<unknown>;
  readonly order: RawBuilder<unknown>;
  readonly limit: number;
}

/** One page of what was found and one more. What comes in that order has its authors looked up until there are enough. */
export const pageOf = async ({ tx, entries }: Reading, { found, order, limit }: Found): Promise<readonly FoundEntry[]> => {
  const { rows } = await sql<FoundEntry>`
    with page as materialized (
      select e.key, a.key as author, e.score, e.published_at from (${found}) e join ${entries} a on a.key = 'member/' || e.member_id
      where a.listed order by ${order} limit ${limit + 1}
    )
    select e.key, e.score, e.published_at, own.row, a.row as author
    from page e join ${entries} own on own.key = e.key join ${entries} a on a.key = e.author
    order by ${order}`.execute(tx);
  return rows;
};
