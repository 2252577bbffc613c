import type { Check, CheckResult, CheckRun } from '../runner/check';
import { judged, playAll, sumOf } from '../runner/schedules';
import { huntMutants } from '../runner/self-test';
import { workOff, type WorkerProgram } from '../runner/worker-pool';
import { MUTANTS } from './mutants';
import { missingForReal, runReal } from './real-cluster';
import { scheduleOf, tellSchedule } from './schedule';
import { COUNTS } from './observations';

const tell = (seed: number): string => tellSchedule(scheduleOf(seed));

/** Thousands of connections come and go: their rubbish is cheaper to clear seldom. */
const WORKER: WorkerProgram = { program: 'test/checks/failover/worker', flags: ['--max-semi-space-size=64'] };

const run = async (asked: CheckRun): Promise<CheckResult> => {
  const reports = await playAll(asked, tell, (_name, work) => workOff(WORKER, work));
  const sum = (figure: string): number => sumOf(reports, figure);
  return {
    ...judged(reports, COUNTS, tell),
    figures: {
      ...{ schedules: reports.length, appends: sum('appends'), conflicts: sum('conflicts'), given: sum('given'), faults: sum('struck') },
      longestRecoveryMs: Math.round(reports.reduce((longest, { figures }) => Math.max(longest, figures['recoveryMs'] ?? 0), 0)),
    },
  };
};

export const huntAmong = (mutants: typeof MUTANTS, asked: CheckRun) =>
  huntMutants(mutants, asked, (mutant, _name, work) => workOff({ ...WORKER, mutant }, work));

export const failoverCheck: Check = {
  name: 'failover',
  about: 'the EventStoreDB adapter amid lost replies, broken connections, mute streams and changes of leader; count: schedules',
  defaultCount: 10_000,
  logs: ['eventstoredb'],
  sizes: { workers: 2 },
  run,
  selfTest: (asked) => huntAmong(MUTANTS, asked),
  real: { defaultCount: 8, missing: missingForReal, run: runReal },
};
