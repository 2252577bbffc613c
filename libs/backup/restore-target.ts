import { setTimeout as pause } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { STARTER_URIS } from '#topics/topics.port';
import { BackupRefused } from './backup-refused';

const OF_STARTER = `starts_with(uri, '${STARTER_URIS}')`;

/** What a used installation holds, and which rows tell it: the starter list is there from the first start on. */
const CONTENT = {
  'log.events': ['events', 'true'],
  'keys.data_key': ['keys', 'true'],
  'keys.identity': ['identities', 'true'],
  'keys.erasure': ['erasures', 'true'],
  'reference.topic': ['topics', `not ${OF_STARTER}`],
  'read.process_row': ['rows of processes', 'true'],
} as const;

/** @throws BackupRefused where something lies there already */
export const refuseUsed = async (client: ClientBase): Promise<void> => {
  for (const [table, [what, condition]] of Object.entries(CONTENT)) {
    const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [table]);
    if (rows[0]?.there !== true) continue;
    const { rowCount } = await client.query(`select from ${table} where ${condition} limit 1`);
    if (rowCount !== 0) throw new BackupRefused(`There are ${what} here already: a backup is restored into an empty installation only.`);
  }
};

/** Those of the backup take its place. */
export const dropStarterTopics = async (client: ClientBase): Promise<void> => {
  for (const table of ['reference.topic', 'reference.broader']) await client.query(`delete from ${table} where ${OF_STARTER}`);
};

const SETTLE_MS = 3_000;

/**
 * Whoever started before the mark was set has a connection by now; one that is just being closed is waited for.
 * @throws BackupRefused
 */
export const refuseOthersAtWork = async (client: ClientBase, mine: string): Promise<void> => {
  for (const deadline = Date.now() + SETTLE_MS; ; await pause(50)) {
    const { rows } = await client.query<{ others: number }>(
      `select count(*)::integer as others from pg_stat_activity
       where datname = current_database() and application_name like 'savoirs%' and application_name <> $1`,
      [mine],
    );
    if (rows[0]?.others === 0) return;
    if (Date.now() > deadline)
      throw new BackupRefused('Another Savoirs process is at work here: stop every one of them, then restore.', 75);
  }
};

/** While it is there no Savoirs starts on this database: what a killed restore leaves behind is refused. */
export const markRestoring = async (client: ClientBase): Promise<void> => {
  await client.query('create schema if not exists keys');
  await client.query('create table if not exists keys.restoring (since timestamptz not null default now())');
};

export const unmarkRestoring = async (client: ClientBase): Promise<void> =>
  void (await client.query('drop table if exists keys.restoring'));
