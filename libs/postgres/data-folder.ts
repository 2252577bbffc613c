import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { ServerHome } from './server-home';
import { runsOn } from './process-identity';
import { initdb, type Outcome } from './server-programs';
import { diskFull, StartFailure } from './start-failure';

const readOr = (path: string, missing: string): string => (existsSync(path) ? readFileSync(path, 'utf8').trim() : missing);

export const passwordOf = ({ home }: ServerHome): string => readOr(join(home, 'password'), '');

/** Readable by the server's user (and root) alone; whoever can read the folder may attach. */
const makePassword = ({ home, account }: ServerHome): string => {
  const path = join(home, 'password');
  if (passwordOf({ home } as ServerHome) === '') {
    const fresh = `${path}.new`;
    writeFileSync(fresh, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
    if (account !== undefined) chownSync(fresh, account.uid, account.gid);
    renameSync(fresh, path);
  }
  return path;
};

/** The sentence for what a program of PostgreSQL said; its own words stay in `server.log`. */
export const failureFrom = ({ output }: Outcome, place: ServerHome, doing: string): StartFailure => {
  if (/No space left on device|Disk quota exceeded/i.test(output)) return diskFull(place.home);
  if (/Permission denied|could not access/i.test(output))
    return new StartFailure('no-permission', `PostgreSQL may not use ${place.home}: check who owns it.`, { cause: new Error(output) });
  return new StartFailure('server-failed', `The embedded PostgreSQL failed while ${doing}: see ${join(place.home, 'server.log')}.`, {
    cause: new Error(output),
  });
};

const checkVersion = ({ data, binaries }: ServerHome): void => {
  const found = readOr(join(data, 'PG_VERSION'), '');
  if (found === '')
    throw new StartFailure(
      'damaged-folder',
      `${data} is not a PostgreSQL data folder: restore it from a backup, or name another by SAVOIRS_DATA.`,
    );
  if (found !== String(binaries.major))
    throw new StartFailure(
      'other-major-version',
      `${data} belongs to PostgreSQL ${found} and this Savoirs brings ${binaries.major}: start the release it was made with, export there, and import here.`,
    );
};

/** Under the lock. initdb works beside and is renamed: a killed one leaves a folder that would start with no database. */
export const ensureData = async (place: ServerHome, durable: boolean): Promise<void> => {
  if (existsSync(place.data)) {
    checkVersion(place);
    if (passwordOf(place) === '')
      throw new StartFailure('damaged-folder', `${join(place.home, 'password')} is missing: restore it from a backup of the folder.`);
    return;
  }
  for (const entry of readdirSync(place.home)) {
    if (entry.startsWith('data.new-')) rmSync(join(place.home, entry), { recursive: true, force: true, maxRetries: 3 });
  }
  const fresh = `${place.data}.new-${randomBytes(4).toString('hex')}`;
  const outcome = await initdb(place, fresh, makePassword(place), durable);
  if (!outcome.ok) {
    rmSync(fresh, { recursive: true, force: true });
    throw failureFrom(outcome, place, 'making its data folder');
  }
  renameSync(fresh, place.data);
};

const pidFile = ({ data }: ServerHome): readonly string[] => readOr(join(data, 'postmaster.pid'), '').split('\n');

/** The port of the server that runs on the folder, or that ran last: taken again, so that others' pools find it. */
export const lastPort = (place: ServerHome): number => Number(pidFile(place)[3]) || Number(readOr(join(place.home, 'port'), '')) || 0;

export const keepPort = (place: ServerHome, port: number): void => writeFileSync(join(place.home, 'port'), `${port}\n`);

export const mayBeRunning = (place: ServerHome): boolean => {
  const pid = Number(pidFile(place)[0]);
  return pid > 0 && runsOn(pid, place.data);
};

/** After a restart of the machine or container the dead server's pid may be another program's: PostgreSQL would wait for it. */
export const forgetDeadServer = (place: ServerHome): void => {
  if (!mayBeRunning(place)) rmSync(join(place.data, 'postmaster.pid'), { force: true });
};

const canListen = (port: number): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(0));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

export const freePort = async (wished: number): Promise<number> => (wished > 0 && (await canListen(wished))) || canListen(0);
