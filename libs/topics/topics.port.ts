import type { Language } from '#domain/vocabulary';

export const TOPICS = Symbol('Topics');

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

/** The taxonomy: reference data that an installation loads (ESCO, its own list), no part of any network's history. */
export interface Topics {
  /** Labels by URI; unknown ones are missing from the map. */
  labels(uris: readonly string[], language: Language): Promise<ReadonlyMap<string, TopicLabel>>;
  /** Best first, by label or alternative label in any language; accents and typos forgiven. */
  search(text: string, language: Language, limit: number): Promise<readonly TopicLabel[]>;
  /** Inserts or replaces, keyed by URI and language: loading the same list again changes nothing. Answers how many rows changed. */
  store(topics: readonly TopicToStore[]): Promise<number>;
  count(): Promise<number>;
}
