import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runsOn } from '#postgres/process-identity';

/** Where the server of this data folder really lies: root's may lie elsewhere. */
export const serverHome = (folder: string): string => {
  const pointer = join(folder, 'postgres', 'location');
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(folder, 'postgres');
};

const postmaster = (folder: string): number | null => {
  const data = join(serverHome(folder), 'data');
  try {
    const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
    return pid > 1 && runsOn(pid, data) ? pid : null;
  } catch {
    return null;
  }
};

/** From /proc where there is one: Debian's base has no `ps`. */
const parents = async (): Promise<readonly (readonly [pid: number, parent: number])[]> => {
  if (!existsSync('/proc/self/stat')) {
    const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
    return stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)]);
};

/** Of a process that is gone meanwhile: none's. */
const parentOf = (pid: string): number => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
};

const childrenOf = async (of: number): Promise<readonly number[]> =>
  (await parents()).flatMap(([pid, parent]) => (parent === of ? [pid] : []));

const killNow = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // gone already
  }
};

/** kill -9 of the server and all its backends. Answers whether there was one. */
export const killServer = async (folder: string): Promise<boolean> => {
  const pid = postmaster(folder);
  if (pid === null) return false;
  const backends = await childrenOf(pid);
  for (const one of [pid, ...backends]) killNow(one);
  return true;
};
