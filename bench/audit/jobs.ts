import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { runProgram } from '#testing/processes/other-process';

export type Job = 'follow' | 'tree' | 'tiles' | 'bundle';

interface Asked {
  readonly url: string;
  readonly argument?: string;
  readonly signal: AbortSignal;
}

const started = (job: Job, { url, argument = '', signal }: Asked): ChildProcess =>
  spawn(process.execPath, [...runProgram('bench/audit/audit-process', job, url, argument)], {
    signal,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });

/** Does one job in a process of its own, with Node's own settings: the most memory that it had, in MiB. */
export const peakMiBOf = async (job: Job, asked: Asked): Promise<number> => {
  const child = started(job, asked);
  const ended = once(child, 'exit').then(([code]: unknown[]) => {
    throw new Error(`${job} ended with ${String(code)} and told nothing`);
  });
  const told = once(child, 'message').then(([peak]: unknown[]) => Number(peak));
  const peak = await Promise.race([told, ended]);
  await ended.catch(() => undefined);
  return peak;
};

/** Follows the log with its tree, beside whoever appends. */
export interface FollowingProcess {
  /** It does nothing until it resumes. */
  pause(): void;
  resume(): void;
  isGone(): boolean;
  stop(): Promise<void>;
}

export const startFollowing = (asked: Asked): FollowingProcess => {
  const child = started('follow', asked);
  const ended = once(child, 'exit').catch(() => undefined);
  return {
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    isGone: () => child.exitCode !== null || child.signalCode !== null,
    stop: async () => {
      child.kill('SIGCONT');
      child.disconnect();
      await ended;
    },
  };
};
