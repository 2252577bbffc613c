import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
import { runSource } from '#testing/other-process';
import type { Report } from './messages';

/** Of real time: a schedule takes a fraction of a second. */
const HANGS_MS = 120_000;

export interface Order {
  /** The database in which they play. */
  readonly url: string;
  /** Of the worker: its tables bear it. */
  readonly name: string;
  readonly seeds: Iterator<number>;
  readonly signal: AbortSignal;
  readonly bug?: string;
  /** @returns whether to go on */
  readonly onReport: (report: Report) => boolean;
}

const start = ({ url, name, bug }: Order): ChildProcess => {
  const file = join(__dirname, `worker${extname(__filename)}`);
  const args = [url, name, ...(bug === undefined ? [] : [bug])];
  const execArgv = file.endsWith('.ts') ? runSource(file).slice(0, -1) : [];
  return fork(file, args, {
    execArgv: [...execArgv, '--disable-warning=DeprecationWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
};

const failed = (seed: number, what: string): Report => ({
  seed,
  findings: [{ count: 'unhandled', what }],
  figures: { events: 0, turns: 0, looks: 0, struck: 0, parked: 0 },
});

/** What the process says next; a process that is gone, or that hangs, is told as such. */
const heard = (child: ChildProcess, { seed, signal }: { seed: number; signal: AbortSignal }): Promise<Report | 'ready' | undefined> =>
  new Promise((resolve) => {
    const end = (report: Report | 'ready' | undefined) => (): void => {
      clearTimeout(timer);
      for (const [name, listener] of listeners) child.off(name, listener);
      signal.removeEventListener('abort', stop);
      resolve(report);
    };
    const stop = end(undefined);
    const listeners = [
      ['message', (said: Report | 'ready') => end(said)()],
      ['exit', end(failed(seed, 'the process ended'))],
    ] as const;
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      end(failed(seed, 'the process hung'))();
    }, HANGS_MS);
    for (const [name, listener] of listeners) child.on(name, listener);
    signal.addEventListener('abort', stop);
    if (signal.aborted || child.exitCode !== null) stop();
  });

/** One process, seed after seed, until there are none or nobody wants more; begun anew where it ended. */
export const workOff = async (order: Order): Promise<void> => {
  const { seeds, signal, onReport } = order;
  let child: ChildProcess | undefined;
  const ready = async (seed: number): Promise<Report | 'ready' | undefined> => {
    if (child !== undefined && child.exitCode === null && child.signalCode === null && !child.killed && child.connected) return 'ready';
    child = start(order);
    return heard(child, { seed, signal });
  };
  try {
    for (let next = seeds.next(); !next.done && !signal.aborted; next = seeds.next()) {
      let report = await ready(next.value);
      if (report === 'ready') {
        child!.send(next.value, () => undefined); // one that is gone is told by its exit
        report = await heard(child!, { seed: next.value, signal });
      } else if (report !== undefined) throw new Error('a process that plays schedules did not start');
      if (report === undefined || report === 'ready' || !onReport(report)) return;
    }
  } finally {
    child?.kill('SIGKILL');
  }
};
