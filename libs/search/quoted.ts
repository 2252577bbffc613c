/** A word as `tsvector` and `tsquery` read it, whatever signs it holds. */
export const quoted = (lexeme: string): string => `'${lexeme.replace(/['\\]/gu, '$&$&')}'`;
