import { type ChildProcess, spawn } from 'node:child_process';
import { extname, join } from 'node:path';
import { runSource } from '#testing/other-process';
import type { Ended } from '../log-copy/savoirs';

/** Compiled beside this file, or from the sources. */
const PROGRAM = join(__dirname, '../../..', `apps/cli/main${extname(__filename)}`);

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** `savoirs …` in a process of its own, with these settings alone. */
export const savoirsIn = (settings: NodeJS.ProcessEnv, ...args: readonly string[]): Running => {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, PROGRAM.endsWith('.ts') ? runSource(PROGRAM, ...args) : [PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, HOME, TMPDIR, ...settings },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => void child.once('close', (code) => resolve({ code, stdout, stderr })));
  return { child, ended };
};

export const wordsOf = ({ code, stderr }: Ended): string => `${code}: ${stderr.trim().split('\n').slice(-3).join(' | ')}`;
