import { keptWords } from '#search/kept-words';
import { arrayLiteral } from './array-literal';

/** What people look for: how something is worded, and its topic in its author's words. Comments and reasons are nobody's to search. */
const SEARCHED = /(?:^|\/)(?:wording|topic\/text)$/;

/** As written, and within another word. */
const WEIGHTS = ['A', 'B'] as const;

/**
 * The columns by which a text is found, as `insert … select` takes them from `unnest` of `wireWords`. Made from a clear text, they lie in
 * its row and go with it; like the text they keep no statistics (R19).
 */
export const WORDS_COLUMNS = 'words, forms, slips';
export const wordsFrom = (alias: string): string =>
  `${alias}.words::tsvector,
   strip(to_tsvector('pg_catalog.french', ${alias}.french) || to_tsvector('pg_catalog.english', ${alias}.english)),
   array_to_tsvector(string_to_array(${alias}.slips, ' '))`;

/** Arrays for `words`, `french`, `english`, `slips`: null for what is not searched. */
export const wireWords = (texts: readonly { readonly path: string; readonly text: string }[]): readonly string[] => {
  const kept = texts.map(({ path, text }) => (SEARCHED.test(path) ? keptWords([{ text, weights: WEIGHTS }]) : null));
  return (['words', 'french', 'english', 'slips'] as const).map((of) => arrayLiteral(kept.map((one) => one?.[of] ?? null)));
};
