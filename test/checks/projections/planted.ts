import type { CheckRun, Planted } from '../runner/check';
import type { Bug } from './bugs';
import { workOff } from './crew';
import type { Finding } from './watch';

/** A bug must be caught within so many schedules. */
const BOUND = 400;

interface Caught {
  readonly bug: string;
  readonly by: readonly Finding[];
  readonly after: number;
}

const hunt = async ({ bug, from }: Bug, run: CheckRun, { url, name }: { url: string; name: string }): Promise<Caught> => {
  let [by, after]: [readonly Finding[], number] = [[], 0];
  const seeds = Array.from({ length: BOUND }, (_, n) => (from ?? run.seed) + n)[Symbol.iterator]();
  const onReport = ({ findings }: { findings: readonly Finding[] }): boolean => {
    after += 1;
    by = findings;
    return findings.length === 0;
  };
  await workOff({ url, name, seeds, signal: run.signal, bug, onReport });
  return { bug, by, after };
};

const WIDE = 80;

const row = ({ bug, by, after }: Caught): string => {
  const counts = [...new Set(by.map(({ count }) => count))].join(', ');
  return `${bug.padEnd(WIDE)} | ${(counts || 'NOT CAUGHT').padEnd(24)} | ${String(after).padStart(4)} | ${by[0]?.what.split('\n')[0]?.slice(0, WIDE) ?? ''}`;
};

/** Each bug in a process of its own, schedule after schedule, until it is caught. */
export const huntBugs = async (planted: readonly Bug[], run: CheckRun, url: string): Promise<readonly Planted[]> => {
  const bugs = planted.values();
  const caught: Caught[] = [];
  const work = async (_: unknown, n: number): Promise<void> => {
    for (let next = bugs.next(); !next.done && !run.signal.aborted; next = bugs.next()) {
      const one = await hunt(next.value, run, { url, name: `bug${n}` });
      caught.push(one);
      run.progress(row(one));
    }
  };
  await Promise.all(Array.from({ length: run.sizes['workers'] ?? 2 }, () => undefined).map(work));
  const inOrder = planted.flatMap(({ bug }) => caught.filter((one) => one.bug === bug));
  run.progress(['', `${'bug'.padEnd(WIDE)} | ${'caught by'.padEnd(24)} | after schedules`, ...inOrder.map(row)].join('\n'));
  return inOrder.map(({ bug, by }) => ({ bug, caughtBy: [...new Set(by.map(({ count }) => count))] }));
};
