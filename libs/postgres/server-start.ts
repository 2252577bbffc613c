import { readFileSync, renameSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Connection, once } from './connection';
import { ensureData, failureFrom, forgetDeadServer, freePort, keepPort, lastPort, mayBeRunning, passwordOf } from './data-folder';
import { type ServerHome } from './server-home';
import { type Outcome, startServer, stopServer } from './server-programs';
import { isSqlState } from './sql-state';
import { diskFull, StartFailure } from './start-failure';

const startPatienceMs = 60_000;
const recoveryPatienceMs = 900_000;
const logLimitBytes = 10_000_000;
/** PostgreSQL asks for whole files of its log of changes. */
const walFileBytes = 16 * 1024 * 1024;

const connectionTo = (place: ServerHome, port: number): Connection => ({
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

type Answer = 'ready' | 'starting' | 'stopping' | 'none';

/** Whether this folder's own server accepts connections there, and not a stranger on its port. */
export const ask = async (place: ServerHome, connection: Connection): Promise<Answer> => {
  try {
    return await once({ ...connection, database: 'postgres' }, async (client) => {
      const { rows } = await client.query<{ folder: string }>(`select current_setting('data_directory') as folder`);
      return rows[0]?.folder === place.data ? 'ready' : 'none';
    });
  } catch (fault) {
    if (isSqlState(fault, 'tooManyConnections')) return 'ready'; // too many connections: it lives
    if (!isSqlState(fault, 'startingOrStopping')) return 'none';
    return /shutting down/.test(String(fault)) ? 'stopping' : 'starting';
  }
};

const sizeOf = (log: string): number => statSync(log, { throwIfNoEntry: false })?.size ?? 0;

const rotateLog = (log: string): void => {
  if (sizeOf(log) > logLimitBytes) renameSync(log, `${log}.1`);
};

const isDiskFull = (folder: string): boolean => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < walFileBytes;
};

/** Trying again would not help. */
const isFinal = ({ output }: Outcome): boolean =>
  /No space left on device|Disk quota exceeded|Permission denied|unrecognized configuration/.test(output);

const busy = ({ data }: ServerHome): StartFailure =>
  new StartFailure(
    'folder-busy',
    `The data folder ${data} is in use by a PostgreSQL that Savoirs cannot reach: stop it, then start again.`,
  );

/** One attempt; where the server's pid still lives there is nothing to start. */
const attempt = async (place: ServerHome, more: Readonly<Record<string, string>>): Promise<Outcome> => {
  const log = join(place.home, 'server.log');
  rotateLog(log);
  const before = sizeOf(log);
  forgetDeadServer(place);
  const port = await freePort(lastPort(place));
  const outcome = await startServer(place, port, log, more);
  if (outcome.ok) keepPort(place, port);
  return outcome.ok || sizeOf(log) === 0 ? outcome : { ok: false, output: outcome.output + readFileSync(log, 'utf8').slice(before) };
};

/** Just after a kill -9 the dead server's children may linger: the first starts then fail. Recovery may take minutes. */
const start = async (place: ServerHome, more: Readonly<Record<string, string>>): Promise<Connection> => {
  const began = Date.now();
  let patience = startPatienceMs;
  let last: Outcome = { ok: false, output: '' };
  for (let urged = false; ; await pause(100)) {
    if (!mayBeRunning(place)) last = await attempt(place, more);
    if (isFinal(last)) throw failureFrom(last, place, 'starting');
    const connection = connectionTo(place, lastPort(place));
    const answer = await ask(place, connection);
    if (answer === 'ready') return connection;
    if (answer === 'starting') patience = recoveryPatienceMs;
    const waited = Date.now() - began;
    // on a full disk a server may stay for ever between stopping and stopped
    if (answer === 'stopping' && !urged && waited > startPatienceMs / 2) urged = (await stopServer(place, 'immediate')).ok;
    if (waited > patience)
      throw isDiskFull(place.home) ? diskFull(place.home) : mayBeRunning(place) ? busy(place) : failureFrom(last, place, 'starting');
  }
};

/** Makes the data folder and starts the server where need be. Only under the folder's lock. @throws StartFailure */
export const running = async (place: ServerHome, more: Readonly<Record<string, string>>): Promise<Connection> => {
  await ensureData(place, more['fsync'] !== 'off');
  const known = connectionTo(place, lastPort(place));
  const connection = mayBeRunning(place) && (await ask(place, known)) === 'ready' ? known : await start(place, more);
  await ensureDatabase(connection);
  return connection;
};
