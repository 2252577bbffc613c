import { type ChildProcess, spawn } from 'node:child_process';
import { isAbsolute } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runProgram } from './other-process';

/** One of Savoirs' programs as a service manager keeps it: whenever it is gone, it is started again, by the same plain start. */
export interface Child {
  readonly name: string;
  /** Each time it ended by itself, with its code and last words. */
  readonly diedAlone: readonly string[];
  /** How often it gave up while starting, as its documents say: try again. */
  startsInVain(): number;
  /** kill -9; started again at once. */
  kill(): Promise<void>;
  /** SIGTERM, and it stays away until `start`. Answers its exit code. */
  stop(): Promise<number | null>;
  start(): void;
  running(): boolean;
}

const LAST_WORDS = 2_000;
const RETRY_DELAY_MS = 250;
/** docs/exit-codes.md: what a service manager may start again. */
const TRY_AGAIN = 75;

/** `program`: one of this repository's, as `apps/api/main`, or the file of another build's. */
export const keptAlive = (name: string, program: string, env: NodeJS.ProcessEnv, args: readonly string[] = []): Child => {
  const called = isAbsolute(program) ? [program] : runProgram(program);
  const diedAlone: string[] = [];
  let inVain = 0;
  let wanted = false;
  let current: { readonly child: ChildProcess; readonly gone: Promise<number | null>; expected: boolean } | null = null;

  const start = (): void => {
    wanted = true;
    if (current) return;
    const child = spawn(process.execPath, [...called, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
    let words = '';
    const hear = (chunk: Buffer): void => void (words = (words + chunk.toString()).slice(-LAST_WORDS));
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const gone = new Promise<number | null>((resolve) => void child.once('exit', (code) => resolve(code)));
    const mine = { child, gone, expected: false };
    current = mine;
    void gone.then(async (code) => {
      current = null;
      if (mine.expected) return;
      if (code === TRY_AGAIN) inVain += 1;
      else diedAlone.push(`${name} ended by itself with ${code}: ${words.trim().split('\n').slice(-30).join(' | ')}`);
      await pause(RETRY_DELAY_MS);
      if (wanted) start();
    });
  };
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const mine = current;
    if (!mine) return null;
    mine.expected = true;
    mine.child.kill(signal);
    return mine.gone;
  };
  return {
    name,
    diedAlone,
    startsInVain: () => inVain,
    start,
    running: () => current !== null,
    kill: async () => {
      await end('SIGKILL');
      if (wanted) start();
    },
    stop: () => {
      wanted = false;
      return end('SIGTERM');
    },
  };
};
