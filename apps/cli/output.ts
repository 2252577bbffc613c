import Table from 'cli-table3';
import { jsonWithoutControls, withoutControls } from '#csv/control-characters';
import { csvText } from '#csv/csv-text';
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

const shown = (cell: Cell | undefined): string => withoutControls(cell === null || cell === undefined ? '' : String(cell));

const asTable = (columns: readonly string[], rows: readonly Row[]): string => {
  const table = new Table({ head: [...columns], style: { head: [], border: [] } });
  for (const row of rows) table.push(columns.map((column) => shown(row[column])));
  return table.toString();
};

/** Rows of one shape: a table for people, JSON and CSV for programs. */
export const rendered = (columns: readonly string[], rows: readonly Row[], output: Output): string => {
  switch (output) {
    case 'json':
      return jsonWithoutControls(JSON.stringify(rows, null, 2));
    case 'csv':
      return csvText(columns, rows).replace(/\n$/, '');
    case 'table':
      return asTable(columns, rows);
  }
};

/** Data goes to stdout, and nothing else does. */
export const print = (columns: readonly string[], rows: readonly Row[], output: Output): void =>
  void process.stdout.write(`${rendered(columns, rows, output)}\n`);

export const say = (sentence: string): void => void process.stderr.write(`${withoutControls(sentence)}\n`);
