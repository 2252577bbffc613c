import { quoted } from './quoted';
import type { Piece, Word } from './words';

const LETTERS = /^\p{L}+$/u;
const SHORTEST_WITH_FORMS = 3;

/** Their stems are other words (findings/skills-in-text-search.sh). Folded, singular; they have no forms but their plurals. */
const STEMMED_TOO_FAR: ReadonlySet<string> = new Set([
  'excellence',
  'excellent',
  'excellente',
  'exceller',
  'universite',
  'university',
  'univers',
  'universe',
  'employe',
  'employee',
  'emploi',
]);

/** What PostgreSQL’s dictionaries are given to stem, so that a word meets its forms however it is typed. */
export interface Forms {
  readonly fr: readonly string[];
  readonly en: readonly string[];
}

/**
 * Beyond what French stemming knows: accents left out, `travaux` and `travail`, `vendeuse` and `vendeur`. What ends in `a` is a short
 * form (`compta`), no verb.
 */
const inFrench = (spelled: string, token: string): readonly string[] => [
  spelled,
  token,
  token.replace(/ite(s?)$/u, 'ité$1'),
  spelled.replace(/aux$/u, 'ail'),
  token.replace(/aux$/u, 'ail'),
  token.replace(/euses?$/u, 'eur'),
  token.replace(/trices?$/u, 'teur'),
];

/** None for names with digits or signs, but a version: `html5` is a form of `html`. */
export const formsOf = ({ spelled, token }: Piece): Forms => {
  const stem = spelled.replace(/(?<=^\p{L}{3,})\d{1,2}$/u, '');
  if (
    !LETTERS.test(stem) ||
    stem.length < SHORTEST_WITH_FORMS ||
    STEMMED_TOO_FAR.has(token) ||
    STEMMED_TOO_FAR.has(token.replace(/s$/u, ''))
  )
    return { fr: [], en: [] };
  const plain = token.slice(0, token.length - (spelled.length - stem.length));
  return { fr: stem.endsWith('a') ? [] : [...new Set(inFrench(stem, plain))], en: [plain] };
};

/** Its plural or its singular, folded, and `employée` of `employé`: surer forms than what shares a stem. */
export const inflectionsOf = (token: string): readonly string[] => {
  if (!LETTERS.test(token) || token.length < SHORTEST_WITH_FORMS) return [];
  const singular = token.length > SHORTEST_WITH_FORMS ? token.replace(/[sx]$/u, '') : token;
  const masculine = singular.replace(/ee$/u, 'e');
  const genders = masculine.endsWith('e') && masculine.length > SHORTEST_WITH_FORMS ? [masculine, `${masculine}e`] : [singular];
  return [...new Set(genders.flatMap((one) => [one, `${one}s`, `${one}x`]))].filter((other) => other !== token);
};

/** Words of fewer letters are near too many others. */
const SHORTEST_NEAR = 5;
const LONGEST_NEAR = 30;

const isNearable = (token: string): boolean => LETTERS.test(token) && token.length >= SHORTEST_NEAR && token.length <= LONGEST_NEAR;

/** A word with one letter left out, but never its first, which people rarely miss. Two words with one of these in common differ by one slip. */
export const slipsOf = (token: string): readonly string[] => {
  if (!isNearable(token)) return [];
  const letters = [...token];
  return [...new Set(letters.slice(1).map((_, index) => letters.filter((__, place) => place !== index + 1).join('')))];
};

/** What is near a word by its spelling; each a `tsquery`, empty where nothing is. */
export interface Near {
  /** Among words: those with a letter less, and what a stroke joins. */
  readonly words: string;
  /** Among slips: those of words with a letter more, or another letter. */
  readonly slips: string;
  /** Among words: those that begin with this one. */
  readonly begun: string;
}

export const NOT_NEAR: Near = { words: '', slips: '', begun: '' };

/** From how many letters on a slip is forgiven, and a beginning taken for the word. */
const FROM = {
  always: { slip: 8, beginning: 6 },
  'where nothing else was found': { slip: 4, beginning: 5 },
} as const;

const anyOf = (words: readonly string[]): string => words.map(quoted).join(' | ');

export const nearTo = ({ token, pieces }: Word, when: keyof typeof FROM): Near => {
  if (token.includes('/')) return { ...NOT_NEAR, words: anyOf(pieces.map((one) => one.token)) };
  if (!LETTERS.test(token)) return NOT_NEAR;
  const { slip, beginning } = FROM[when];
  const slips = token.length >= slip && token.length <= LONGEST_NEAR ? slipsOf(token) : null;
  return {
    words: anyOf(slips?.filter((one) => one.length >= SHORTEST_NEAR) ?? []),
    slips: slips === null ? '' : anyOf([token, ...slips]),
    begun: token.length >= beginning ? `${quoted(token)}:*` : '',
  };
};
