import { createReadStream, statSync } from 'node:fs';
import { CsvError, parse, type InfoRecord } from 'csv-parse';
import { badData } from '../usage';

export interface BadRow {
  readonly file: string;
  /** Of the row's first line; the first line of a file is 1. */
  readonly line: number;
  /** Names the column, never repeats a value: it could be personal. */
  readonly reason: string;
}

export interface InputRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  /** Bytes of the file read so far. */
  readonly bytes: number;
}

interface CsvInput {
  readonly path: string;
  /** Without all of these columns the file is not what it should be. */
  readonly columns: readonly string[];
  readonly onBad: (bad: BadRow) => void;
}

const REASONS: Partial<Record<string, string>> = {
  CSV_RECORD_INCONSISTENT_COLUMNS: 'has more or fewer cells than the header',
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: 'has more or fewer cells than the header',
  CSV_QUOTE_NOT_CLOSED: 'opens a quotation mark that nothing closes',
  CSV_INVALID_CLOSING_QUOTE: 'closes a quotation mark in the middle of a cell',
  INVALID_OPENING_QUOTE: 'opens a quotation mark in the middle of a cell',
};

/** @throws CliProblem in one sentence where there is no such file or folder */
export const inputAt = (path: string): { readonly isFolder: boolean; readonly bytes: number } => {
  try {
    const found = statSync(path);
    return { isFolder: found.isDirectory(), bytes: found.size };
  } catch {
    throw badData(`There is no file or folder to read at ${path}.`);
  }
};

const unreadable = (path: string, fault: unknown): unknown => {
  if (fault instanceof CsvError) return badData(`${path} cannot be read as CSV: a row ${REASONS[fault.code] ?? 'is malformed'}.`);
  if (fault instanceof Error && 'code' in fault && ['EACCES', 'EISDIR', 'EPERM'].includes(String(fault.code)))
    return badData(`${path} cannot be read by this user.`);
  return fault;
};

const checkHeader = (names: readonly string[], { path, columns }: CsvInput): string[] => {
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0)
    throw badData(`${path} lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')} in its first line.`);
  return [...names];
};

const breaks = (cells: readonly unknown[]): number => cells.join('').split('\n').length - 1;

/** A malformed row, by the line on which it began; one that nothing closes began after the last that was whole. */
const skipped = (file: string, fault: CsvError | undefined, lastWhole: number): BadRow => {
  const cells: unknown = fault?.['record'];
  const open = fault?.code === 'CSV_QUOTE_NOT_CLOSED';
  const line = open ? lastWhole + 1 : Number(fault?.['lines'] ?? 0) - (Array.isArray(cells) ? breaks(cells) : 0);
  return { file, line, reason: REASONS[fault?.code ?? ''] ?? 'is malformed' };
};

/** The rows of a CSV file in UTF-8, as they come; a malformed row is told, and the next one read. @throws CliProblem */
export async function* csvRows(input: CsvInput): AsyncIterable<InputRow> {
  const { path } = input;
  // The parser reads ahead: what it skips is told when its turn comes.
  let [ahead, lastWhole]: [BadRow[], number] = [[], 1];
  const tell = (before: number): void => {
    for (const bad of ahead) if (bad.line < before) input.onBad(bad);
    ahead = ahead.filter(({ line }) => line >= before);
  };
  const parser = parse({
    bom: true,
    info: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    columns: (names: string[]) =>
      checkHeader(
        names.map((name) => name.trim()),
        input,
      ),
    on_record: (row: unknown, { lines }) => {
      lastWhole = lines;
      return row;
    },
    on_skip: (fault: CsvError | undefined) => {
      ahead.push(skipped(path, fault, lastWhole));
      lastWhole = Math.max(lastWhole, Number(fault?.['lines'] ?? 0));
      return undefined;
    },
  });
  const file = createReadStream(path);
  file.once('error', (fault) => parser.destroy(fault));
  file.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Record<string, string>; info: InfoRecord }>) {
      const line = info.lines - breaks(Object.values(record));
      tell(line);
      yield { line, cells: record, bytes: info.bytes };
    }
    tell(Number.POSITIVE_INFINITY);
  } catch (fault) {
    throw unreadable(path, fault);
  } finally {
    file.destroy();
  }
}

/** Only the first line. */
export const headerOf = async (path: string): Promise<readonly string[]> => {
  const parser = createReadStream(path).pipe(parse({ bom: true, to: 1, relax_column_count: true }));
  try {
    for await (const names of parser as AsyncIterable<string[]>) return names.map((name) => name.trim());
  } catch (fault) {
    throw unreadable(path, fault);
  }
  throw badData(`${path} is empty.`);
};
