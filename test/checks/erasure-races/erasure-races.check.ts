import type { Check, CheckRun } from '../runner/check';
import { judged, type Report } from '../runner/schedules';
import { countsOf, plantEach } from '../runner/self-test';
import { MUTANTS } from './mutants';
import { play } from './play';
import { scheduleOf, describeSchedule } from './schedule';
import { openHarness, type ErasureHarness } from './harness';

const withHarness = async <T>(work: (harness: ErasureHarness) => Promise<T>): Promise<T> => {
  const harness = await openHarness();
  try {
    return await work(harness);
  } finally {
    await harness.close();
  }
};

const tell = (seed: number): string => describeSchedule(scheduleOf(seed));

const run = ({ seed, count, signal, progress }: CheckRun) =>
  withHarness(async (harness) => {
    const reports: Report[] = [];
    for (let n = seed; n < seed + count && !signal.aborted; n += 1) {
      const report = await play(harness, scheduleOf(n));
      reports.push(report);
      if (report.findings.length > 0) progress(`${tell(n)}: ${report.findings[0]?.what}`);
    }
    return { ...judged(reports, ['readable', 'stuck'], tell), figures: { erasures: reports.length } };
  });

const selfTest = (asked: CheckRun) =>
  withHarness((harness) =>
    plantEach(MUTANTS, asked, async (mutant, n) =>
      countsOf((await play(harness, { ...scheduleOf(asked.seed + n), ...mutant.shows }, mutant)).findings),
    ),
  );

export const erasureRacesCheck: Check = {
  name: 'erasure-races',
  about: 'erasures while read models stand still, others write, and the process that erases is killed; --count erasures',
  defaultCount: 60,
  logs: ['memory'],
  sizes: {},
  run,
  selfTest,
};
