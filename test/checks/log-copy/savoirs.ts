import { type ChildProcess, spawn } from 'node:child_process';
import { extname, join } from 'node:path';
import { runSource } from '#testing/other-process';

/** Compiled beside this file, or from the sources. */
const PROGRAM = join(__dirname, '../../..', `apps/cli/main${extname(__filename)}`);

export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Savoirs {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** `savoirs …` in a process of its own. */
export const savoirs = (...args: readonly string[]): Savoirs => {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, PROGRAM.endsWith('.ts') ? runSource(PROGRAM, ...args) : [PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, HOME, TMPDIR },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => void child.once('close', (code) => resolve({ code, stdout, stderr })));
  return { child, ended };
};

export interface ToldProof {
  readonly events: number;
  readonly hash: string;
}

/** What `log copy` and `log verify` print. */
export const toldProofs = ({ stdout }: Ended): readonly ToldProof[] => (stdout === '' ? [] : (JSON.parse(stdout) as readonly ToldProof[]));
