import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
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

const childrenOf = async (pid: number): Promise<readonly number[]> => {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  const all = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return all.flatMap(([child, parent]) => (child !== undefined && parent === pid ? [child] : []));
};

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
