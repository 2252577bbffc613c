import type { Check, CheckResult, CheckRun } from '../runner/check';
import { judged, playAll } from '../runner/schedules';
import { workOff } from './crew';
import type { Report } from './messages';
import { testFailoverCheck } from './planted';
import { missingForReal, runReal } from './real';
import { scheduleOf, tellSchedule } from './schedule';
import { COUNTS } from './tally';

const tell = (seed: number): string => tellSchedule(scheduleOf(seed));

const run = async (asked: CheckRun): Promise<CheckResult> => {
  const { signal } = asked;
  const reports = await playAll<Report>(asked, tell, (_name, seeds, onReport) => workOff({ seeds, signal, onReport }));
  const figure = (name: keyof Report['figures']): number => reports.reduce((sum, { figures }) => sum + figures[name], 0);
  return {
    ...judged(reports, COUNTS, tell),
    figures: {
      ...{ schedules: reports.length, appends: figure('appends'), conflicts: figure('conflicts'), given: figure('given') },
      faults: figure('struck'),
      longestRecoveryMs: Math.round(reports.reduce((longest, { figures }) => Math.max(longest, figures.recoveryMs), 0)),
    },
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
