import { accept, refuse, type Decider, type Decision } from '#kernel/decider';
import type { Instant } from '#kernel/id';
import type { CommandOf } from '../command';
import type { RetentionRunId } from '../ids';
import { saidBefore } from '../said-before';
import type { RetentionCommand } from './retention.commands';
import type { Expired, RetentionEvent } from './retention.events';
import { periodsOf, samePeriods, type RetentionPeriods } from './retention-periods';
import type { RetentionRefusal } from './retention.refusals';

export interface RunningRetention {
  readonly runId: RetentionRunId;
  readonly upTo: Instant;
  /** What it ended so far. */
  readonly expired: Expired;
}

export interface RetentionState {
  /** What a data protection officer last started a run by; null: nothing ends by itself yet. */
  readonly approved: RetentionPeriods | null;
  readonly running: RunningRetention | null;
  readonly started: readonly (RetentionPeriods & { readonly runId: RetentionRunId })[];
}

type RetentionDecision = Decision<RetentionEvent, RetentionRefusal>;
type RetentionCommandOf<Type extends RetentionCommand['type']> = CommandOf<RetentionCommand, Type>;

const NOTHING: Expired = { exchangeIds: [], incidentIds: [], memberIds: [] };

const startedIn = ({ started }: RetentionState, id: RetentionRunId) => started.find(({ runId }) => runId === id);

/** By a person, who thereby approves what the policy says; by the clock only as long as it says the same. */
const start = ({ data, by, at, network }: RetentionCommandOf<'StartRetentionRun'>, state: RetentionState): RetentionDecision => {
  if (by.role !== 'data-protection-officer' && by.role !== 'system') return refuse({ code: 'not-allowed' });
  const before = startedIn(state, data.runId);
  if (before) return saidBefore(periodsOf(before), periodsOf(data), { code: 'retention-run-under-way' });
  if (state.running) return refuse({ code: 'retention-run-under-way' });
  if (!samePeriods(data, network.policy)) return refuse({ code: 'retention-periods-changed' });
  const isClock = by.role === 'system';
  if (isClock && !(state.approved && samePeriods(state.approved, data))) return refuse({ code: 'retention-not-started' });
  return accept({ type: 'RetentionRunStarted', data: { ...data, by: isClock ? null : by.id, upTo: at } });
};

const without = <Id>(ids: readonly Id[], known: readonly Id[]): readonly Id[] => ids.filter((id) => !known.includes(id));

/** A run that stopped halfway tries again what it had begun: each is told once. */
const apply = ({ data, by, network }: RetentionCommandOf<'ApplyRetention'>, state: RetentionState): RetentionDecision => {
  const { networkId, runId } = data;
  const { running, approved } = state;
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  if (running?.runId !== runId) return refuse({ code: 'retention-run-over' });
  if (!approved || !samePeriods(approved, network.policy)) return refuse({ code: 'retention-periods-changed' });
  const exchangeIds = without(data.exchangeIds, running.expired.exchangeIds);
  const incidentIds = without(data.incidentIds, running.expired.incidentIds);
  const memberIds = without(data.memberIds, running.expired.memberIds);
  if (exchangeIds.length + incidentIds.length + memberIds.length === 0) return accept();
  return accept({ type: 'RetentionApplied', data: { networkId, runId, exchangeIds, incidentIds, memberIds } });
};

const end = ({ data: { networkId, runId }, by }: RetentionCommandOf<'EndRetentionRun'>, state: RetentionState): RetentionDecision => {
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  if (state.running?.runId !== runId) return startedIn(state, runId) ? accept() : refuse({ code: 'retention-run-over' });
  const { exchangeIds, incidentIds, memberIds } = state.running.expired;
  const kinds = { exchanges: exchangeIds.length, incidents: incidentIds.length, members: memberIds.length };
  const erased = kinds.exchanges + kinds.incidents + kinds.members;
  return accept({ type: 'RetentionRun', data: { networkId, runId, upTo: state.running.upTo, erased, kinds } });
};

const applied = (running: RunningRetention, { exchangeIds, incidentIds, memberIds }: Expired): RunningRetention => ({
  ...running,
  expired: {
    exchangeIds: [...running.expired.exchangeIds, ...exchangeIds],
    incidentIds: [...running.expired.incidentIds, ...incidentIds],
    memberIds: [...running.expired.memberIds, ...memberIds],
  },
});

const evolve = (state: RetentionState, { type, data }: RetentionEvent): RetentionState => {
  switch (type) {
    case 'RetentionRunStarted': {
      const { runId, upTo } = data;
      return {
        approved: periodsOf(data),
        running: { runId, upTo, expired: NOTHING },
        started: [...state.started, { runId, ...periodsOf(data) }],
      };
    }
    case 'RetentionApplied':
      return { ...state, running: state.running && applied(state.running, data) };
    case 'RetentionRun':
      return { ...state, running: null };
  }
};

const decide = (command: RetentionCommand, state: RetentionState): RetentionDecision => {
  if (command.data.networkId !== command.network.networkId) return refuse({ code: 'network-not-found' });
  switch (command.type) {
    case 'StartRetentionRun':
      return start(command, state);
    case 'ApplyRetention':
      return apply(command, state);
    case 'EndRetentionRun':
      return end(command, state);
  }
};

export const retentionDecider: Decider<RetentionState, RetentionCommand, RetentionEvent, RetentionRefusal> = {
  initial: { approved: null, running: null, started: [] },
  evolve,
  decide,
};
