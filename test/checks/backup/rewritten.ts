import { createHash } from 'node:crypto';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { MANIFEST, manifestText, type Manifest, type TableRows } from '#backup/manifest';

export interface PlainTable {
  readonly table: string;
  readonly columns: readonly string[];
  /** Without their ends. */
  readonly lines: readonly string[];
}

/** What a program with a bug would have written: everything in it agrees, and it is not right. */
export interface Rewriting {
  readonly files?: Readonly<Record<string, (tables: readonly PlainTable[]) => readonly PlainTable[]>>;
  readonly manifest?: (manifest: Manifest) => Manifest;
}

const tablesIn = (path: string): readonly PlainTable[] =>
  gunzipSync(readFileSync(path))
    .toString('utf8')
    .split('\n\\.\n')
    .filter((part) => part !== '')
    .map((part) => {
      const [head = '', ...lines] = part.split('\n');
      const { table, columns } = JSON.parse(head) as Pick<TableRows, 'table' | 'columns'>;
      return { table, columns, lines };
    });

const textOf = (tables: readonly PlainTable[]): string =>
  tables.map(({ table, columns, lines }) => [JSON.stringify({ table, columns }), ...lines, '\\.', ''].join('\n')).join('');

const hashOf = (path: string): { readonly bytes: number; readonly sha256: string } => {
  const bytes = readFileSync(path);
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
};

export const manifestOf = (folder: string): Manifest =>
  (JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')) as { readonly content: Manifest }).content;

/** A copy of a backup (its keys within), written otherwise, with hashes and counts that fit. */
export const rewrittenCopy = (folder: string, to: string, { files = {}, manifest = (same) => same }: Rewriting): string => {
  cpSync(folder, to, { recursive: true });
  const before = manifestOf(to);
  const written = before.files.map((file) => {
    const path = join(to, file.name);
    if (!file.name.endsWith('.gz')) return { ...file, ...hashOf(path) };
    const tables = (files[file.name] ?? ((same) => same))(tablesIn(path));
    writeFileSync(path, gzipSync(textOf(tables)));
    return {
      ...file,
      ...hashOf(path),
      tables: tables.map(({ table, columns, lines }) => ({ table, columns, rows: lines.length })),
    };
  });
  rmSync(join(to, MANIFEST));
  writeFileSync(join(to, MANIFEST), manifestText(manifest({ ...before, files: written })));
  return to;
};

/** The tables of another backup's file. */
export const of = (folder: string, name: string) => (): readonly PlainTable[] => tablesIn(join(folder, name));

export const without =
  (table: string, keeps: (line: string, index: number, lines: readonly string[]) => boolean = () => false) =>
  (tables: readonly PlainTable[]): readonly PlainTable[] =>
    tables.map((one) => (one.table === table ? { ...one, lines: one.lines.filter(keeps) } : one));
