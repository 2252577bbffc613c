import { quoted } from './quoted';
import { formsOf, inflectionsOf, nearTo, NOT_NEAR, type Near } from './spellings';
import { isStopWord, isWeak } from './stop-words';
import { straightened, wordsOf, type Word } from './words';

/** One thing that is looked for, a word or a phrase, as PostgreSQL reads it. */
export interface Clause {
  /** A `tsquery` for words as written, in the weights given. */
  readonly exact: (weights: string) => string;
  /** The same for the plural and the singular; empty where there are none. */
  readonly inflected: (weights: string) => string;
  /** A `tsquery` for what words are made of and how else they are written, whatever their weight. */
  readonly parts: string;
  /** For `to_tsquery` in French and in English; empty where a word has no forms, and for phrases. */
  readonly french: string;
  readonly english: string;
  readonly near: Near;
  /** The same, where nothing else was found: short words are near too many others. */
  readonly nearer: Near;
}

/** What a person typed, understood. */
export interface Search {
  /** All of them are looked for. */
  readonly wanted: readonly Clause[];
  /** A `tsquery` for what may not be there, whatever else is; null where nothing was excluded. */
  readonly unwanted: string | null;
}

/** Why a text looks for nothing. */
export type NothingSought = 'only-stop-words' | 'no-words';

/** More words than a sentence’s are not looked for; every one with a minus counts. */
const MOST_WANTED = 12;

const anyOf = (queries: readonly string[]): string => [...new Set(queries)].filter((one) => one !== '').join(' | ');

/** Adjacent words, with as many places between them as stop words are left out. */
const inOrder = (words: readonly Word[], weights: string): string => {
  let query = '';
  let gap = 1;
  for (const word of words) {
    if (isStopWord(word)) {
      gap += word.pieces.length;
      continue;
    }
    // A joined word stands at each place of its pieces.
    const lexeme = `${quoted(word.token)}${weights === '' ? '' : `:${weights}`}`;
    const places = word.pieces.map(() => lexeme).join(' <-> ');
    query = query === '' ? places : `${query} <${gap}> ${places}`;
    gap = 1;
  }
  return query;
};

const phrase = (words: readonly Word[]): Clause | null => {
  const parts = inOrder(words, '');
  if (parts === '') return null;
  return {
    exact: (weights) => inOrder(words, weights),
    inflected: () => '',
    parts,
    french: '',
    english: '',
    near: NOT_NEAR,
    nearer: NOT_NEAR,
  };
};

const joined = ({ token, pieces, also }: Word): string => {
  if (token.startsWith('.') && pieces.length === 1) return `${quoted(token.slice(1))}:BD`;
  if (pieces.length === 1) return '';
  return anyOf([
    ...also.filter((one) => !/[^\p{L}\p{N}]/u.test(one)).map(quoted),
    `(${pieces.map((one) => quoted(one.token)).join(' <-> ')})`,
  ]);
};

/** Each piece in one of its forms. */
const formsIn = (word: Word, language: 'fr' | 'en'): string => {
  const all = word.pieces.map((one) => formsOf(one)[language]);
  return word.token.startsWith('.') || all.some((one) => one.length === 0)
    ? ''
    : all.map((one) => `(${one.map(quoted).join(' | ')})`).join(' & ');
};

const single = (word: Word): Clause => ({
  exact: (weights) => `${quoted(word.token)}:${weights}`,
  inflected: (weights) =>
    inflectionsOf(word.token)
      .map((one) => `${quoted(one)}:${weights}`)
      .join(' | '),
  parts: anyOf([quoted(word.token), ...inflectionsOf(word.token).map(quoted), joined(word)]),
  french: formsIn(word, 'fr'),
  english: formsIn(word, 'en'),
  near: nearTo(word, 'always'),
  nearer: nearTo(word, 'where nothing else was found'),
});

/** The word, alone or in another, and its plural: its further forms are others’ words as well. */
const excluded = (word: Word): string => anyOf([...[word.token, ...inflectionsOf(word.token)].map(quoted), joined(word)]);

interface Read {
  readonly wanted: readonly Word[];
  readonly phrases: readonly (readonly Word[])[];
  readonly unwanted: readonly string[];
}

/** `"…"`, and `-` before a word or a phrase; a dash between spaces is a dash. */
const MARKED = /(?:(?<!\S)(-))?"([^"]+)"|(?<!\S)-(\S+)/gu;

const read = (text: string): Read => {
  const straight = straightened(text).replace(/[“”„«»]/gu, '"');
  const marked = [...straight.matchAll(MARKED)].map(([, minus, within, word]) => ({
    isPhrase: within !== undefined,
    isWanted: within !== undefined && minus === undefined,
    words: wordsOf(within ?? word ?? '', straight),
  }));
  const out = marked.filter(({ isWanted }) => !isWanted);
  return {
    wanted: wordsOf(straight.replace(MARKED, ' '), straight),
    phrases: marked.filter(({ isWanted }) => isWanted).map(({ words }) => words),
    unwanted: out.flatMap(({ isPhrase, words }) =>
      isPhrase ? [inOrder(words, '')] : words.filter((word) => !isStopWord(word)).map(excluded),
    ),
  };
};

/**
 * What a person typed: words that are all looked for, `"phrases"` as they stand, `-words` that may not be there. A minus alone leaves out of
 * everything; stop words alone look for nothing.
 */
export const soughtIn = (text: string): Search | NothingSought => {
  const { wanted, phrases, unwanted } = read(text);
  const carrying = wanted.filter((word) => !isStopWord(word));
  const strong = carrying.filter((word) => !isWeak(word));
  const exact = phrases.flatMap((words) => phrase(words) ?? []);
  const words = strong.length > 0 || exact.length > 0 ? strong : carrying;
  const distinct = [...new Map(words.map((word) => [word.token, word])).values()];
  const clauses = [...exact, ...distinct.map(single)].slice(0, MOST_WANTED);
  const excluding = anyOf(unwanted);
  const said = [...wanted, ...phrases.flat()].length;
  if (clauses.length === 0 && (excluding === '' || said > 0))
    return said > 0 || /[\p{L}\p{N}]/u.test(text) ? 'only-stop-words' : 'no-words';
  return { wanted: clauses, unwanted: excluding === '' ? null : excluding };
};
