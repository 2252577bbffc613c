import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql, type RawBuilder } from 'kysely';
import type { Personal } from '#kernel/message';
import type { Language, Level, Place } from '#domain/vocabulary';
import { cursorOf, readCursor } from '#read-store/cursor';
import type { ReadStore, Standing } from '#read-store/read-store.port';
import { controlTables } from '#read-store/schema';
import { READ_STORE } from '#read-store/tokens';
import { TOPICS, type TopicLabel, type Topics } from '#topics/topics.port';
import { publishedAtOf, type EntryRow } from './directory.projection';
import { directoryModel } from './directory.table';

export interface DirectoryFilter {
  readonly kind?: 'offer' | 'request';
  /** Free text in French or English: accents and typos forgiven, topic labels included. */
  readonly text?: string;
  readonly level?: Level;
  readonly language?: Language;
  readonly place?: Place;
  readonly site?: string;
  readonly topicUri?: string;
}

export interface DirectoryEntry {
  readonly kind: 'offer' | 'request';
  readonly id: string;
  readonly wording: string | null;
  readonly topic: { readonly text: string | null; readonly uri: string | null; readonly label: TopicLabel | null };
  readonly level: Level;
  readonly language: Language;
  readonly place: Place;
  readonly site: string | null;
  readonly availability: readonly string[];
  readonly smallestGroup: number;
  readonly largestGroup: number;
  readonly publishedAt: string;
  readonly matched: boolean;
  readonly contested: boolean;
  /** Null where a request's author chose not to be shown. */
  readonly author: { readonly memberId: string; readonly name: string | null; readonly site: string; readonly unit: string } | null;
}

export interface DirectoryPage {
  readonly standing: Standing;
  readonly entries: readonly DirectoryEntry[];
  /** Give it back as `cursor` for the next page; null on the last. */
  readonly next: string | null;
}

export class SearchDirectory extends Query<DirectoryPage> {
  constructor(
    readonly networkId: string,
    readonly filter: DirectoryFilter,
    readonly page: { readonly limit: number; readonly cursor?: string; readonly labels: Language },
  ) {
    super();
  }
}

interface Found {
  readonly key: string;
  readonly row: string;
  readonly author: string;
  readonly score: number;
  readonly published_at: string;
}

const refOf = (text: Personal | null): string | null => (text !== null && typeof text === 'object' ? text.ref : null);
const texts = controlTables();
const folded = sql.raw(texts.folded);
const personalText = sql.raw(texts.personalText);

/** Word similarity from which a text is a hit: one typo in a word of eight letters passes. */
const SIMILAR_ENOUGH = sql.raw("set local pg_trgm.word_similarity_threshold = '0.45'");

/** Texts that fit the words sought, 0 to 1 in steps of 0.01 so that pages keep their order. */
const hits = (networkId: string, text: string): RawBuilder<unknown> => sql`
  select t.ref, round(greatest(word_similarity(${folded}(${text}), ${folded}(t.text)), case when t.search @@ words then 0.9 else 0 end)::numeric, 2)::float8 as fit
  from ${personalText} t,
    (select websearch_to_tsquery('pg_catalog.french', ${folded}(${text})) || websearch_to_tsquery('pg_catalog.english', ${folded}(${text})) as words) q
  where t.network = ${networkId} and (t.search @@ words or ${folded}(${text}) <% ${folded}(t.text))`;

const conditions = (networkId: string, filter: DirectoryFilter): readonly RawBuilder<unknown>[] => [
  sql`e.network_id = ${networkId} and e.listed and e.kind <> 'member' and a.listed`,
  ...(filter.kind ? [sql`e.kind = ${filter.kind}`] : []),
  ...(filter.level ? [sql`e.level = ${filter.level}`] : []),
  ...(filter.language ? [sql`e.language = ${filter.language}`] : []),
  ...(filter.place ? [sql`e.place in (${filter.place}, 'either')`] : []),
  ...(filter.site ? [sql`e.site = ${filter.site}`] : []),
  ...(filter.topicUri ? [sql`e.topic_uri = ${filter.topicUri}`] : []),
];

