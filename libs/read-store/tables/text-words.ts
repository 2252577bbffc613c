import { keptWords, type KeptWords } from '#search/kept-words';
import { keptName } from '#search/names';
import { arrayLiteral } from './array-literal';

/** What people look for: how something is worded, and its topic in its author's words. Comments and reasons are nobody's to search. */
const SEARCHED = /(?:^|\/)(?:wording|topic\/text)$/;
/** Of a member: for those who may know who is who. */
const NAME = /^\/profile\/name$/;

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

interface Searchable {
  readonly path: string;
  readonly text: string;
}

const kept = ({ path, text }: Searchable): Partial<KeptWords> => {
  if (SEARCHED.test(path)) return keptWords([{ text, weights: WEIGHTS }]);
  return NAME.test(path) ? { words: keptName(text) } : {};
};

/** Arrays for `words`, `french`, `english`, `slips`: null for what is not searched. */
export const wireWords = (texts: readonly Searchable[]): readonly string[] => {
  const all = texts.map(kept);
  return (['words', 'french', 'english', 'slips'] as const).map((of) => arrayLiteral(all.map((one) => one[of] ?? null)));
};
