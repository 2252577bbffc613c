import { quoted } from './quoted';
import { formsOf, slipsOf } from './spellings';
import { isStopWord } from './stop-words';
import { wordsOf, type Word } from './words';

/** What is kept beside a text, so that it is found; made anew when the text is. */
export interface KeptWords {
  /** As PostgreSQL reads a `tsvector`: words as written with weight A, what they are made of with B, each at its place. */
  readonly words: string;
  /** For `to_tsvector` in French and in English. */
  readonly french: string;
  readonly english: string;
  /** Each word with one letter left out, between spaces. */
  readonly slips: string;
}

/** The last place that a `tsvector` can tell, and how many of one word. */
const LAST_PLACE = 16_383;

type Weight = 'A' | 'B' | 'C' | 'D';
/** Of words as written, and of what they are made of. */
export type Weights = readonly [whole: Weight, part: Weight];

/** Pieces by which a word is found. One letter is such a piece where a stroke says so: `C/C++`; the `e` of `e-mail` is none. */
const piecesToFind = ({ token, pieces }: Word): readonly string[] =>
  pieces.map((one) => (one.token.length > 1 || token.includes('/') ? one.token : ''));

const placed = (word: Word, first: number, [whole, part]: Weights): readonly string[] =>
  piecesToFind(word).flatMap((one, index) => {
    const place = Math.min(first + index, LAST_PLACE);
    const parts = [...word.also, ...(one === '' || one === word.token ? [] : [one])];
    return [`${quoted(word.token)}:${place}${whole}`, ...parts.map((also) => `${quoted(also)}:${place}${part}`)];
  });

/** A text, and how much its words weigh. */
export interface ToKeep {
  readonly text: string;
  readonly weights: Weights;
}

/** Texts of one thing; a phrase never goes from one into the next. */
export const keptWords = (texts: readonly ToKeep[]): KeptWords => {
  const [lexemes, french, english, slips] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()];
  let place = 1;
  for (const { text, weights } of texts) {
    for (const word of wordsOf(text)) {
      const first = place;
      place += word.pieces.length;
      if (isStopWord(word)) continue;
      for (const lexeme of placed(word, first, weights)) lexemes.add(lexeme);
      for (const piece of word.pieces) {
        const { fr, en } = formsOf(piece);
        fr.forEach((one) => french.add(one));
        en.forEach((one) => english.add(one));
        slipsOf(piece.token).forEach((one) => slips.add(one));
      }
    }
    place += 1;
  }
  const told = (words: ReadonlySet<string>): string => [...words].join(' ');
  return { words: told(lexemes), french: told(french), english: told(english), slips: told(slips) };
};
