import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { BackupRefused } from './backup-refused';
import { otherThanWritten, type OnDisk } from './check-files';
import type { TableRows } from './manifest';
import { readPart } from './part-file';

export interface Loading {
  readonly client: ClientBase;
  readonly signal: AbortSignal;
  /** Of the file. */
  readonly onBytes: (bytes: number) => void;
  /** Where the rows of a table go. */
  readonly into: (table: string) => string;
}

const NAME = /^[a-z_][a-z0-9_.]*$/;

/** @throws BackupRefused where a newer Savoirs named a table or column */
const loadInto = async ({ client, into }: Loading, { table, columns }: Pick<TableRows, 'table' | 'columns'>) => {
  for (const name of [table, ...columns]) if (!NAME.test(name)) throw new Error('a table or column of a backup has a name that is none');
  const target = into(table);
  const { rows } = await client.query<{ missing: string }>(
    `select name as missing from unnest($2::text[]) name
     where not exists (select from pg_attribute where attrelid = to_regclass($1) and attname = name and not attisdropped)`,
    [target, columns],
  );
  if (rows[0]) throw new BackupRefused(`This backup was made by a newer Savoirs (${table}.${rows[0].missing}): restore it with that one.`);
  return client.query(copyFrom(`copy ${target} (${columns.join(', ')}) from stdin`));
};

type CopyStream = Awaited<ReturnType<typeof loadInto>>;

const send = async (stream: CopyStream, rows: Buffer): Promise<void> => {
  // a row that the server refuses is told by the stream, which then drains no more
  if (!stream.write(rows)) await once(stream, 'drain');
};

/** Brings a file's rows into their tables. @throws BackupRefused where the very bytes read are not those that were written */
export const loadPart = async (file: OnDisk, loading: Loading): Promise<void> => {
  const { items, sha256 } = readPart(file.path, loading.onBytes);
  const loaded: { table: string; rows: number }[] = [];
  let stream: CopyStream | null = null;
  for await (const item of items) {
    loading.signal.throwIfAborted();
    if (item.kind === 'table') {
      stream = await loadInto(loading, item);
      stream.on('error', () => undefined); // whoever waits for it hears it
      loaded.push({ table: item.table, rows: 0 });
    } else if (item.kind === 'rows' && stream) await send(stream, item.rows);
    else if (item.kind === 'end' && stream) {
      stream.end();
      await finished(stream);
      loaded.splice(-1, 1, { table: loaded.at(-1)?.table ?? '', rows: item.rows });
    }
  }
  const told = file.tables.map(({ table, rows }) => ({ table, rows }));
  if (sha256() !== file.sha256 || JSON.stringify(loaded) !== JSON.stringify(told)) throw otherThanWritten(file);
};
