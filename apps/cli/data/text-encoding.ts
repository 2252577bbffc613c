import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { Transform } from 'node:stream';
import { TextDecoder } from 'node:util';
import { badData, badUsage } from '../usage';

/** UTF-8, or what spreadsheets write besides it. */
export const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** @throws CliProblem */
export const encodingIn = (text: string): Encoding => {
  const encoding = ENCODINGS.find((one) => one === text.toLowerCase());
  if (!encoding) throw badUsage(`--encoding must be one of ${ENCODINGS.join(', ')}.`);
  return encoding;
};

const LINE_FEED = 0x0a;
const linesIn = (bytes: Buffer): number => bytes.reduce((count, byte) => count + (byte === LINE_FEED ? 1 : 0), 0);

const firstBadOf = (bytes: Buffer, line: number): number => {
  for (let [start, at] = [0, line]; ; at++) {
    const end = bytes.indexOf(LINE_FEED, start) + 1 || bytes.length;
    if (!isUtf8(bytes.subarray(start, end)) || end === bytes.length) return at;
    start = end;
  }
};

interface Utf8Look {
  /** The first line that is no UTF-8; null where all are. */
  readonly badLine: number | null;
  readonly isAscii: boolean;
}

/** No byte of a longer character equals a line feed, so each piece that ends in one is judged alone. */
const lookAt = async (path: string): Promise<Utf8Look> => {
  let [rest, line, isAscii] = [Buffer.alloc(0), 1, true];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([rest, chunk]);
    const whole = bytes.subarray(0, bytes.lastIndexOf(LINE_FEED) + 1);
    if (!isUtf8(whole)) return { badLine: firstBadOf(whole, line), isAscii: false };
    isAscii &&= chunk.every((byte) => byte < 0x80);
    line += linesIn(whole);
    rest = bytes.subarray(whole.length);
  }
  return { badLine: isUtf8(rest) ? null : line, isAscii };
};

/**
 * Before anything of a file is taken: a name that was read in the wrong encoding could not be mended by reading the file again.
 * @throws CliProblem naming the line, and what to do
 */
export const checkEncoding = async (path: string, encoding: Encoding): Promise<void> => {
  const { badLine, isAscii } = await lookAt(path);
  if (encoding === 'utf-8' && badLine !== null)
    throw badData(
      `${path}:${badLine}: is not UTF-8. Save the file as “CSV UTF-8”, or name its encoding: --encoding windows-1252 (what a spreadsheet writes as plain CSV) or utf-16le.`,
    );
  if (encoding !== 'utf-8' && badLine === null && !isAscii)
    throw badData(`${path} is UTF-8, not ${encoding}: leave --encoding out, or its accents would be broken.`);
};

/** Bytes of a file to UTF-8, whatever they were. */
export const toUtf8 = (encoding: Encoding): Transform => {
  const decoder = new TextDecoder(encoding);
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, decoder.decode(chunk, { stream: true })),
    flush: (done) => done(null, decoder.decode()),
  });
};
