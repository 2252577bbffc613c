import type { Instant } from '#kernel/id';
import { addMinutes, later } from '#domain/calendar';
import type { NetworkId, RetentionRunId } from '#domain/ids';
import { periodsOf, samePeriods, type RetentionPeriods } from '#domain/retention/retention-periods';
import type { Expired } from '#domain/retention/retention.events';
import { nextMonthStart } from '#domain/weeks';
import { uuidV5 } from '../dispatch/derived-ids';
import { isDue, type SavoirsProcess } from './process-types';

interface ClockRow {
  readonly networkId: NetworkId;
  readonly timeZone: string;
  readonly policy: RetentionPeriods;
  /** What a data protection officer last started a run by. */
  readonly approved: RetentionPeriods | null;
}

const runAt = (networkId: NetworkId, at: Instant): RetentionRunId => uuidV5(networkId, `retention/${at}`) as RetentionRunId;

/** R19: at the first midnight of each month a run begins, once somebody was shown what the policy ends, and as long as it stays so. */
export const retentionClock: SavoirsProcess<'NetworkOpened' | 'PolicyChanged' | 'RetentionRunStarted', ClockRow> = {
  name: 'retention-clock',
  version: 1,
  handles: { NetworkOpened: true, PolicyChanged: true, RetentionRunStarted: true },
  keys: ({ data }) => [data.networkId],
  evolve: (row, { type, data, meta }) => {
    if (type === 'NetworkOpened') {
      const { networkId, timeZone, policy } = data;
      return {
        row: { networkId, timeZone, policy: periodsOf(policy), approved: null },
        due: { run: nextMonthStart(meta.recordedAt, timeZone) },
      };
    }
    if (!row) return { row: null };
    return { row: type === 'PolicyChanged' ? { ...row, policy: periodsOf(data.policy) } : { ...row, approved: periodsOf(data) } };
  },
  next: ({ timeZone }, { at }, now) => ({ run: nextMonthStart(later(at, now), timeZone) }),
  react: ({ networkId, policy, approved }, cause) => {
    if (!isDue(cause) || !approved || !samePeriods(approved, policy)) return [];
    return [{ type: 'StartRetentionRun', data: { networkId, runId: runAt(networkId, cause.at), ...policy } }];
  },
};

interface RunRow extends RetentionPeriods {
  readonly networkId: NetworkId;
  readonly runId: RetentionRunId;
  readonly upTo: Instant;
}

/** What a run asks at each step: what is due, and can end. */
export interface FindExpired extends RetentionPeriods {
  readonly ask: 'retention-due';
  readonly networkId: NetworkId;
  readonly upTo: Instant;
}

/** Longer than any process may hold a destroyed key: what a step has begun is recorded by the next one. */
const AGAIN_MINUTES = 2;

/** R19: a run goes step by step until nothing is due any more. */
export const retentionRuns: SavoirsProcess<'RetentionRunStarted' | 'RetentionRun', RunRow> = {
  name: 'retention-runs',
  version: 1,
  handles: { RetentionRunStarted: true, RetentionRun: true },
  keys: ({ data }) => [data.networkId],
  evolve: (row, { type, data, meta }) => {
    if (type === 'RetentionRunStarted') {
      const { networkId, runId, upTo } = data;
      return { row: { networkId, runId, upTo, ...periodsOf(data) }, due: { step: meta.recordedAt } };
    }
    // One that was done elsewhere ends none of ours.
    return row && data.runId !== row.runId ? { row } : { row: null, due: { step: null } };
  },
  next: (_, { at }, now) => ({ step: addMinutes(later(at, now), AGAIN_MINUTES) }),
  asks: ({ networkId, upTo, exchangeTextsMonths, goneMembersMonths }): FindExpired => ({
    ...{ ask: 'retention-due', networkId, upTo, exchangeTextsMonths, goneMembersMonths },
  }),
  react: ({ networkId, runId }, cause, _, answer) =>
    isDue(cause) ? [{ type: 'ApplyRetention', data: { networkId, runId, ...(answer as Expired) } }] : [],
};
