import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encodingsOf, filesWith } from './byte-search';

describe('the search of bytes', () => {
  const letters = 'quetzalcoatl';
  const around = `avant ${letters}, après`;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'savoirs-bytes-'));
    mkdirSync(join(folder, 'deep'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const hidden: readonly (readonly [string, string | Buffer])[] = [
    ['UTF-8', around],
    ['UTF-16, low byte first', Buffer.from(around, 'utf16le')],
    ['UTF-16, high byte first', Buffer.from(around, 'utf16le').swap16()],
    ...['', 'x', 'xy'].map(
      (before, at) => [`base64 from byte ${at} of three`, Buffer.from(`${before}${letters}é`).toString('base64')] as const,
    ),
    ['hex', Buffer.from(around).toString('hex')],
    ['hex in capitals', Buffer.from(around).toString('hex').toUpperCase()],
    ['escapes of JSON', `"${[...letters].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`],
    ['escapes of URLs', `?a=${[...letters].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('')}`],
  ];

  it.each(hidden)('finds a text in %s', async (name, content) => {
    writeFileSync(join(folder, 'deep', 'file'), content);
    expect(await filesWith([folder], encodingsOf(letters))).toContain(`${name} in deep/file`);
  });

  it('finds it in what is compressed, and nothing where it is not', async () => {
    writeFileSync(join(folder, 'other'), 'quetzalcoat, nothing');
    expect(await filesWith([folder], encodingsOf(letters))).toEqual([]);
    writeFileSync(join(folder, 'part.gz'), gzipSync(around));
    expect(await filesWith([folder], encodingsOf(letters))).toEqual(['UTF-8 in part.gz']);
  });
});
