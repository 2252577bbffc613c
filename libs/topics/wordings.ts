import { slipsOf } from '#search/spellings';
import { wordsOf } from '#search/words';

/** They say nothing of what is learnt. */
const EMPTY: ReadonlySet<string> = new Set(['le', 'la', 'les', 'un', 'une', 'des', 'du', 'de', 'the', 'an']);

/** Names and words that the same word without its ending does not mean: Windows is no window, a fund no bottom. */
const WHOLE: ReadonlySet<string> = new Set(['windows', 'teams', 'forms', 'pages', 'goods', 'fonds', 'cours']);

/** What plurals add, in French and in English: `journaux`, `tableaux`, `policies`, `strategies`, `classes`. The first that fits. */
const ENDINGS: readonly (readonly [ending: RegExp, instead: string])[] = [
  [/sses?$/u, 'ss'],
  [/ies?$/u, 'y'],
  [/(?<=(?:ea|e|o)u)x$/u, ''],
  [/aux$/u, 'al'],
  [/(?<=[^su])s$/u, ''],
];

const SHORTEST = 5;

const stemOf = (word: string): string => {
  if (word.length < SHORTEST || WHOLE.has(word) || !/^\p{L}+$/u.test(word)) return word;
  const found = ENDINGS.find(([ending]) => ending.test(word));
  return found ? word.replace(found[0], found[1]) : word;
};

/** The words of a wording that tell its topic, in their order: folded, in the singular, without articles. */
const stemsOf = (text: string): readonly string[] => {
  const words = wordsOf(text).map(({ token }) => token);
  const telling = words.filter((word) => !EMPTY.has(word));
  return (telling.length > 0 ? telling : words).map(stemOf);
};

/** Alike for wordings that say the same: `Gestion de projets` and `la gestion de projet`. Empty where nothing is said. */
export const spellingOf = (text: string): string => stemsOf(text).join(' ');

/** A word as three letters after the other, with what stands before and after it. */
const trigrams = (word: string): ReadonlySet<string> => {
  const padded = `  ${word} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)));
};

/** Of the trigrams that either has, the share that both have. */
const similarity = (one: string, other: string): number => {
  const [left, right] = [trigrams(one), trigrams(other)];
  const both = [...left].filter((trigram) => right.has(trigram)).length;
  return both / (left.size + right.size - both);
};

/**
 * Among ESCO's 30,000 labels, no two words as alike as this, that begin alike and differ by one slip, mean different things. Below it do
 * `aesthetic` and `anesthetic`, `macroeconomics` and `microeconomics`; without the slip, `radiology` and `radiobiology`.
 */
const ALIKE = 0.7;
const BEGINNING = 3;
/** Shorter words are near too many others. */
const SHORTEST_ALIKE = 8;

const mayDiffer = (word: string): boolean => word.length >= SHORTEST_ALIKE && /^\p{L}+$/u.test(word);

/**
 * What two wordings have in common that are spelt nearly alike: all words but one, and that one but for a letter. An index of these finds
 * them without comparing all with all.
 */
export const nearSpellings = (spelling: string): readonly string[] => {
  const words = spelling.split(' ');
  return words.flatMap((word, at) =>
    mayDiffer(word) ? [word, ...slipsOf(word)].map((slip) => [...words.slice(0, at), `*${slip}`, ...words.slice(at + 1)].join(' ')) : [],
  );
};

/** Whether two that share a near spelling are alike enough to be taken for one topic, with a slip. */
export const isAlike = (one: string, other: string): boolean => {
  const [left, right] = [one.split(' '), other.split(' ')];
  const apart = left.flatMap((word, at) => (word === right[at] ? [] : [at]));
  const [at] = apart;
  if (left.length !== right.length || apart.length !== 1 || at === undefined) return false;
  const [word, otherWord] = [left[at]!, right[at]!];
  if (!mayDiffer(word) || !mayDiffer(otherWord)) return false;
  return word.slice(0, BEGINNING) === otherWord.slice(0, BEGINNING) && similarity(word, otherWord) >= ALIKE;
};
