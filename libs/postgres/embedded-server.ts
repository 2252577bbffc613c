import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Connection, once, sqlState } from './connection';
import { ensureData, failureFrom, forgetDeadServer, freePort, keepPort, lastPort, mayBeRunning, passwordOf } from './data-folder';
import { withFolderLock } from './folder-lock';
import { type Place, preparePlace } from './place';
import { isAlive, newHolder } from './process-identity';
import { type Outcome, startServer, stopServer } from './server-programs';
import { fromFileSystem, StartFailure } from './start-failure';

/** One holding of the server that runs on a data folder; any number of processes may hold it. */
export interface EmbeddedServer {
  /** Where the server really lies. */
  readonly home: string;
  connection(): Connection;
  /** Starts the server again if it has died; answers once it accepts connections. */
  ensureRunning(): Promise<Connection>;
  /** Gives the holding back: the last one out stops the server. */
  release(): Promise<void>;
}

const lockWaitMs = 120_000;
const startPatienceMs = 60_000;
const logLimitBytes = 10_000_000;

const connectionTo = (place: Place, port: number): Connection => ({
  host: '127.0.0.1',
  port,
  user: 'savoirs',
  password: passwordOf(place),
  database: 'savoirs',
});

/** The database is made after the first start, which a crash may have prevented: looked at on each attach. */
const ensureDatabase = async (connection: Connection): Promise<void> => {
  await once({ ...connection, database: 'postgres' }, async (client) => {
    const { rowCount } = await client.query(`select 1 from pg_database where datname = 'savoirs'`);
    if (rowCount === 0) await client.query('create database savoirs');
  });
};

/** Whether this folder's own server accepts connections there, and not a stranger on its port. */
const answers = async (place: Place, connection: Connection): Promise<boolean> => {
  try {
    return await once({ ...connection, database: 'postgres' }, async (client) => {
      const { rows } = await client.query<{ folder: string }>(`select current_setting('data_directory') as folder`);
      return rows[0]?.folder === place.data;
    });
  } catch (fault) {
    if (sqlState(fault) === '53300') return true; // too many connections: it lives
    return false;
  }
};

const sizeOf = (log: string): number => statSync(log, { throwIfNoEntry: false })?.size ?? 0;

const rotateLog = (log: string): void => {
  if (sizeOf(log) > logLimitBytes) renameSync(log, `${log}.1`);
};

/** Trying again would not help. */
const isFinal = ({ output }: Outcome): boolean =>
  /No space left on device|Disk quota exceeded|Permission denied|unrecognized configuration/.test(output);

const busy = ({ data }: Place): StartFailure =>
  new StartFailure(
    'folder-busy',
    `The data folder ${data} is in use by a PostgreSQL that Savoirs cannot reach: stop it, then start again.`,
  );

/** Just after a kill -9 the dead server's children may linger: the first starts then fail. */
const start = async (place: Place, more: Readonly<Record<string, string>>): Promise<Connection> => {
  const log = join(place.home, 'server.log');
  const deadline = Date.now() + startPatienceMs;
  let last: Outcome = { ok: false, output: '' };
  for (rotateLog(log); ; await pause(100)) {
    if (!mayBeRunning(place)) {
      forgetDeadServer(place);
      const port = await freePort(lastPort(place));
      const before = sizeOf(log);
      last = await startServer(place, port, log, more);
      if (last.ok) keepPort(place, port);
      else last = { ok: false, output: last.output + readFileSync(log, 'utf8').slice(before) };
      if (isFinal(last)) throw failureFrom(last, place, 'starting');
    }
    const connection = connectionTo(place, lastPort(place));
    if (await answers(place, connection)) return connection;
    if (Date.now() > deadline) throw mayBeRunning(place) ? busy(place) : failureFrom(last, place, 'starting');
  }
};

/** Under the lock. */
const running = async (place: Place, more: Readonly<Record<string, string>>): Promise<Connection> => {
  await ensureData(place);
  const known = connectionTo(place, lastPort(place));
  const connection = mayBeRunning(place) && (await answers(place, known)) ? known : await start(place, more);
  await ensureDatabase(connection);
  return connection;
};

const othersAlive = (uses: string): boolean => {
  let alive = false;
  for (const holder of readdirSync(uses)) {
    if (isAlive(holder)) alive = true;
    else rmSync(join(uses, holder), { force: true });
  }
  return alive;
};

/**
 * Attaches to the server of a data folder, after making the folder and starting the server where need be.
 * @param notice told in one line where the data lies, when root's server cannot use the wanted folder
 * @throws StartFailure
 */
export const attachEmbedded = async (
  folder: string,
  notice: (line: string) => void,
  serverOptions: Readonly<Record<string, string>> = {},
): Promise<EmbeddedServer> => {
  const place = preparePlace(folder, notice);
  const uses = join(place.home, 'uses');
  const use = join(uses, newHolder());
  const locked = <T>(work: () => Promise<T>): Promise<T> =>
    withFolderLock(join(place.home, 'lock'), lockWaitMs, work).catch((fault: unknown) => {
      throw fromFileSystem(fault, place.home);
    });
  mkdirSync(uses, { recursive: true });

  let connection = await locked(async () => {
    writeFileSync(use, '');
    try {
      return await running(place, serverOptions);
    } catch (fault) {
      rmSync(use, { force: true });
      throw fault;
    }
  });
  let reviving: Promise<Connection> | undefined;
  let released: Promise<void> | undefined;

  const revive = async (): Promise<Connection> => {
    if (released !== undefined) return connection;
    if (await answers(place, connection)) return connection;
    connection = await locked(() => running(place, serverOptions));
    return connection;
  };
  const leave = async (): Promise<void> => {
    await reviving?.catch(() => undefined);
    await locked(async () => {
      rmSync(use, { force: true });
      if (!othersAlive(uses) && mayBeRunning(place)) await stopServer(place);
    });
  };

  return {
    home: place.home,
    connection: () => connection,
    ensureRunning: () => (reviving ??= revive().finally(() => (reviving = undefined))),
    release: () => (released ??= leave()),
  };
};
