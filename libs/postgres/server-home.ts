import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, mayReach, serverAccount } from './account';
import { type Binaries, layBinaries } from './binaries';
import { fromFileSystem, StartFailure } from './start-failure';

/** Where one embedded server lives, and as whom. */
export interface ServerHome {
  /** Holds `data/`, `password`, `port`, `server.log`, `uses/`, `lock/`. */
  readonly home: string;
  readonly data: string;
  readonly account: Account | undefined;
  readonly binaries: Binaries;
}

const isOwnFolder = (path: string): boolean => {
  const stat = lstatSync(path);
  return stat.isDirectory() && stat.uid === 0 && (stat.mode & 0o022) === 0;
};

/** As root only: a folder that every user may enter, and only root may write. */
const commonRoot = (account: Account): string => {
  for (const path of ['/var/lib/savoirs', join(tmpdir(), 'savoirs-server')]) {
    try {
      if (!existsSync(path)) mkdirSync(path, { recursive: true, mode: 0o755 });
      if (isOwnFolder(path) && mayReach(join(path, 'x'), account, 1)) return path;
    } catch {
      // not writable here: the next one
    }
  }
  throw new StartFailure(
    'no-permission',
    'No folder was found that the server’s user can reach: start Savoirs as a user other than root, or set DATABASE_URL.',
  );
};

const elsewhere = (wanted: string, account: Account, notice: (line: string) => void): string => {
  const pointer = join(wanted, 'location');
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim();
  const home = join(commonRoot(account), createHash('sha256').update(wanted).digest('hex').slice(0, 12));
  writeFileSync(pointer, `${home}\n`);
  notice(`Running as root: the database lies in ${home}, as its user cannot reach ${wanted}.`);
  return home;
};

const prepareHome = (folder: string, notice: (line: string) => void): Pick<ServerHome, 'home' | 'account'> => {
  const wanted = join(folder, 'postgres');
  mkdirSync(wanted, { recursive: true });
  const account = serverAccount(wanted);
  if (account === undefined) {
    chmodSync(wanted, 0o700);
    return { home: wanted, account };
  }
  const home = mayReach(wanted, account, 0) ? wanted : elsewhere(wanted, account, notice);
  if (!existsSync(home)) mkdirSync(home, { mode: 0o700 });
  chownSync(home, account.uid, account.gid);
  chmodSync(home, 0o700);
  return { home, account };
};

/** Makes the folders and the programs ready; says in one line where the data lies when it is not where it was asked for. */
export const prepareServerHome = (folder: string, notice: (line: string) => void): ServerHome => {
  try {
    const { home, account } = prepareHome(folder, notice);
    const binaries = layBinaries(account, () => (account === undefined ? home : commonRoot(account)));
    return { home, data: join(home, 'data'), account, binaries };
  } catch (fault) {
    throw fromFileSystem(fault, folder);
  }
};
