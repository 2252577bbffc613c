/** What JSON would escape by a letter, which an array literal reads as that letter. */
const ESCAPED_BY_LETTER = /[\u0000-\u001f\ud800-\udfff]/;

const element = (text: string | null): string => {
  if (text === null) return 'NULL';
  // Native, and ten times as fast as replacing: most elements are JSON, full of quotes.
  if (!ESCAPED_BY_LETTER.test(text)) return JSON.stringify(text);
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
};

/** A PostgreSQL array literal: pass it as the parameter `$1::text[]`. */
export const arrayLiteral = (texts: readonly (string | null)[]): string => `{${texts.map(element).join(',')}}`;
