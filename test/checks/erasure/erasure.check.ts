import type { Check, CheckRun } from '../runner/check';
import { judged, sumOf, type Report } from '../runner/schedules';
import { countsOf, plantEach } from '../runner/self-test';
import { openHarness, type ErasureHarness } from './harness';
import { COUNTS } from './invariants';
import { MUTANTS } from './mutants';
import { play } from './play';
import { describePopulation, drawnOf } from './population';

/** Then a server is made anew: its files grow with the log, and each is read whole, again and again. */
const POPULATIONS_A_SERVER = 25;

const withHarness = async <T>(work: (harness: ErasureHarness) => Promise<T>): Promise<T> => {
  const harness = await openHarness();
  try {
    return await work(harness);
  } finally {
    await harness.close();
  }
};

const tell = (seed: number): string => describePopulation(drawnOf(seed));

const run = async ({ seed, count, signal, progress }: CheckRun) => {
  const reports: Report[] = [];
  for (let from = seed; from < seed + count && !signal.aborted; from += POPULATIONS_A_SERVER) {
    const until = Math.min(from + POPULATIONS_A_SERVER, seed + count);
    await withHarness(async (harness) => {
      for (let n = from; n < until && !signal.aborted; n += 1) {
        const report = await play(harness, drawnOf(n));
        reports.push(report);
        if (report.findings.length > 0) progress(`${tell(n)}: ${report.findings[0]?.what}`);
      }
    });
    progress(`${reports.length} of ${count} populations`);
  }
  const figures = { populations: reports.length, erased: sumOf(reports, 'erased'), texts: sumOf(reports, 'texts') };
  return { ...judged(reports, COUNTS, tell), figures };
};

/** Each on a server of its own: what a bug leaves behind is found again by whoever comes next. */
const selfTest = (asked: CheckRun) =>
  plantEach(MUTANTS, asked, (mutant, n) =>
    withHarness(async (harness) => countsOf((await play(harness, { ...drawnOf(asked.seed + n), kill: null }, mutant)).findings)),
  );

export const erasureCheck: Check = {
  name: 'erasure',
  about: 'populations of which some are erased: every byte of every file afterwards, and of an older copy of the keys; --count populations',
  defaultCount: 40,
  logs: ['postgres'],
  sizes: {},
  run,
  selfTest,
};
