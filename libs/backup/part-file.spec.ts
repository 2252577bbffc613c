import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPart, writePart, type TableSource } from './part-file';

describe('a file of a backup', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'savoirs-part-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const tableOf = (table: string, pieces: readonly string[]): TableSource => ({
    table,
    columns: ['a', 'b'],
    async *rows() {
      for (const piece of pieces) yield Buffer.from(piece);
    },
  });
  const readBack = async (path: string) => {
    const tables: { table: string; text: string; rows: number }[] = [];
    const reading = readPart(path);
    for await (const item of reading.items) {
      if (item.kind === 'table') tables.push({ table: item.table, text: '', rows: 0 });
      const last = tables.at(-1)!;
      if (item.kind === 'rows') last.text += item.rows.toString();
      if (item.kind === 'end') last.rows = item.rows;
    }
    return { tables, sha256: reading.sha256() };
  };

  it('gives every row back, whatever the pieces it came in and the pieces it is read in', async () => {
    const many = Array.from({ length: 9_000 }, (_, n) => `${n}\t\\\\.\\n${'é'.repeat(n % 97)}\n`);
    const cut = many.join('').match(/[\s\S]{1,4099}/g)!;
    const path = join(folder, 'one.gz');
    const written = await writePart(path, 'one.gz', [tableOf('first', []), tableOf('second', cut), tableOf('third', ['\\\\.\t1\n'])]);
    const { tables, sha256 } = await readBack(path);
    expect(tables).toEqual([
      { table: 'first', text: '', rows: 0 },
      { table: 'second', text: many.join(''), rows: 9_000 },
      { table: 'third', text: '\\\\.\t1\n', rows: 1 },
    ]);
    expect(written.tables.map(({ rows }) => rows)).toEqual([0, 9_000, 1]);
    expect(sha256).toBe(written.sha256);
  });

  it('is not read to its end where its end is missing', async () => {
    const path = join(folder, 'one.gz');
    async function* endless(): AsyncGenerator<Buffer> {
      yield Buffer.from('1\t2\n');
      throw new Error('the database went away');
    }
    await expect(writePart(path, 'one.gz', [{ table: 'first', columns: ['a'], rows: endless }])).rejects.toThrow('went away');
    await expect(readBack(path)).rejects.toThrow();
  });

  it('is never written over another', async () => {
    const path = join(folder, 'one.gz');
    await writePart(path, 'one.gz', [tableOf('first', [])]);
    await expect(writePart(path, 'one.gz', [tableOf('first', [])])).rejects.toThrow('EEXIST');
  });
});
