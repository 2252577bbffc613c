import type { Check, CheckResult, CheckRun } from '../runner/check';
import { emptyDatabase } from '../runner/empty-database';
import { judged, playAll } from '../runner/schedules';
import { BUGS } from './bugs';
import { workOff } from './crew';
import type { Report } from './messages';
import { huntBugs } from './planted';
import { scheduleOf, tellSchedule } from './schedule';
import { COUNTS } from './watch';

export const onDatabase = async <T>(work: (url: string) => Promise<T>): Promise<T> => {
  const { url, drop } = await emptyDatabase();
  return work(url).finally(drop);
};

const tell = (seed: number): string => tellSchedule(scheduleOf(seed));

const run = (asked: CheckRun): Promise<CheckResult> =>
  onDatabase(async (url) => {
    const { signal } = asked;
    const reports = await playAll<Report>(asked, tell, (name, seeds, onReport) => workOff({ url, name, seeds, signal, onReport }));
    const figure = (name: keyof Report['figures']): number => reports.reduce((sum, { figures }) => sum + figures[name], 0);
    return {
      ...judged(reports, COUNTS, tell),
      figures: {
        ...{ schedules: reports.length, events: figure('events'), turns: figure('turns'), looks: figure('looks') },
        ...{ faults: figure('struck'), parked: figure('parked') },
      },
    };
  });

export const projectionsCheck: Check = {
  name: 'projections',
  about:
    'the runtime amid crashes, lost replies, repeats, races, stalls, poison and clocks that jump: tables as if made anew, orders of a process once and in order; count: schedules',
  defaultCount: 20_000,
  logs: ['memory'],
  sizes: { workers: 2 },
  run,
  selfTest: (asked) => onDatabase((url) => huntBugs(BUGS, asked, url)),
};
