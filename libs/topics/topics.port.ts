import type { Language } from '#domain/vocabulary';
import type { Reach } from '#search/search-sql';
import type { Search } from '#search/sought';

export const TOPICS = Symbol('Topics');

/** What the URIs of the starter list begin with: an installation brings it along, nobody loaded it. */
export const STARTER_URIS = 'urn:savoirs:topic:';

/** A topic of the taxonomy in one language; `inLanguage` tells when the other language's label had to serve (§8). */
export interface TopicLabel {
  readonly uri: string;
  readonly label: string;
  readonly inLanguage: Language;
}

export interface TopicToStore {
  readonly uri: string;
  readonly language: Language;
  readonly label: string;
  readonly alternatives: readonly string[];
}

/**
 * How well a topic fits a word: written in its label, in an alternative label, in the plural, another form of it, near by, begun with it;
 * 0 where it does not.
 */
export const FIT = { label: 6, alternative: 5, inflected: 4, form: 3, near: 2, begun: 1 } as const;

export interface TopicFits {
  /** A number for each word or phrase wanted, in their order. */
  readonly found: readonly { readonly uri: string; readonly fits: readonly number[] }[];
  /** Topics that hold what may not be there. */
  readonly excluded: readonly string[];
}

/** `uri` is narrower than `broader`: pivot tables, than spreadsheets. A topic may have several that are broader. */
export interface BroaderTopic {
  readonly uri: string;
  readonly broader: string;
}

/** Two topics, and the steps between them through broader and narrower ones: 1 to the next broader, 2 to what that is also broader than. */
export interface Neighbours {
  readonly topics: readonly [string, string];
  readonly steps: number;
}

/** The taxonomy: reference data that an installation loads (ESCO, its own list), no part of any network's history. */
export interface Topics {
  /** Labels by URI; unknown ones are missing from the map. */
  labels(uris: readonly string[], language: Language): Promise<ReadonlyMap<string, TopicLabel>>;
  /**
   * Best first, by label or alternative label in any language: words as written, then their forms, then near spellings. `text` as people
   * type it (`soughtIn`); nothing where it looks for nothing.
   */
  search(text: string, language: Language, limit: number): Promise<readonly TopicLabel[]>;
  /** Which topics hold some of what is looked for, for those who look for it elsewhere, too. */
  fits(search: Search, reach: Reach): Promise<TopicFits>;
  /** Inserts or replaces, keyed by URI and language: loading the same list again changes nothing. Answers how many rows changed. */
  store(topics: readonly TopicToStore[]): Promise<number>;
  count(): Promise<number>;
  /** What is broader, of all topics; unknown URIs are never in it. */
  broader(): Promise<readonly BroaderTopic[]>;
  /**
   * From now on these are what is broader than the topics `of`, and nothing else is. Those between topics that are not there are left out; no
   * circle may be among them, which is for the caller to see. Answers how many came or went.
   */
  storeBroader(of: readonly string[], relations: readonly BroaderTopic[]): Promise<number>;
  /** Which of these topics are near one another: up to so many steps, also by way of topics that are not among them. */
  neighbours(uris: readonly string[], most: number): Promise<readonly Neighbours[]>;
  /** Topics with a label, in any language, or an alternative label that is spelt so (`spellingOf`). */
  named(spellings: readonly string[]): Promise<readonly { readonly spelling: string; readonly uri: string }[]>;
}
