import type { Check, CheckResult, CheckRun } from '../check';
import { workOff } from './crew';
import type { Report } from './messages';
import { testFailoverCheck } from './planted';
import { missingForReal, runReal } from './real';
import { scheduleOf, tellSchedule } from './schedule';
import { COUNTS } from './tally';

function* numbers(from: number, count: number): Generator<number, undefined> {
  for (let n = from; n < from + count; n += 1) yield n;
}

const TOLD_EVERY = 500;

/** Schedule `n` is drawn from `seed + n` alone. */
const run = async ({ seed, count, sizes, signal, progress }: CheckRun): Promise<CheckResult> => {
  const reports: Report[] = [];
  const seeds = numbers(seed, count);
  const onReport = (report: Report): boolean => {
    reports.push(report);
    if (report.findings.length > 0) progress(`${tellSchedule(scheduleOf(report.seed))}: ${report.findings[0]?.what}`);
    const wrong = reports.filter(({ findings }) => findings.length > 0).length;
    if (reports.length % TOLD_EVERY === 0) progress(`${reports.length} of ${count} schedules, ${wrong} of them not right`);
    return true;
  };
  await Promise.all(Array.from({ length: Math.min(sizes['workers'] ?? 2, count) }, () => workOff({ seeds, signal, onReport })));
  return resultOf(reports.sort((a, b) => a.seed - b.seed));
};

const resultOf = (reports: readonly Report[]): CheckResult => {
  const found = reports.flatMap(({ findings }) => findings);
  const figure = (name: keyof Report['figures']): number => reports.reduce((sum, { figures }) => sum + figures[name], 0);
  const wrong = reports.filter(({ findings }) => findings.length > 0);
  return {
    counts: Object.fromEntries(COUNTS.map((name) => [name, found.filter(({ count }) => count === name).length])),
    figures: {
      ...{
        schedules: reports.length,
        appends: figure('appends'),
        conflicts: figure('conflicts'),
        given: figure('given'),
        faults: figure('struck'),
      },
      longestRecoveryMs: Math.round(reports.reduce((longest, { figures }) => Math.max(longest, figures.recoveryMs), 0)),
    },
    findings: wrong.flatMap(({ seed, findings }) => [
      tellSchedule(scheduleOf(seed)),
      ...findings.slice(0, 3).map(({ count, what }) => `  ${count}: ${what}`),
    ]),
    suspects: wrong.map(({ seed }) => seed),
  };
};

export const failoverCheck: Check = {
  name: 'failover',
  about: 'the EventStoreDB adapter amid lost replies, broken connections, mute streams and changes of leader; count: schedules',
  defaultCount: 10_000,
  logs: ['eventstoredb'],
  sizes: { workers: 2 },
  run,
  selfTest: testFailoverCheck,
  real: { defaultCount: 8, missing: missingForReal, run: runReal },
};
