import Table from 'cli-table3';
import { badUsage } from './usage';

export type Output = 'table' | 'json' | 'csv';
export type Cell = string | number | boolean | null;
export type Row = Readonly<Record<string, Cell>>;

const OUTPUTS: readonly Output[] = ['table', 'json', 'csv'];

/** @throws CliProblem */
export const outputIn = (text: string): Output => {
  const output = OUTPUTS.find((one) => one === text);
  if (!output) throw badUsage(`--output must be one of ${OUTPUTS.join(', ')}.`);
  return output;
};

const shown = (cell: Cell | undefined): string => (cell === null || cell === undefined ? '' : String(cell));

/** A text that a spreadsheet would take for a formula is written as a text. */
const csvCell = (cell: Cell | undefined): string => {
  const text = typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : shown(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const asTable = (columns: readonly string[], rows: readonly Row[]): string => {
  const table = new Table({ head: [...columns], style: { head: [], border: [] } });
  for (const row of rows) table.push(columns.map((column) => shown(row[column])));
  return table.toString();
};

/** Rows of one shape: a table for people, JSON and CSV for programs. */
export const rendered = (columns: readonly string[], rows: readonly Row[], output: Output): string => {
  switch (output) {
    case 'json':
      return JSON.stringify(rows, null, 2);
    case 'csv':
      return [columns.map(csvCell), ...rows.map((row) => columns.map((column) => csvCell(row[column])))]
        .map((line) => line.join(','))
        .join('\n');
    case 'table':
      return asTable(columns, rows);
  }
};

/** Data goes to stdout, and nothing else does. */
export const print = (columns: readonly string[], rows: readonly Row[], output: Output): void =>
  void process.stdout.write(`${rendered(columns, rows, output)}\n`);

export const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
