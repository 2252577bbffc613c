export type CsvCell = string | number | null;

/** What a spreadsheet would take for a formula, however it is led in: the API's files are guarded by the same rule. */
const FORMULA = /^[\p{White_Space}\p{Cc}\p{Cf}]*[=+\-@\u2212]|^[\t\r\n]/u;

const written = (cell: CsvCell): string => {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = FORMULA.test(cell.normalize('NFKC')) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Rows as CSV (RFC 4180), the header first; a text that a spreadsheet would compute stays a text. */
export const csvOf = (columns: readonly string[], rows: readonly (readonly CsvCell[])[]): string =>
  [columns, ...rows].map((row) => `${row.map(written).join(',')}\n`).join('');
