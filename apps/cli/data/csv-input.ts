import { createReadStream, statSync } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { CsvError, parse, type InfoRecord } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import { badData } from '../usage';
import { checkEncoding, toUtf8, type Encoding } from './text-encoding';

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

export interface CsvFile {
  readonly path: string;
  /** UTF-8 where it is left out. */
  readonly encoding?: Encoding;
}

interface CsvInput extends CsvFile {
  /** Without all of these columns the file is not what it should be. */
  readonly columns: readonly string[];
  readonly onBad: (bad: BadRow) => void;
  /** Told before the first row where cells are not separated by commas. */
  readonly onNote?: ((sentence: string) => void) | undefined;
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

/** What stands between cells: commas, or what spreadsheets write where the comma is the decimal sign. */
type Separator = ',' | ';' | '\t';
const SEPARATORS: readonly Separator[] = [',', ';', '\t'];
const NAMED: Readonly<Record<Separator, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' };

const textOf = ({ path, encoding = 'utf-8' }: CsvFile): Readable => {
  const file = createReadStream(path);
  const text = toUtf8(encoding);
  return pipeline(file, text, () => undefined);
};

/** The one that the first line has most of. */
const separatorIn = (line: string): Separator =>
  SEPARATORS.reduce((best, one) => (line.split(one).length > line.split(best).length ? one : best));

const firstLine = async (file: CsvFile): Promise<string> => {
  let text = '';
  for await (const chunk of textOf(file)) {
    text += String(chunk);
    const line = /^\s*(\S[^\r\n]*)[\r\n]/.exec(text);
    if (line) return line[1]!;
  }
  return text.trim();
};

/** How a file is laid out, before anything of it is taken. @throws CliProblem where it is empty, or in another encoding */
export const layoutOf = async (file: CsvFile): Promise<{ readonly separator: Separator; readonly columns: readonly string[] }> => {
  try {
    await checkEncoding(file.path, file.encoding ?? 'utf-8');
    const line = await firstLine(file);
    if (line === '') throw badData(`${file.path} is empty.`);
    const separator = separatorIn(line);
    const [names = []] = parseSync(line, { delimiter: separator, relax_quotes: true }) as string[][];
    return { separator, columns: names.map((name) => name.trim()) };
  } catch (fault) {
    throw unreadable(file.path, fault);
  }
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

/** The rows of a CSV file, as they come; a malformed row is told, and the next one read. @throws CliProblem */
export async function* csvRows(input: CsvInput): AsyncIterable<InputRow> {
  const { path } = input;
  const { separator } = await layoutOf(input);
  if (separator !== ',') input.onNote?.(`${path}: cells are separated by ${NAMED[separator]}.`);
  let isBare = true;
  // The parser reads ahead: what it skips is told when its turn comes.
  let [ahead, lastWhole]: [BadRow[], number] = [[], 1];
  const tell = (before: number): void => {
    for (const bad of ahead) if (bad.line < before) input.onBad(bad);
    ahead = ahead.filter(({ line }) => line >= before);
  };
  const parser = parse({
    bom: true,
    info: true,
    delimiter: separator,
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
      isBare = false;
      ahead.push(skipped(path, fault, lastWhole));
      lastWhole = Math.max(lastWhole, Number(fault?.['lines'] ?? 0));
      return undefined;
    },
  });
  const text = textOf(input);
  text.once('error', (fault) => parser.destroy(fault));
  text.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Record<string, string>; info: InfoRecord }>) {
      const line = info.lines - breaks(Object.values(record));
      tell(line);
      isBare = false;
      yield { line, cells: record, bytes: info.bytes };
    }
    tell(Number.POSITIVE_INFINITY);
    if (isBare) throw badData(`${path} has a first line with the names of columns, and no row below it.`);
  } catch (fault) {
    throw unreadable(path, fault);
  } finally {
    text.destroy();
  }
}
