import { fork, type ChildProcess, type SerializationType } from 'node:child_process';
import { sourceOptions } from '#read-store/worker/worker-computation';
import type { Settings } from './settings';

interface BesideOptions extends Pick<Settings, 'env'> {
  readonly execArgv?: readonly string[];
  readonly serialization?: SerializationType;
  readonly args?: readonly string[];
  /** Where what it prints goes; faults go where this process's go. */
  readonly stdout: 'ignore' | 'inherit';
}

/** What collects garbage beside the work would take a second processor from those who serve, at no gain in processor time. */
const ONE_PROCESSOR = '--single-threaded-gc';

/**
 * Starts a program that works beside those who serve (`besideOthers`). It leads a session of its own: Linux shares processors among sessions
 * before it looks at priorities, and the database has another than this process.
 */
export const startBeside = (file: string, { args = [], execArgv = [], env, stdout, serialization = 'json' }: BesideOptions): ChildProcess =>
  fork(file, args, {
    execArgv: [...sourceOptions, ONE_PROCESSOR, ...execArgv],
    env: { ...env },
    detached: true,
    stdio: ['ignore', stdout, 'inherit', 'ipc'],
    serialization,
  });
