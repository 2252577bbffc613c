import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';
import type { TableRows, WrittenFile } from './manifest';

/** A table's rows as PostgreSQL's COPY gives them in its text format: one line a row. */
export interface TableSource {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: () => AsyncIterable<Buffer>;
}

const NEWLINE = 10;
/** Stands for no row: COPY writes a backslash as two. */
const END_OF_ROWS = Buffer.from('\\.\n');

const linesIn = (chunk: Buffer): number => {
  let lines = 0;
  for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
};

interface Tap {
  readonly hash: Hash;
  bytes: number;
}

const tapping = (tap: Tap): Transform =>
  new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      tap.hash.update(chunk);
      tap.bytes += chunk.length;
      done(null, chunk);
    },
  });

/** Table after table: a line of JSON that names it and its columns, its rows, a line `\.`. Compressed, on the disk before it answers. */
export const writePart = async (path: string, name: string, tables: readonly TableSource[]): Promise<WrittenFile> => {
  const written: TableRows[] = [];
  async function* content(): AsyncGenerator<Buffer> {
    for (const { table, columns, rows } of tables) {
      let count = 0;
      yield Buffer.from(`${JSON.stringify({ table, columns })}\n`);
      for await (const chunk of rows()) {
        count += linesIn(chunk);
        yield chunk;
      }
      yield END_OF_ROWS;
      written.push({ table, columns, rows: count });
    }
  }
  const tap: Tap = { hash: createHash('sha256'), bytes: 0 };
  await pipeline(
    content,
    createGzip({ level: constants.Z_BEST_SPEED }),
    tapping(tap),
    createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
  );
  return { name, bytes: tap.bytes, sha256: tap.hash.digest('hex'), tables: written };
};

/** What a file's name, size and hash are now. `onBytes` hears of each piece. */
export const readHash = async (path: string, onBytes: (bytes: number) => void): Promise<Pick<WrittenFile, 'bytes' | 'sha256'>> => {
  const tap: Tap = { hash: createHash('sha256'), bytes: 0 };
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    tap.hash.update(chunk);
    tap.bytes += chunk.length;
    onBytes(chunk.length);
  }
  return { bytes: tap.bytes, sha256: tap.hash.digest('hex') };
};

export type PartItem =
  | { readonly kind: 'table'; readonly table: string; readonly columns: readonly string[] }
  | { readonly kind: 'rows'; readonly rows: Buffer }
  | { readonly kind: 'end'; readonly rows: number };

export interface PartReading {
  readonly items: AsyncIterable<PartItem>;
  /** Once `items` has ended: of the very bytes that they came from. */
  sha256(): string;
}

/** Reads back what `writePart` wrote, in pieces. @throws on anything else */
export const readPart = (path: string, onBytes: (bytes: number) => void = () => undefined): PartReading => {
  const hash = createHash('sha256');
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const counting = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      onBytes(chunk.length);
      done(null, chunk);
    },
  });
  const plain = createGunzip();
  pipeline(file, counting, plain).catch(() => undefined); // the reader hears of it: `plain` is destroyed with the fault
  return { items: itemsIn(plain), sha256: () => hash.digest('hex') };
};

async function* itemsIn(chunks: AsyncIterable<Buffer>): AsyncGenerator<PartItem> {
  let rest: Buffer = Buffer.alloc(0);
  let inRows = false;
  let rows = 0;
  for await (const chunk of chunks) {
    let left = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      if (!inRows) {
        const end = left.indexOf(NEWLINE);
        if (end < 0) break;
        const { table, columns } = JSON.parse(left.toString('utf8', 0, end)) as Pick<TableRows, 'table' | 'columns'>;
        yield { kind: 'table', table, columns };
        left = left.subarray(end + 1);
        [inRows, rows] = [true, 0];
      }
      const whole = endOfRows(left);
      const upTo = whole ?? left.lastIndexOf(NEWLINE) + 1;
      if (upTo > 0) {
        const some = left.subarray(0, upTo);
        rows += linesIn(some);
        yield { kind: 'rows', rows: some };
      }
      left = left.subarray(upTo + (whole === null ? 0 : END_OF_ROWS.length));
      if (whole === null) break;
      yield { kind: 'end', rows };
      inRows = false;
    }
    rest = left;
  }
  if (inRows || rest.length > 0) throw new Error('the file ends within a table');
}

const WITHIN = Buffer.from('\n\\.\n');

/** Where the rows end in these lines; null: not in here. */
const endOfRows = (lines: Buffer): number | null => {
  if (lines.subarray(0, END_OF_ROWS.length).equals(END_OF_ROWS)) return 0;
  const found = lines.indexOf(WITHIN);
  return found < 0 ? null : found + 1;
};
