/** Letters, digits, and the marks that stand on letters. */
const W = String.raw`[\p{L}\p{M}\p{N}]`;
/** `word`, `c++`, `c#`, `bac+2`, `c++11`. */
const PIECE = `${W}+(?:[+#]+${W}+)*[+#]*`;
/** Pieces as people join them, `pl/sql`, `node.js`, `e-mail`, `r&d`, `c#/.net`; a leading dot belongs to a name (`.net`) where nothing stands before it. */
const WORD = new RegExp(String.raw`(?:(?<![\p{L}\p{M}\p{N}.])\.(?=\p{L}))?${PIECE}(?:(?:/\.?|[&.-])${PIECE})*`, 'gu');
const JOINTS = /[/&.-]+/gu;

const ELIDED = new RegExp(`(?<!${W})(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu)'(?=${W})`, 'giu');
/** Typed without its apostrophe: `d anglais`. `C avancé` and `D avancé` are languages. */
const ELIDED_BARE = new RegExp(`(?<!${W})(?:[djlmnst]|qu)\\s+(?=[aeiouyhâàéèêëîïôœ])`, 'gu');
const POSSESSIVE = new RegExp(`(?<=${W})'s(?!${W})`, 'giu');
/** `don't`, `we're`: what follows is no word. */
const CONTRACTED = new RegExp(`(?<=${W})'(?=[a-z]{1,2}(?!${W}))`, 'giu');
/** `vendeur·se·s`, `formateur(trice)`: one word and its other endings. */
const OTHER_ENDINGS = /(?<=\p{L})(?:[·•]\p{L}{1,5})+|(?<=\p{L}{3})\((?:e|ne|ve|se|trice|rice|euse|ère)?s?\)/giu;
const INVISIBLE = /\p{Cf}/gu;
const UNDIVIDED: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ı: 'i' };

/** PostgreSQL takes lexemes of up to 2,046 bytes; no name of a skill is as long as this. */
const LONGEST = 100;

/** One spelling for what people type in several ways: apostrophes, hyphens, letters of full width. */
export const straightened = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(/[’‘ʼ′`´]/gu, "'")
    .replace(/[‐‑−–]/gu, '-')
    .replace(/♯/gu, '#');

/** Without accents and ligatures, in lower case. Folding again changes nothing. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[œæßøłđı]/gu, (letter) => UNDIVIDED[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .normalize('NFC');

/** A part of a word: `pl` and `sql` of `pl/sql`. */
export interface Piece {
  /** Folded. */
  readonly token: string;
  /** In lower case, with its accents: stems depend on them. */
  readonly spelled: string;
}

/** A word as people write it: its token is `c++`, `pl/sql`, `eleve`. */
export interface Word extends Piece {
  /** In the order in which they stand; the word itself where nothing is joined. */
  readonly pieces: readonly Piece[];
  /** Other ways to write it, or a piece of it: `nodejs` of `node.js`, `.net` of `asp.net`, `bac` and `2` of `bac+2`. */
  readonly also: readonly string[];
  /** In capitals, where they tell something: `IT` in “IT support”, not in “GESTION DE LA PAIE”. */
  readonly abbreviates: boolean;
}

const piece = (written: string): Piece => ({ token: folded(written), spelled: written.toLowerCase() });

const within = ({ token }: Piece): readonly string[] => {
  const [, first, joint, last] = /^([^+#]+)([+#]+)([^+#]*)$/u.exec(token) ?? [];
  if (first === undefined || joint === undefined || last === undefined) return [];
  // The C of C++ is another language.
  if (last === '') return first.length === 1 ? [] : [first];
  return joint === '+' ? [first, last] : [`${first}${joint}`];
};

const word = (written: string, abbreviates: boolean): Word => {
  const whole = piece(written);
  const pieces = written
    .split(JOINTS)
    .filter((one) => one !== '')
    .map(piece);
  const dotted = pieces.length > 1 ? (/\.[^/&.-]+$/u.exec(whole.token)?.slice(0, 1) ?? []) : [];
  const also = new Set([whole.token.replace(JOINTS, ''), ...dotted, ...pieces.flatMap(within)]);
  also.delete(whole.token);
  return { ...whole, pieces, also: [...also], abbreviates };
};

/**
 * The words of a text as people write them: of letters, digits and `+ # . / - &`, so that `C++`, `C#`, `C`, `PL/SQL` and `.NET` are words
 * of their own. Elisions (`l'`, `c'`) and what a sentence adds are no part of them.
 * @param whole the text of which this is a piece: whether capitals tell something depends on it
 */
export const wordsOf = (text: string, whole: string = text): readonly Word[] => {
  const straight = straightened(text);
  const prepared = straight
    .replace(OTHER_ENDINGS, '')
    .replace(ELIDED, ' ')
    .replace(ELIDED_BARE, ' ')
    .replace(POSSESSIVE, '')
    .replace(CONTRACTED, '');
  const written = (prepared.match(WORD) ?? []).map((one) =>
    [...one]
      .slice(0, LONGEST)
      .join('')
      .replace(/[/&.-]+$/u, ''),
  );
  const capitalsTell = /\p{Ll}/u.test(whole) || !/\s/u.test(whole.trim());
  return written.map((one) => word(one, capitalsTell && /^\p{Lu}{2,}$/u.test(one))).filter(({ token }) => token !== '');
};
