import { readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';

/**
 * Names a process for ever: pid, its start time and the machine's boot, so that a pid used again by another process is
 * not taken for it. Form: `<pid>-<boot>-<start>`; where /proc is missing (macOS) the pid alone decides.
 */
const startOf = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
};

const boot = ((): string => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
  } catch {
    return 'noproc';
  }
})();

const answersSignal = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** A name for one holding by this process (of a lock, of a server); no two calls give the same. */
export const newHolder = (): string => `${process.pid}-${boot}-${startOf(process.pid) ?? '0'}.${randomBytes(6).toString('hex')}`;

/** Whether the process behind a holder's name still lives. Once false, false for ever. */
export const isAlive = (holder: string): boolean => {
  const [pid = '', itsBoot, start] = (holder.split('.')[0] ?? '').split('-');
  if (!/^\d+$/.test(pid)) return false;
  if (boot === 'noproc') return answersSignal(Number(pid));
  return itsBoot === boot && startOf(Number(pid)) === start;
};

/** Whether a live process with this pid runs the given program on the given folder, as far as the system tells. */
export const runsOn = (pid: number, folder: string): boolean => {
  if (boot === 'noproc') return answersSignal(pid);
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
  } catch {
    return false;
  }
};
