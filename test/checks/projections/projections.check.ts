import type { Check, CheckResult, CheckRun } from '../runner/check';
import { emptyDatabase } from '../runner/empty-database';
import { judged, playAll, sumOf } from '../runner/schedules';
import { huntMutants } from '../runner/self-test';
import { workOff, type WorkerProgram } from '../runner/worker-pool';
import { MUTANTS } from './mutants';
import { scheduleOf, tellSchedule } from './schedule';
import { COUNTS } from './invariants';

const onDatabase = async <T>(work: (url: string) => Promise<T>): Promise<T> => {
  const { url, drop } = await emptyDatabase();
  return work(url).finally(drop);
};

const tell = (seed: number): string => tellSchedule(scheduleOf(seed));

/** Its tables bear the worker's name. */
const workerOn = (url: string, name: string): WorkerProgram => ({
  ...{ program: 'test/checks/projections/worker', flags: ['--disable-warning=DeprecationWarning'], args: [url, name] },
});

const run = (asked: CheckRun): Promise<CheckResult> =>
  onDatabase(async (url) => {
    const reports = await playAll(asked, tell, (name, work) => workOff(workerOn(url, name), work));
    const sum = (figure: string): number => sumOf(reports, figure);
    return {
      ...judged(reports, COUNTS, tell),
      figures: {
        ...{ schedules: reports.length, events: sum('events'), turns: sum('turns'), looks: sum('looks') },
        ...{ faults: sum('struck'), parked: sum('parked') },
      },
    };
  });

export const huntAmong = (mutants: typeof MUTANTS, asked: CheckRun) =>
  onDatabase((url) => huntMutants(mutants, asked, (mutant, name, work) => workOff({ ...workerOn(url, name), mutant }, work)));

export const projectionsCheck: Check = {
  name: 'projections',
  about:
    'the runtime amid crashes, lost replies, repeats, races, stalls, poison and clocks that jump: tables as if made anew, orders of a process once and in order; count: schedules',
  defaultCount: 20_000,
  logs: ['memory'],
  sizes: { workers: 2 },
  run,
  selfTest: (asked) => huntAmong(MUTANTS, asked),
};
