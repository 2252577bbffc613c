import { type ChildProcess, spawn } from 'node:child_process';
import { runProgram } from '#testing/processes/other-process';

export interface CommandEnd {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly child: ChildProcess;
  readonly ended: Promise<CommandEnd>;
}

/** `savoirs …` in a process of its own, with these settings alone. */
export const startCommand = (settings: NodeJS.ProcessEnv, ...args: readonly string[]): RunningCommand => {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, runProgram('apps/cli/main', ...args), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, HOME, TMPDIR, ...settings },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<CommandEnd>((resolve) => void child.once('close', (code) => resolve({ code, stdout, stderr })));
  return { child, ended };
};

/** How it ended, and the last lines that it wrote. */
export const lastWords = ({ code, stderr }: CommandEnd): string => `${code}: ${stderr.trim().split('\n').slice(-3).join(' | ')}`;
