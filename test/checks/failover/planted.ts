import type { CheckRun, Planted } from '../runner/check';
import { BUGS, type Bug } from './bugs';
import { workOff } from './crew';
import type { Finding } from './tally';

/** A bug must be caught within so many schedules. */
const BOUND = 400;

interface Caught {
  readonly bug: string;
  readonly by: readonly Finding[];
  readonly after: number;
}

const hunt = async ({ bug }: Bug, { seed, signal }: CheckRun): Promise<Caught> => {
  let [by, after]: [readonly Finding[], number] = [[], 0];
  const seeds = Array.from({ length: BOUND }, (_, n) => seed + n)[Symbol.iterator]();
  await workOff({ ...{ seeds, signal, bug }, onReport: ({ findings }) => ((after += 1), (by = findings).length === 0) });
  return { bug, by, after };
};

const row = ({ bug, by, after }: Caught): string => {
  const counts = [...new Set(by.map(({ count }) => count))].join(', ');
  return `${bug.padEnd(76)} | ${(counts || 'NOT CAUGHT').padEnd(27)} | ${String(after).padStart(4)} | ${by[0]?.what.split('\n')[0] ?? ''}`;
};

/** Each bug in a process of its own, schedule after schedule, until it is caught. */
export const huntBugs = async (planted: readonly Bug[], run: CheckRun): Promise<readonly Planted[]> => {
  const bugs = planted.values();
  const caught: Caught[] = [];
  const work = async (): Promise<void> => {
    for (let next = bugs.next(); !next.done && !run.signal.aborted; next = bugs.next()) {
      const one = await hunt(next.value, run);
      caught.push(one);
      run.progress(row(one));
    }
  };
  await Promise.all(Array.from({ length: run.sizes['workers'] ?? 2 }, work));
  const inOrder = planted.flatMap(({ bug }) => caught.filter((one) => one.bug === bug));
  run.progress(['', `${'bug'.padEnd(76)} | ${'caught by'.padEnd(27)} | after schedules`, ...inOrder.map(row)].join('\n'));
  return inOrder.map(({ bug, by }) => ({ bug, caughtBy: [...new Set(by.map(({ count }) => count))] }));
};

export const testFailoverCheck = (run: CheckRun): Promise<readonly Planted[]> => huntBugs(BUGS, run);
