import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { openInstallation, type Installation } from '#apps/installation/installation';
import { readSettings } from '#apps/installation/settings';
import type { Clock } from '#kernel/clock';
import { emptyDatabase } from '../runner/empty-database';
import { startHarness, type CrashHarness } from '../crash/harness';
import { serverHome } from '../crash/server-processes';

/** Somewhere else: a database on a server, or a data folder with a server of its own. */
export interface RestoreTarget {
  readonly kind: 'server' | 'embedded';
  readonly env: NodeJS.ProcessEnv;
  open(clock: Clock): Promise<Installation>;
  /** How many events lie there; 0 where there are no tables. Asks the server that is there, and starts none: an embedded one is opened. */
  events(): Promise<number>;
  drop(): Promise<void>;
}

export interface BackupHarness {
  readonly running: CrashHarness;
  /** For backups, ledgers and copies of both. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  target(kind: RestoreTarget['kind']): Promise<RestoreTarget>;
}

const COUNT = `select case when to_regclass('log.events') is null then 0 else
  (xpath('/row/n/text()', query_to_xml('select count(*) as n from log.events', false, true, '')))[1]::text::int end as n`;

const eventsAt = async (connectionString: string): Promise<number> => {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<{ n: number }>(COUNT)).rows[0]?.n ?? 0;
  } finally {
    await client.end();
  }
};

const opening = (env: NodeJS.ProcessEnv, clock: Clock): Promise<Installation> =>
  openInstallation(readSettings(env), { clock, warn: () => undefined });

/** Within Jest on the run's server, else on one that is started for the check. */
const databaseOn = async (base: string): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> => {
  const url = new URL(base);
  const name = `elsewhere_${Date.now().toString(36)}_${Math.floor(performance.now() * 1000).toString(36)}`;
  const run = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: base });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await run(`create database ${name} template template0 encoding 'UTF8'`);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`drop database if exists ${name} with (force)`) };
};

const onServer = async (base: string, masterKey: string, folder: string): Promise<RestoreTarget> => {
  const { url, drop } = await databaseOn(base);
  const env = { DATABASE_URL: url, SAVOIRS_MASTER_KEY: masterKey, SAVOIRS_DATA: folder };
  return { kind: 'server', env, open: (clock) => opening(env, clock), events: () => eventsAt(url), drop };
};

const inFolder = (masterKey: string): RestoreTarget => {
  const folder = mkdtempSync(join(tmpdir(), 'savoirs-elsewhere-'));
  chmodSync(folder, 0o755); // so that root's server can lie inside, and goes with it
  const env = { SAVOIRS_DATA: folder, SAVOIRS_MASTER_KEY: masterKey };
  const open = async <T>(work: (url: string) => Promise<T>): Promise<T> => {
    const { openPostgres } = await import('#postgres/connect');
    const handle = await openPostgres(readSettings(env).postgres, { notice: () => undefined });
    return work(handle.connectionString).finally(() => handle.release());
  };
  return {
    ...{ kind: 'embedded', env },
    open: (clock) => opening(env, clock),
    events: () => open(eventsAt),
    drop: async () => {
      await open(() => Promise.resolve()); // the last one out stops a server that a killed process left running
      rmSync(serverHome(folder), { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** A running installation, and places elsewhere. */
export const withHarness = async <T>(signal: AbortSignal, work: (harness: BackupHarness) => Promise<T>): Promise<T> => {
  const running = await startHarness('postgres', signal);
  const folder = mkdtempSync(join(tmpdir(), 'savoirs-backups-'));
  const elsewhere = await emptyDatabase();
  const targets: RestoreTarget[] = [];
  try {
    const { folder: data } = running.installation.settings;
    const masterKey = readFileSync(join(data, 'master-key'), 'utf8').trim();
    const target = async (kind: RestoreTarget['kind']): Promise<RestoreTarget> => {
      const made = kind === 'server' ? await onServer(elsewhere.url, masterKey, folder) : inFolder(masterKey);
      targets.push(made);
      return made;
    };
    return await work({ running, folder, env: { SAVOIRS_DATA: data }, target });
  } finally {
    await running.close();
    for (const target of targets) await target.drop().catch(() => undefined);
    await elsewhere.drop();
    rmSync(folder, { recursive: true, force: true });
  }
};
