import { accept, refuse, type Decider } from '#kernel/decider';
import type { RoundId } from '../ids';
import { saidBefore } from '../said-before';
import type { RuleId } from '../rule';
import type { RoundCommand } from './round.commands';
import type { RoundEvent } from './round.events';
import { piecesWithin, roomAfter, weightOfMatch, weightOfUnmatched } from './round.pieces';

/** What makes it this round. */
interface Asked {
  readonly roundId: RoundId;
  readonly inputHash: string;
  readonly seed: number;
  readonly solverVersion: string;
}

interface Started extends Asked {
  readonly status: 'started';
  /** How many are recorded so far: a large round takes several commands. */
  readonly matched: number;
  readonly unmatched: number;
}

export type RoundState = { readonly status: 'unknown' } | Started | (Asked & { readonly status: 'completed' });

/** `round-inputs-differ`: it stopped halfway, and cannot go on with what is true by now, or by another solver. */
export type RoundRefusal = { readonly code: 'not-allowed' } | { readonly code: 'round-inputs-differ' };

export const roundRefusalRules: Record<RoundRefusal['code'], RuleId | null> = { 'not-allowed': 'R6', 'round-inputs-differ': 'R18' };

/** R18: the day that it was judged as of, the inputs' hash, the policy's version, the seed and the solver's make the result again on any machine. */
const started = ({ data, network }: RoundCommand): RoundEvent => {
  const { roundId, asOf, readUpTo, inputHash, seed, solverVersion } = data;
  const ids = { roundId, networkId: network.networkId };
  return {
    type: 'MatchingRoundStarted',
    data: { ...ids, asOf, readUpTo, inputHash, policyVersion: network.policyVersion, seed, solverVersion },
  };
};

/** What one append takes of what is not recorded yet, and the end where that was the last. */
const recorded = ({ data, network }: RoundCommand, so: Pick<Started, 'matched' | 'unmatched'>): readonly RoundEvent[] => {
  const { roundId, considered, matches, unmatched, gap } = data;
  const ids = { roundId, networkId: network.networkId };
  const found = piecesWithin(matches.slice(so.matched), weightOfMatch);
  const sum = found.reduce((total, { items }) => total + items.length, so.matched);
  const left = sum < matches.length ? [] : piecesWithin(unmatched.slice(so.unmatched), weightOfUnmatched, roomAfter(found));
  const sumLeft = left.reduce((total, { items }) => total + items.length, so.unmatched);
  const whole = sum === matches.length && sumLeft === unmatched.length;
  return [
    ...found.map(({ items }): RoundEvent => ({ type: 'MatchesFound', data: { ...ids, matches: items } })),
    ...left.map(({ items }): RoundEvent => ({ type: 'RequestsLeftUnmatched', data: { ...ids, requests: items } })),
    ...(whole ? [{ type: 'MatchingRoundCompleted', data: { ...ids, considered, matched: sum, unmatched: sumLeft, gap } } as const] : []),
  ];
};

const evolve = (state: RoundState, { type, data }: RoundEvent): RoundState => {
  switch (type) {
    case 'MatchingRoundStarted':
      return {
        ...{ status: 'started', roundId: data.roundId, inputHash: data.inputHash, seed: data.seed, solverVersion: data.solverVersion },
        ...{ matched: 0, unmatched: 0 },
      };
    case 'MatchesFound':
      return state.status === 'started' ? { ...state, matched: state.matched + data.matches.length } : state;
    case 'RequestsLeftUnmatched':
      return state.status === 'started' ? { ...state, unmatched: state.unmatched + data.requests.length } : state;
    case 'MatchingRoundCompleted':
      return state.status === 'unknown' ? state : { ...state, status: 'completed' };
  }
};

export const roundDecider: Decider<RoundState, RoundCommand, RoundEvent, RoundRefusal> = {
  initial: { status: 'unknown' },
  evolve,
  decide: (command, state) => {
    if (command.by.role !== 'facilitator' && command.by.role !== 'system') return refuse({ code: 'not-allowed' });
    if (state.status === 'unknown') return accept(started(command), ...recorded(command, { matched: 0, unmatched: 0 }));
    const { inputHash, seed, solverVersion } = command.data;
    const before = [state.inputHash, state.seed, state.solverVersion];
    const asked = saidBefore(before, [inputHash, seed, solverVersion], { code: 'round-inputs-differ' });
    return asked.kind === 'refused' || state.status === 'completed' ? asked : accept(...recorded(command, state));
  },
};