const search = (table: string, { networkId, filter, page }: SearchDirectory, uris: readonly string[]): RawBuilder<Found> => {
  const from = page.cursor ? readCursor(page.cursor, ['number', 'text', 'text']) : null;
  const beyond = from ? sql`where (score, published_at, key) < (${from[0]}::float8, ${from[1]}, ${from[2]})` : sql``;
  const onTopic = sql`e.topic_uri = any(${uris}::text[])`;
  const score = filter.text ? sql`greatest(w.fit, p.fit, case when ${onTopic} then 0.8 end)::float8` : sql`0::float8`;
  const fitting = filter.text ? sql`left join hits w on w.ref = e.wording_ref left join hits p on p.ref = e.topic_ref` : sql``;
  const fits = filter.text ? sql`and (w.ref is not null or p.ref is not null or ${onTopic})` : sql``;
  return sql<Found>`
    with hits as (${filter.text ? hits(networkId, filter.text) : sql`select null`})
    select * from (
      select e.key, e.row, a.row as author, e.published_at, ${score} as score
      from ${sql.table(table)} e join ${sql.table(table)} a on a.key = 'member/' || e.member_id ${fitting}
      where ${sql.join(conditions(networkId, filter), sql` and `)} ${fits}
    ) found
    ${beyond}
    order by score desc, published_at desc, key desc limit ${page.limit + 1}`;
};

/** The directory: listed offers and requests of members who are not away, best fit first, then newest. */
@QueryHandler(SearchDirectory)
export class SearchDirectoryHandler implements IQueryHandler<SearchDirectory> {
  constructor(
    @Inject(READ_STORE) private readonly store: ReadStore,
    @Inject(TOPICS) private readonly topics: Topics,
  ) {}

  async execute(query: SearchDirectory): Promise<DirectoryPage> {
    const { filter, page } = query;
    const uris = filter.text ? (await this.topics.search(filter.text, page.labels, 50)).map(({ uri }) => uri) : [];
    const { standing, result } = await this.store.read([directoryModel], async (tx, tableOf) => {
      await SIMILAR_ENOUGH.execute(tx);
      return (await search(tableOf(directoryModel), query, uris).execute(tx)).rows;
    });
    const shown = result.slice(0, page.limit);
    const last = shown.at(-1);
    return {
      standing,
      entries: await this.describe(shown, page.labels),
      next: result.length > page.limit && last ? cursorOf(last.score, last.published_at, last.key) : null,
    };
  }

  private async describe(found: readonly Found[], labels: Language): Promise<readonly DirectoryEntry[]> {
    const rows = found.map(({ row, author }) => ({
      row: JSON.parse(row) as EntryRow,
      author: JSON.parse(author) as { name: Personal | null; site: string; unit: string },
    }));
    const refs = rows.flatMap(({ row, author }) => [refOf(row.wording), refOf(row.topicText), row.authorShown ? refOf(author.name) : null]);
    const [clear, topics] = await Promise.all([
      this.store.texts(refs.filter((ref) => ref !== null)),
      this.topics.labels(
        rows.flatMap(({ row }) => row.topicUri ?? []),
        labels,
      ),
    ]);
    const read = (text: Personal | null): string | null => clear.get(refOf(text) ?? '') ?? null;
    return rows.map(({ row, author }) => ({
      kind: row.kind,
      id: row.id,
      wording: read(row.wording),
      topic: { text: read(row.topicText), uri: row.topicUri, label: topics.get(row.topicUri ?? '') ?? null },
      level: row.level,
      language: row.language,
      place: row.place,
      site: row.site,
      availability: row.availability,
      smallestGroup: row.smallestGroup,
      largestGroup: row.largestGroup,
      publishedAt: publishedAtOf(row),
      matched: row.matched,
      contested: row.contested,
      author: row.authorShown ? { memberId: row.memberId, name: read(author.name), site: author.site, unit: author.unit } : null,
    }));
  }
}
