import { once } from 'node:events';
import type { PoolClient } from 'pg';
import { from } from 'pg-copy-streams';
import { canonicalJsonBytes } from '#kernel/canonical-json';

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
/** The types' numbers in PostgreSQL's catalogue, which never change. */
const OID = { int8: 20, text: 25, uuid: 2950 } as const;

/** Some milliseconds' work. */
const PIECE = 256 * 1024;
/** So much may be on its way to the server before more is given. */
const UNDER_WAY = 1024 * 1024;
/** A row may be larger than what is left of a piece. */
const ROOM = PIECE + PIECE / 4;
/** Of pieces that the server has: taken again, since the garbage collector hurries where much memory outside its heap comes and goes. */
const spare: Buffer[] = [];
const MOST_SPARE = 64;
/** Up to so many characters, one after the other is faster than a call that takes them all. */
const SHORT = 96;
const DASH = 45;
const NIBBLES = Uint8Array.from({ length: 128 }, (_, code) => Number.parseInt(String.fromCharCode(code), 16) || 0);

/** Rows as `copy … from stdin (format binary)` takes them: nothing is escaped here, and nothing parsed there. */
export class CopyEncoder {
  private buffer = spare.pop() ?? Buffer.allocUnsafeSlow(ROOM);
  size = 0;

  constructor() {
    this.append(SIGNATURE);
  }

  /** Begins a row of that many fields. */
  row(fields: number): void {
    this.ensure(2);
    this.size = this.buffer.writeInt16BE(fields, this.size);
  }

  null(): void {
    this.int(-1);
  }

  /** Answers its length in bytes. */
  text(value: string): number {
    this.ensure(4 + 3 * value.length);
    const length = value.length <= SHORT && this.writeAscii(value) ? value.length : this.buffer.write(value, this.size + 4);
    this.buffer.writeInt32BE(length, this.size);
    this.size += 4 + length;
    return length;
  }

  /** False: it has other characters. */
  private writeAscii(value: string): boolean {
    const { buffer } = this;
    const start = this.size + 4;
    for (let i = 0; i < value.length; i += 1) {
      const code = value.charCodeAt(i);
      if (code > 127) return false;
      buffer[start + i] = code;
    }
    return true;
  }

  /** Canonical JSON as a text; answers its length in bytes. @throws NotCanonical */
  canonicalJson(value: unknown): number {
    const bytes = canonicalJsonBytes(value);
    this.int(bytes.length);
    this.append(bytes);
    return bytes.length;
  }

  int4(value: number): void {
    this.int(4);
    this.int(value);
  }

  int8(value: bigint): void {
    this.int(8);
    this.ensure(8);
    this.size = this.buffer.writeBigInt64BE(value, this.size);
  }

  /** An int8 as its upper half, signed, and its lower, unsigned. */
  int8Halves(high: number, low: number): void {
    this.int(8);
    this.ensure(8);
    this.size = this.buffer.writeUInt32BE(low, this.buffer.writeInt32BE(high, this.size));
  }

  float8(value: number): void {
    this.int(8);
    this.ensure(8);
    this.size = this.buffer.writeDoubleBE(value, this.size);
  }

  bool(value: boolean): void {
    this.int(1);
    this.ensure(1);
    this.size = this.buffer.writeInt8(value ? 1 : 0, this.size);
  }

  textArray(values: readonly string[]): void {
    const start = this.beginArray('text', values.length);
    for (const value of values) this.text(value);
    this.endArray(start);
  }

  uuid(value: string): void {
    this.int(16);
    this.ensure(16);
    const { buffer } = this;
    let at = this.size;
    for (let i = 0; i < 36; i += 2) {
      if (value.charCodeAt(i) === DASH) i += 1;
      buffer[at++] = (NIBBLES[value.charCodeAt(i)]! << 4) | NIBBLES[value.charCodeAt(i + 1)]!;
    }
    this.size = at;
  }

  /** An array of that many values, which come next, each written as a value of its own; its place is for `endArray`. */
  beginArray(type: keyof typeof OID, values: number): number {
    const start = this.size;
    this.int(0);
    this.int(values === 0 ? 0 : 1);
    this.int(0);
    this.int(OID[type]);
    if (values > 0) {
      this.int(values);
      this.int(1);
    }
    return start;
  }

  endArray(start: number): void {
    this.buffer.writeInt32BE(this.size - start - 4, start);
  }

  /** What was written since the last call. */
  take(): Buffer {
    const taken = this.buffer.subarray(0, this.size);
    this.buffer = spare.pop() ?? Buffer.allocUnsafeSlow(ROOM);
    this.size = 0;
    return taken;
  }

  private int(value: number): void {
    this.ensure(4);
    this.size = this.buffer.writeInt32BE(value, this.size);
  }

  private append(bytes: Uint8Array): void {
    this.ensure(bytes.length);
    this.buffer.set(bytes, this.size);
    this.size += bytes.length;
  }

  private ensure(more: number): void {
    if (this.size + more <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.buffer.length, this.size + more));
    this.buffer.copy(larger, 0, 0, this.size);
    this.buffer = larger;
  }
}

export interface RowsToCopy<Row> {
  readonly rows: Iterable<Row>;
  readonly write: (to: CopyEncoder, row: Row) => void;
}

/** All of what COPY takes, in pieces; none where there is no row. */
export function* encodedRows<Row>({ rows, write }: RowsToCopy<Row>): Iterable<Buffer> {
  let binary: CopyEncoder | undefined;
  for (const row of rows) {
    write((binary ??= new CopyEncoder()), row);
    if (binary.size >= PIECE) yield binary.take();
  }
  if (!binary) return;
  binary.row(-1);
  yield binary.take();
}

export interface EncodedRows {
  readonly pieces: Iterable<Uint8Array>;
  readonly pace?: (bytes: number) => Promise<void>;
}

/** Writes by COPY what `encodedRows` gave. @throws what the server says of a row, or the pieces themselves */
export const copyEncoded = async (client: PoolClient, into: string, { pieces, pace }: EncodedRows): Promise<void> => {
  const stream = client.query(from(`copy ${into} from stdin (format binary)`, { highWaterMark: UNDER_WAY }));
  const done = new Promise<void>((resolve, reject) => void stream.once('finish', resolve).once('error', reject));
  done.catch(() => undefined);
  try {
    for (const piece of pieces) {
      if (!stream.write(piece)) await Promise.race([once(stream, 'drain'), done]);
      await pace?.(piece.length);
    }
  } catch (fault) {
    stream.destroy(fault as Error);
    await done.catch(() => undefined);
    throw fault;
  }
  stream.end();
  await done;
};

/** For pieces that nobody needs any more. */
export const recycle = (pieces: readonly Uint8Array[]): void => {
  for (const { buffer } of pieces) if (buffer.byteLength === ROOM && spare.length < MOST_SPARE) spare.push(Buffer.from(buffer));
};

/** Writes rows by COPY. @throws what the server says of a row, or `write` of a value */
export const copyRows = <Row>(client: PoolClient, into: string, rows: RowsToCopy<Row>): Promise<void> =>
  copyEncoded(client, into, { pieces: encodedRows(rows) });
