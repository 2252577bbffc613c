import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Personal } from '#kernel/message';
import type { Language, Level, PlaceOfExchange } from '#domain/vocabulary';
import { cursorOf, readCursor } from '#read-store/cursor';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import { hintFor, type SearchHint } from '#search/hints';
import type { Reach } from '#search/search-sql';
import { soughtIn, type Search } from '#search/sought';
import { TOPICS, type TopicFits, type TopicLabel, type Topics } from '#topics/topics.port';
import { CURSOR, type DirectoryFilter, type FoundEntry } from './directory-page';
import { findEntries } from './directory-search';
import { publishedAtOf, type EntryRow } from './directory.projection';
import { directoryModel } from './directory.table';

export interface DirectoryEntry {
  readonly kind: 'offer' | 'request';
  readonly id: string;
  readonly wording: string | null;
  readonly topic: { readonly text: string | null; readonly uri: string | null; readonly label: TopicLabel | null };
  readonly level: Level;
  readonly language: Language;
  readonly place: PlaceOfExchange;
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
  readonly readPosition: ReadPosition;
  readonly entries: readonly DirectoryEntry[];
  /** Give it back as `cursor` for the next page; null on the last. */
  readonly next: string | null;
  /** Where the text looks for nothing: why, and what helps. */
  readonly hint?: SearchHint;
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

const EVERYTHING: Search = { wanted: [], unwanted: null };
const NO_TOPICS: TopicFits = { found: [], excluded: [] };
const refOf = (text: Personal | null): string | null => (text !== null && typeof text === 'object' ? text.ref : null);
/** The directory: listed offers and requests of members who are not away, best fit first, then newest. */
@QueryHandler(SearchDirectory)
export class SearchDirectoryHandler implements IQueryHandler<SearchDirectory> {
  constructor(
    @Inject(READ_STORE) private readonly store: ReadStore,
    @Inject(TOPICS) private readonly topics: Topics,
  ) {}

  async execute(query: SearchDirectory): Promise<DirectoryPage> {
    const { filter, page } = query;
    const search = filter.text === undefined ? EVERYTHING : soughtIn(filter.text);
    if (typeof search === 'string') {
      const { readPosition } = await this.store.read([directoryModel], async () => undefined);
      return { readPosition, entries: [], next: null, hint: hintFor(search, page.labels) };
    }
    const { readPosition, found, reach } = await this.find(query, search);
    const shown = found.slice(0, page.limit);
    const last = shown.at(-1);
    return {
      readPosition,
      entries: await this.describe(shown, page.labels),
      next: found.length > page.limit && last ? cursorOf(last.score, last.published_at, last.key, reach) : null,
    };
  }

  /** A further page reaches as far as the first did. */
  private async find(
    query: SearchDirectory,
    search: Search,
  ): Promise<{ readPosition: ReadPosition; found: readonly FoundEntry[]; reach: Reach }> {
    const { networkId, filter, page } = query;
    const reach: Reach = page.cursor && readCursor(page.cursor, CURSOR)[3] === 'nearer' ? 'nearer' : 'near';
    const within = async (reaching: Reach) => {
      const topics = filter.text === undefined ? NO_TOPICS : await this.topics.fits(search, reaching);
      const asked = { networkId, filter, page, search, topics, reach: reaching };
      const { readPosition, result } = await this.store.read([directoryModel], (tx, tableOf) =>
        findEntries(tx, tableOf(directoryModel), asked),
      );
      return { readPosition, found: result, reach: reaching };
    };
    const first = await within(reach);
    return first.found.length > 0 || page.cursor || search.wanted.length === 0 ? first : within('nearer');
  }

  private async describe(found: readonly FoundEntry[], labels: Language): Promise<readonly DirectoryEntry[]> {
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
