import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StartFailure } from './start-failure';

/** The user a server runs as when Savoirs itself is root: PostgreSQL refuses root. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** `undefined`: not root, the server runs as this very user. A folder that has an owner already keeps it. */
export const serverAccount = (home: string): Account | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(home)) {
    const { uid, gid } = statSync(home);
    if (uid !== 0) return { uid, gid };
  }
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new StartFailure(
    'no-permission',
    'PostgreSQL does not run as root and no user postgres or nobody exists: start Savoirs as another user, or set DATABASE_URL.',
  );
};

const allows = (path: string, { uid, gid }: Account, bits: number): boolean => {
  const { mode, uid: owner, gid: group } = statSync(path);
  const shift = owner === uid ? 6 : group === gid ? 3 : 0;
  return ((mode >> shift) & bits) === bits;
};

/** Whether the account may enter every folder on the way, and has `bits` (4 read, 2 write, 1 enter) on the path itself. */
export const mayReach = (path: string, account: Account | undefined, bits: number): boolean => {
  if (account === undefined) return true;
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    if (existsSync(folder) && !allows(folder, account, 1)) return false;
    if (folder === dirname(folder)) break;
  }
  return !existsSync(path) || allows(path, account, bits);
};
