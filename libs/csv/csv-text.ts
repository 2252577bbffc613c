import { stringify } from 'csv-stringify/sync';
import { withoutControls } from './control-characters';

export type CsvCell = string | number | boolean | null | undefined;

/** Full-width and small signs, which spreadsheets read as the plain ones, are folded by NFKC; the minus sign is not. */
const FORMULA = /^[\p{White_Space}\p{Cc}\p{Cf}]*[=+\-@\u2212]/u;
/** A cell that begins so is live in some spreadsheet whatever comes after it. */
const LIVE = /^[\t\r\n]/;

const textCell = (text: string): string => `${isFormula(text) ? "'" : ''}${withoutControls(text)}`;

/** Whether a spreadsheet might take this text for a formula: what nobody sees before the sign does not count. */
export const isFormula = (text: string): boolean => LIVE.test(text) || FORMULA.test(text.normalize('NFKC'));

/**
 * Rows as CSV (RFC 4180, lines end in LF), the header first. A text that a spreadsheet would take for a formula is led by an
 * apostrophe, and so stays a text; numbers are written as they are. A file may end in a terminal: none gets control characters.
 */
export const csvText = (columns: readonly string[], rows: readonly Readonly<Record<string, CsvCell>>[]): string =>
  stringify([columns, ...rows.map((row) => columns.map((column) => row[column]))], { cast: { string: textCell, boolean: String } });
