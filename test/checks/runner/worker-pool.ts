import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { runProgram } from '#testing/processes/other-process';
import type { Mutant } from './self-test';
import type { Finding, Played, Report, Work } from './schedules';

/** What a worker process is started with. */
export interface WorkerProgram {
  /** Path of the file that calls `serveSchedules`, as `test/checks/failover/worker`. */
  readonly program: string;
  /** Of node. */
  readonly flags?: readonly string[];
  readonly args?: readonly string[];
  /** The one that is planted in the process. */
  readonly mutant?: Mutant;
}

/** Of real time: a schedule takes a fraction of a second. */
const HANGS_MS = 120_000;

const start = ({ program, flags = [], args = [], mutant }: WorkerProgram): ChildProcess =>
  spawn(process.execPath, [...flags, ...runProgram(program, mutant?.bug ?? '', ...args)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

const isGone = ({ exitCode, signalCode, killed, connected }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null || killed || !connected;

/** What the process says next; what became of one that ended or hung; null where nobody waits any more. */
const heard = async (child: ChildProcess, signal: AbortSignal): Promise<Report | 'ready' | { readonly failed: string } | null> => {
  if (signal.aborted) return null;
  const over = new AbortController();
  try {
    return await Promise.race([
      once(child, 'message', over).then(([said]) => said as Report | 'ready'),
      once(child, 'exit', over).then(() => ({ failed: 'the process ended' })),
      pause(HANGS_MS, { failed: 'the process hung' }, over),
      once(signal, 'abort', over).then(() => null),
    ]);
  } finally {
    over.abort();
  }
};

/** One process, seed after seed, until there are none or nobody wants more; begun anew where it ended. */
export const workOff = async (program: WorkerProgram, { seeds, signal, onReport }: Work): Promise<void> => {
  let child: ChildProcess | undefined;
  try {
    for (let next = seeds.next(); !next.done && !signal.aborted; next = seeds.next()) {
      if (child === undefined || isGone(child)) {
        child = start(program);
        const ready = await heard(child, signal);
        if (ready === null) return;
        if (ready !== 'ready') throw new Error(`a process that plays schedules did not start: ${program.program}`);
      }
      child.send(next.value, () => undefined); // one that is gone is told by its exit
      const said = await heard(child, signal);
      if (said === null || said === 'ready') return;
      if ('failed' in said) child.kill('SIGKILL');
      const report = 'failed' in said ? { seed: next.value, findings: [unhandled(said.failed)], figures: {} } : said;
      if (!onReport(report)) return;
    }
  } finally {
    child?.kill('SIGKILL');
  }
};

const unhandled = (what: string): Finding<'unhandled'> => ({ count: 'unhandled', what });

const ofError = (error: unknown): Finding<'unhandled'> =>
  unhandled(error instanceof Error ? (error.stack ?? error.message) : String(error));

/** The worker's own side: plays one schedule after the other in this process, which does nothing else; what nobody caught is a finding. */
export const serveSchedules = async <One extends Mutant>(
  mutants: readonly One[],
  open: (args: readonly string[], mutant: One | undefined) => Promise<(seed: number) => Promise<Played>>,
): Promise<void> => {
  const [bug, ...args] = process.argv.slice(2);
  const mutant = mutants.find((one) => one.bug === bug);
  const play = await open(args, mutant);
  const uncaught: Finding[] = [];
  for (const name of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(name, (error: unknown) => void uncaught.push(ofError(error)));
  mutant?.plant?.();
  process.on('disconnect', () => process.exit());
  process.on('message', (seed: number) => {
    const playing = play(seed).catch((error: unknown): Played => ({ findings: [ofError(error)], figures: {} }));
    void playing.then(({ findings, figures }) => {
      const report: Report = { seed, findings: [...findings, ...uncaught.splice(0)], figures };
      process.send?.(report);
    });
  });
  process.send?.('ready');
};
