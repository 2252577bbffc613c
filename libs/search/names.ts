import { quoted } from './quoted';
import { folded, straightened } from './words';

/** No word of a text begins with it: who looks for texts meets no names, and who looks for names no texts. */
const NAME = '@';
/** PostgreSQL takes lexemes of up to 2,046 bytes. */
const LONGEST = 100;

/** `Jean-Pierre O’Neil` is four. */
const wordsOfName = (name: string): readonly string[] =>
  folded(straightened(name))
    .split(/[\s\-']+/u)
    .filter((word) => word !== '')
    .map((word) => quoted(NAME + [...word].slice(0, LONGEST).join('')));

/** What is kept beside a name, as PostgreSQL reads a `tsvector`. */
export const keptName = (name: string): string => [...new Set(wordsOfName(name))].join(' ');

/** Names of which some word begins with each that was typed, as a `tsquery`; empty where nothing was. */
export const nameBegun = (typed: string): string =>
  wordsOfName(typed)
    .map((word) => `${word}:*`)
    .join(' & ');
