import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const escapedEach = (text: string, each: (code: string) => string): string =>
  [...text].map((char) => each(char.charCodeAt(0).toString(16))).join('');

/** What of a text's base64 does not depend on what stands around it, when it begins at this place of three bytes. */
const base64At = (bytes: Buffer, before: number): string => {
  const all = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  return all.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
};

/** A text of letters in each way in which a program may have written it down, by name. */
export const encodingsOf = (letters: string): ReadonlyMap<string, Buffer> => {
  const bytes = Buffer.from(letters);
  const hex = bytes.toString('hex');
  const texts: readonly (readonly [string, string])[] = [
    ...[0, 1, 2].map((before) => [`base64 from byte ${before} of three`, base64At(bytes, before)] as const),
    ['hex', hex],
    ['hex in capitals', hex.toUpperCase()],
    ['escapes of JSON', escapedEach(letters, (code) => `\\u00${code}`)],
    ['escapes of JSON in capitals', escapedEach(letters, (code) => `\\u00${code.toUpperCase()}`)],
    ['escapes of URLs', escapedEach(letters, (code) => `%${code}`)],
    ['escapes of URLs in capitals', escapedEach(letters, (code) => `%${code.toUpperCase()}`)],
  ];
  return new Map([
    ['UTF-8', bytes],
    ['UTF-16, low byte first', Buffer.from(letters, 'utf16le')],
    ['UTF-16, high byte first', Buffer.from(letters, 'utf16le').swap16()],
    ...texts.map(([name, text]) => [name, Buffer.from(text)] as const),
  ]);
};

/** Bytes that are no text, as a key: as they are, and written out. */
export const bytesAs = (bytes: Buffer): ReadonlyMap<string, Buffer> =>
  new Map([
    ['bytes', bytes],
    ['hex', Buffer.from(bytes.toString('hex'))],
    ['base64', Buffer.from(bytes.toString('base64').replace(/=+$/, ''))],
  ]);

export type Needles = ReadonlyMap<string, Buffer>;

const GZIP = Buffer.from([0x1f, 0x8b]);

/** A file that goes while it is looked for is none. */
const contentOf = async (path: string): Promise<readonly Buffer[]> => {
  const bytes = await readFile(path).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'ENOENT') throw fault;
    return Buffer.alloc(0);
  });
  return bytes.subarray(0, 2).equals(GZIP) ? [bytes, gunzipSync(bytes)] : [bytes];
};

/** How many bytes of a needle are looked up at every place of a file. */
const START = 4;

/** Held: Jest looks a global name up slowly. */
const { imul } = Math;
const markOf = (start: number): number => imul(start, 0x9e3779b1) >>> 16;

/** All needles in one pass: where four bytes begin one of them, the rest is compared. */
const searcher = (needles: Needles): ((content: Buffer) => ReadonlySet<string>) => {
  const marks = new Uint8Array(1 << 16);
  const beginning = new Map<number, (readonly [string, Buffer])[]>();
  for (const [name, needle] of needles) {
    const start = needle.readInt32BE();
    marks[markOf(start)] = 1;
    beginning.set(start, [...(beginning.get(start) ?? []), [name, needle]]);
  }
  return (content) => {
    const found = new Set<string>();
    for (let at = 0, last = 0; at < content.length; at += 1) {
      last = (last << 8) | content[at]!;
      if (marks[markOf(last)] === 0) continue;
      const from = at + 1 - START;
      for (const [name, needle] of beginning.get(last) ?? [])
        if (content.subarray(from, from + needle.length).equals(needle)) found.add(name);
    }
    return found;
  };
};

/** Which of the needles lie in which file of these folders, compressed ones too: one line each, without what was found. */
export const filesWith = async (folders: readonly string[], needles: Needles): Promise<readonly string[]> => {
  const search = searcher(needles);
  const lines: string[] = [];
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      for (const content of await contentOf(path))
        for (const name of search(content)) lines.push(`${name} in ${path.slice(folder.length + 1)}`);
    }
  }
  return lines;
};
