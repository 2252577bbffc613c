import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { checkBackup, restoreBackup } from '#backup/restore-backup';
import { locate } from '#backup/check-files';
import { readHash } from '#backup/part-file';
import { migrateLog } from '#event-store/postgres/log-schema';
import { migrateKeys } from '#keys/keys.tables';
import { migrateReadStore } from '#read-store/tables/migrations';
import { postgresTopics } from '#topics/postgres-topics';
import { openPostgres } from '#postgres/connect';
import { readSettings } from '#apps/installation/settings';
import type { RestoreTarget } from './harness';
import { manifestOf, of, rewrittenCopy, without, type Rewriting } from './rewritten';

/** Two backups of one installation at work, and what is asked of each bug. */
export interface Two {
  readonly earlier: string;
  readonly later: string;
}

/** A bug that shows in what is restored from what such a program wrote. */
export interface WriterMutant {
  readonly bug: string;
  readonly by: string;
  readonly written: (two: Two) => Rewriting;
}

const eventsOf = (folder: string): number => manifestOf(folder).log.events;

export const WRITER_MUTANTS: readonly WriterMutant[] = [
  {
    bug: 'keys are read at an earlier moment than the log',
    by: 'keysMissing',
    written: ({ earlier }) => ({ files: { 'keys.gz': of(earlier, 'keys.gz') } }),
  },
  {
    bug: 'the log is read at an earlier moment than where processes stand',
    by: 'differences',
    written: ({ earlier }) => ({
      files: { 'log.gz': of(earlier, 'log.gz') },
      manifest: (manifest) => ({ ...manifest, log: { ...manifest.log, events: eventsOf(earlier) } }),
    }),
  },
  {
    bug: 'where processes stand is read at an earlier moment than the backup began',
    by: 'differences',
    written: ({ earlier }) => ({ files: { 'processes.gz': of(earlier, 'processes.gz') } }),
  },
  {
    bug: 'the last page of the log is not written',
    by: 'lost',
    written: ({ earlier }) => ({
      files: { 'log.gz': without('log.events', (_, index) => index < eventsOf(earlier)) },
      manifest: (manifest) => ({ ...manifest, log: { ...manifest.log, events: eventsOf(earlier) } }),
    }),
  },
  {
    bug: 'one event’s text is written otherwise',
    by: 'notPrefix',
    written: () => ({
      files: {
        'log.gz': (tables) =>
          tables.map((table) => ({
            ...table,
            lines: table.lines.map((line, index) => (index === 5 ? line.replace(/"\}$/, ' "}') : line)),
          })),
      },
    }),
  },
  {
    bug: 'processes are left out, and react anew to the whole log',
    by: 'differences',
    written: () => ({ files: { 'processes.gz': () => [] } }),
  },
  { bug: 'due times are left out', by: 'differences', written: () => ({ files: { 'processes.gz': without('read.due') } }) },
  { bug: 'identities are left out', by: 'keysMissing', written: () => ({ files: { 'keys.gz': without('keys.identity') } }) },
];

/** As a program that does not look at hashes: what it reads is what it takes for written. */
export const restoredUnchecked = async (target: RestoreTarget, folder: string): Promise<void> => {
  const whole = await checkBackup(folder, null).catch(() => null);
  if (whole !== null) throw new Error('the copy was not damaged');
  const manifest = manifestOf(folder);
  const files = await Promise.all(
    locate(folder, manifest, null).map(async (file) => ({ ...file, ...(await readHash(file.path, () => undefined)) })),
  );
  const postgres = await openPostgres(readSettings(target.env).postgres, { notice: () => undefined });
  const pool = postgres.pool({ max: 4, application_name: 'savoirs-restore' });
  try {
    await restoreBackup({
      ...{ pool, applicationName: 'savoirs-restore', masterKey: manifest.masterKey, later: null, signal: new AbortController().signal },
      backup: { manifest, files, ledger: { masterKey: manifest.masterKey, takenAt: manifest.takenAt, erasures: [] } },
      makeTables: async () => {
        for (const make of [migrateKeys, postgresTopics, migrateLog, migrateReadStore]) await make(pool);
      },
    });
  } finally {
    await postgres.release();
  }
};

/** A copy in which one event’s text is another, and nothing else. */
export const otherThanItsHash = (folder: string, to: string): string => {
  rewrittenCopy(folder, to, {
    files: {
      'log.gz': (tables) =>
        tables.map((one) => ({ ...one, lines: one.lines.map((line, n) => (n === 5 ? line.replace(/"\}$/, ' "}') : line)) })),
    },
  });
  cpSync(join(folder, 'manifest.json'), join(to, 'manifest.json'));
  return to;
};

/** What such a program would have left behind: a name that says backup, and half of it. */
export const halfUnderItsName = (folder: string, to: string): string => {
  cpSync(folder, to, { recursive: true });
  const log = readFileSync(join(to, 'log.gz'));
  writeFileSync(join(to, 'log.gz'), log.subarray(0, log.length / 2));
  return to;
};

export const onDatabase = async (target: RestoreTarget, ...statements: readonly string[]): Promise<void> => {
  const client = new Client({ connectionString: target.env['DATABASE_URL'] });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};
