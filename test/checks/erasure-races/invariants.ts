import type { Pool } from 'pg';
import type { StoredEvent } from '#event-store/log.port';
import type { Codec } from '#event-store/codec.port';
import type { ErasureHarness } from './harness';

export interface Sought {
  /** Texts, and bytes of wrapped keys. */
  readonly canaries: ReadonlyMap<string, Buffer>;
  /** Events of the erased member's story. */
  readonly events: readonly StoredEvent[];
  /** Of every process that is there. */
  readonly codecs: readonly Codec[];
}

/** Where something can be read still, each in one line that names no text. */
export const readableTexts = async ({ pool }: ErasureHarness, { canaries, events, codecs }: Sought): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const [n, codec] of codecs.entries()) {
    const texts = JSON.stringify(await Promise.all(events.map((event) => codec.reveal(event))));
    for (const [name, bytes] of canaries) if (texts.includes(bytes.toString('utf8'))) found.push(`process ${n} reads ${name} in the log`);
  }
  for (const [name, bytes] of canaries) {
    if (await inTable(pool, bytes)) found.push(`${name} is among the clear texts`);
    for (const place of await inFiles(pool, bytes)) found.push(`${name} is in ${place}`);
  }
  return found;
};

const inTable = async (pool: Pool, bytes: Buffer): Promise<boolean> => {
  const { rowCount } = await pool.query(`select from read.personal_text where position($1 in convert_to(text, 'UTF8')) > 0 limit 1`, [
    bytes,
  ]);
  return rowCount === 1;
};

/** Every byte of the tables that an erasure touches, their indexes and TOAST, and of the write-ahead log. */
const FILES = `
  with kept as (select unnest(array['read.personal_text', 'keys.data_key', 'keys.identity']::regclass[]) as oid),
  tables as (select oid from kept union select reltoastrelid from pg_class where oid in (select oid from kept) and reltoastrelid <> 0),
  files as (
    select oid::regclass::text as name, pg_relation_filepath(oid) as path from tables
    union select indexrelid::regclass::text, pg_relation_filepath(indexrelid) from pg_index where indrelid in (select oid from tables)
    union select 'the write-ahead log', 'pg_wal/' || name from pg_ls_waldir()
  )
  select distinct name from files where position($1::bytea in coalesce(pg_read_binary_file(path, 0, 67108864, true), '')) > 0`;

const inFiles = async (pool: Pool, bytes: Buffer): Promise<readonly string[]> =>
  (await pool.query<{ name: string }>(FILES, [bytes])).rows.map(({ name }) => name);
