import type { Check, CheckRun } from '../runner/check';
import { judged, sumOf, type Report } from '../runner/schedules';
import { countsOf, plantEach } from '../runner/self-test';
import { openHarness, type ErasureHarness } from './harness';
import { COUNTS } from './invariants';
import { MUTANTS } from './mutants';
import { play } from './play';
import { describePopulation, drawnOf, type Drawn } from './population';

/** Then a server is made anew: its files grow with the log, and each is read whole, again and again. */
const POPULATIONS_A_SERVER = 50;

const withHarness = async <T>(work: (harness: ErasureHarness) => Promise<T>): Promise<T> => {
  const harness = await openHarness();
  try {
    return await work(harness);
  } finally {
    await harness.close();
  }
};

/** Those of one round live side by side, and are erased one after another; then every file is read. */
const POPULATIONS_A_ROUND = 10;

const drawn = (from: number, until: number): readonly Drawn[] => Array.from({ length: until - from }, (_, n) => drawnOf(from + n));

const run = async ({ seed, count, signal, progress }: CheckRun) => {
  const [reports, end]: [Report[], number] = [[], seed + count];
  const tell = (first: number): string =>
    drawn(first, Math.min(first + POPULATIONS_A_ROUND, end))
      .map(describePopulation)
      .join('; ');
  for (let from = seed; from < end && !signal.aborted; from += POPULATIONS_A_SERVER)
    await withHarness(async (harness) => {
      const until = Math.min(from + POPULATIONS_A_SERVER, end);
      for (let n = from; n < until && !signal.aborted; n += POPULATIONS_A_ROUND) {
        const report = await play(harness, drawn(n, Math.min(n + POPULATIONS_A_ROUND, until)));
        reports.push(report);
        if (report.findings.length > 0) progress(`${tell(n)}: ${report.findings[0]?.what}`);
        progress(`${sumOf(reports, 'populations')} of ${count} populations`);
      }
    });
  const figures = Object.fromEntries(['populations', 'erased', 'texts'].map((name) => [name, sumOf(reports, name)]));
  return { ...judged(reports, COUNTS, tell), figures };
};

/** Each on a server of its own: what a bug leaves behind is found again by whoever comes next. */
const selfTest = (asked: CheckRun) =>
  plantEach(MUTANTS, asked, (mutant, n) =>
    withHarness(async (harness) => countsOf((await play(harness, [{ ...drawnOf(asked.seed + n), kill: null }], mutant)).findings)),
  );

export const erasureCheck: Check = {
  name: 'erasure',
  about: 'populations of which some are erased: every byte of every file afterwards, and of an older copy of the keys; --count populations',
  defaultCount: 1000,
  logs: ['postgres'],
  sizes: {},
  run,
  selfTest,
};
