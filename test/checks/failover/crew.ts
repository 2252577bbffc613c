import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
import { runSource } from '#testing/other-process';
import type { Report } from './messages';

/** Of real time: a schedule takes a fraction of a second. */
const HANGS_MS = 120_000;

/** Thousands of connections come and go: their rubbish is cheaper to clear seldom. */
const FOR_SHORT_LIVES = ['--max-semi-space-size=64'];

const start = (bug: string | undefined): ChildProcess => {
  const file = join(__dirname, `worker${extname(__filename)}`);
  const args = bug === undefined ? [] : [bug];
  const execArgv = [...(file.endsWith('.ts') ? runSource(file).slice(0, -1) : []), ...FOR_SHORT_LIVES];
  return fork(file, args, { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
};

/** Has one schedule played. A worker that is gone, or that hangs, is told as such. */
const ask = (child: ChildProcess, seed: number, signal: AbortSignal): Promise<Report | undefined> =>
  new Promise((resolve) => {
    const end = (report: Report | undefined) => (): void => {
      clearTimeout(timer);
      for (const [name, listener] of listeners) child.off(name, listener);
      signal.removeEventListener('abort', stop);
      resolve(report);
    };
    const failed = (what: string): Report => ({
      seed,
      findings: [{ count: 'unhandled', what }],
      figures: { appends: 0, conflicts: 0, given: 0, struck: 0, recoveryMs: 0 },
    });
    const stop = end(undefined);
    const listeners = [
      ['message', (report: Report) => end(report)()],
      ['exit', end(failed('the process ended'))],
    ] as const;
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      end(failed('the process hung'))();
    }, HANGS_MS);
    for (const [name, listener] of listeners) child.on(name, listener);
    signal.addEventListener('abort', stop);
    if (signal.aborted) return stop();
    child.send(seed, () => undefined); // one that is gone is told by its exit
  });

export interface Order {
  readonly seeds: Iterator<number>;
  readonly signal: AbortSignal;
  readonly bug?: string;
  /** @returns whether to go on */
  readonly onReport: (report: Report) => boolean;
}

/** One process, seed after seed, until there are none or nobody wants more; begun anew where it ended. */
export const workOff = async ({ seeds, signal, bug, onReport }: Order): Promise<void> => {
  let child = start(bug);
  try {
    for (let next = seeds.next(); !next.done && !signal.aborted; next = seeds.next()) {
      if (child.exitCode !== null || child.signalCode !== null || child.killed || !child.connected) child = start(bug);
      const report = await ask(child, next.value, signal);
      if (report === undefined || !onReport(report)) return;
    }
  } finally {
    child.kill('SIGKILL');
  }
};
