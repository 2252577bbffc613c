import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { sourceOptions } from '#read-store/worker/worker-computation';

interface BesideOptions extends Pick<ForkOptions, 'execArgv' | 'env' | 'serialization'> {
  readonly args?: readonly string[];
  /** Where what it prints goes; faults go where this process's go. */
  readonly stdout: 'ignore' | 'inherit';
}

/**
 * Starts a program that works beside those who serve (`besideOthers`). It leads a session of its own: Linux shares processors among sessions
 * before it looks at priorities, and the database has another than this process.
 */
export const startBeside = (file: string, { args = [], execArgv = [], env = {}, stdout, ...options }: BesideOptions): ChildProcess =>
  fork(file, args, {
    execArgv: [...sourceOptions, ...execArgv],
    env: { ...env },
    detached: true,
    stdio: ['ignore', stdout, 'inherit', 'ipc'],
    ...options,
  });
