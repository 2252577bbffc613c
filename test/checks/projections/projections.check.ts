import { benchDatabase } from '#bench/bench-database';
import { testDatabase } from '#testing/test-database';
import type { Check, CheckResult, CheckRun } from '../check';
import { BUGS } from './bugs';
import { workOff } from './crew';
import type { Report } from './messages';
import { huntBugs } from './planted';
import { scheduleOf, tellSchedule } from './schedule';
import { COUNTS } from './watch';

function* numbers(from: number, count: number): Generator<number, undefined> {
  for (let n = from; n < from + count; n += 1) yield n;
}

const TOLD_EVERY = 500;

/** Within Jest on the run's server; else on one of its own. */
export const onDatabase = async <T>(work: (url: string) => Promise<T>): Promise<T> => {
  const { url, drop } = await (process.env['JEST_WORKER_ID'] === undefined ? benchDatabase() : testDatabase());
  return work(url).finally(drop);
};

/** Schedule `n` is drawn from `seed + n` alone. */
const run = ({ seed, count, sizes, signal, progress }: CheckRun): Promise<CheckResult> =>
  onDatabase(async (url) => {
    const reports: Report[] = [];
    const seeds = numbers(seed, count);
    const onReport = (report: Report): boolean => {
      reports.push(report);
      if (report.findings.length > 0) progress(`${tellSchedule(scheduleOf(report.seed))}: ${report.findings[0]?.what}`);
      const wrong = reports.filter(({ findings }) => findings.length > 0).length;
      if (reports.length % TOLD_EVERY === 0) progress(`${reports.length} of ${count} schedules, ${wrong} of them not right`);
      return true;
    };
    const crew = Array.from({ length: Math.min(sizes['workers'] ?? 2, count) }, (_, n) => `w${n}`);
    await Promise.all(crew.map((name) => workOff({ url, name, seeds, signal, onReport })));
    return resultOf(reports.sort((a, b) => a.seed - b.seed));
  });

const resultOf = (reports: readonly Report[]): CheckResult => {
  const found = reports.flatMap(({ findings }) => findings);
  const figure = (name: keyof Report['figures']): number => reports.reduce((sum, { figures }) => sum + figures[name], 0);
  const wrong = reports.filter(({ findings }) => findings.length > 0);
  return {
    counts: Object.fromEntries(COUNTS.map((name) => [name, found.filter(({ count }) => count === name).length])),
    figures: {
      schedules: reports.length,
      events: figure('events'),
      turns: figure('turns'),
      looks: figure('looks'),
      faults: figure('struck'),
      parked: figure('parked'),
    },
    findings: wrong.flatMap(({ seed, findings }) => [
      tellSchedule(scheduleOf(seed)),
      ...findings.slice(0, 3).map(({ count, what }) => `  ${count}: ${what}`),
    ]),
    suspects: wrong.map(({ seed }) => seed),
  };
};

export const projectionsCheck: Check = {
  name: 'projections',
  about:
    'the runtime amid crashes, lost replies, repeats, races, stalls, poison and clocks that jump: tables as if made anew; count: schedules',
  defaultCount: 20_000,
  logs: ['memory'],
  sizes: { workers: 2 },
  run,
  selfTest: (asked) => onDatabase((url) => huntBugs(BUGS, asked, url)),
};
