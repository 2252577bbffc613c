import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { BackupRefused } from './backup-refused';
import { erasuresNow, type Erased } from './erasures';
import type { Manifest } from './manifest';
import type { TableSource } from './part-file';

/** How values are written, whatever the server's settings are. */
const FORMS = `set bytea_output = 'hex'; set datestyle = 'ISO, YMD'; set timezone = 'UTC'; set client_encoding = 'UTF8'`;

export const useForms = async (client: ClientBase): Promise<void> => void (await client.query(FORMS));

/** Everything that changes, as it is at one moment, and how far the log went then. */
export interface Snapshot {
  readonly log: Manifest['log'];
  readonly masterKey: string;
  readonly steps: Manifest['steps'];
  readonly erasures: readonly Erased[];
  readonly keys: readonly TableSource[];
  readonly topics: readonly TableSource[];
  readonly processes: readonly TableSource[];
}

/** Of one table's columns those that are not made from others; null: there is no such table. */
const columnsOf = async (client: ClientBase, table: string, without: RegExp = /^$/): Promise<readonly string[] | null> => {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  );
  const names = rows.map(({ name }) => name).filter((name) => !without.test(name));
  return names.length === 0 ? null : names;
};

const rowsOf = (client: ClientBase, select: string): (() => AsyncIterable<Buffer>) => {
  return () => client.query(copyTo(`copy (${select}) to stdout`));
};

/** What belongs to a process that runs here, or to the log's own id, is no part of a backup. */
const OF_THIS_RUN = /^(log_id|lease_\w+)$/;
const RUNNING = `name like 'process/%' and state <> 'retired'`;

/** What a start makes anew from labels, by the dictionaries of its own server. */
const MADE_FROM_LABELS = /^(folded|names|words|forms|slips|words_version)$/;

/** `where` without the word; nothing where there is no such table yet. */
const table = async (
  client: ClientBase,
  name: string,
  { where = 'true', without }: { readonly where?: string; readonly without?: RegExp } = {},
): Promise<readonly TableSource[]> => {
  const columns = await columnsOf(client, name, without);
  if (columns === null) return [];
  return [{ table: name, columns, rows: rowsOf(client, `select ${columns.join(', ')} from ${name} where ${where}`) }];
};

const ofProcesses = (column: 'process' | 'projection'): string => `${column} in (select id from read.projection where ${RUNNING})`;

const one = async <T>(client: ClientBase, sql: string): Promise<T | undefined> => (await client.query<{ value: T }>(sql)).rows[0]?.value;

const madeBy = async (client: ClientBase, name: string, sql: string): Promise<string | undefined> =>
  (await one<boolean>(client, `select to_regclass('${name}') is not null as value`)) ? one<string>(client, sql) : undefined;

/**
 * Runs `work` in one transaction that sees one moment of the database and blocks nobody. The log is not read here: what it holds up to
 * its end of that moment never changes, and may be copied afterwards, page by page, without keeping old rows of other tables alive.
 * @throws BackupRefused where there is nothing to back up
 */
export const inOneSnapshot = async <T>(client: ClientBase, work: (moment: Snapshot) => Promise<T>): Promise<T> => {
  await useForms(client);
  await client.query('begin isolation level repeatable read read only');
  const result = await work(await look(client));
  await client.query('commit');
  return result;
};

const look = async (client: ClientBase): Promise<Snapshot> => {
  const id = await madeBy(client, 'log.identity', 'select log_id::text as value from log.identity');
  if (id === undefined) throw new BackupRefused('This database holds no Savoirs: there is nothing to back up.');
  if (await one<boolean>(client, `select to_regclass('keys.restoring') is not null as value`))
    throw new BackupRefused('A restore began here and did not end: there is nothing whole to back up.');
  return {
    log: { id, events: Number(await one<string>(client, 'select coalesce(max(position), 0)::text as value from log.events')) },
    masterKey: (await madeBy(client, 'keys.installation', 'select master_fingerprint as value from keys.installation')) ?? '',
    steps: {
      log: Number(await madeBy(client, 'log.migrations', 'select max(version)::text as value from log.migrations')),
      keys: Number((await madeBy(client, 'keys.step', 'select max(step)::text as value from keys.step')) ?? 0),
      read: (await madeBy(client, 'read.migration', 'select max(name) as value from read.migration')) ?? '',
    },
    erasures: await erasuresNow(client),
    keys: [...(await table(client, 'keys.data_key')), ...(await table(client, 'keys.identity'))],
    topics: [...(await table(client, 'reference.topic', { without: MADE_FROM_LABELS })), ...(await table(client, 'reference.broader'))],
    processes: [
      ...(await table(client, 'read.projection', { where: RUNNING, without: OF_THIS_RUN })),
      ...(await table(client, 'read.process_row', { where: ofProcesses('process') })),
      ...(await table(client, 'read.due', { where: ofProcesses('process') })),
      ...(await table(client, 'read.parked', { where: ofProcesses('projection') })),
    ],
  };
};

/** One statement sees no more than so many events: none holds old rows of other tables for long. */
const EVENTS_AT_ONCE = 20_000;

export interface LogSpan {
  readonly events: number;
  readonly signal: AbortSignal;
  readonly onEvents: (events: number) => void;
}

/** The log's first events, in order. */
export const logTable = async (client: ClientBase, { events, signal, onEvents }: LogSpan): Promise<TableSource> => {
  const columns = await columnsOf(client, 'log.events');
  if (columns === null) throw new BackupRefused('This database holds no log: there is nothing to back up.');
  async function* rows(): AsyncGenerator<Buffer> {
    for (let from = 0; from < events; from += EVENTS_AT_ONCE) {
      const upTo = Math.min(from + EVENTS_AT_ONCE, events);
      const page = `select ${columns?.join(', ')} from log.events where position > ${from} and position <= ${upTo} order by position`;
      for await (const chunk of rowsOf(client, page)()) {
        signal.throwIfAborted();
        yield chunk;
      }
      onEvents(upTo);
    }
  }
  return { table: 'log.events', columns, rows };
};
