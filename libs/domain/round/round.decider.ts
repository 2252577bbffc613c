import { accept, refuse, type Decider } from '#kernel/decider';
import type { RoundId } from '../ids';
import type { RuleId } from '../rule';
import type { RoundCommand } from './round.commands';
import type { RoundEvent } from './round.events';

export type RoundState = { readonly status: 'unknown' } | { readonly status: 'started' | 'completed'; readonly roundId: RoundId };

export type RoundRefusal = { readonly code: 'not-allowed' };

export const roundRefusalRules: Record<RoundRefusal['code'], RuleId | null> = { 'not-allowed': 'R6' };

/** One event holds at most so many matches, or requests left unmatched (§4). */
export const largestPiece = 500;

const pieces = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / largestPiece) }, (_, i) => items.slice(i * largestPiece, (i + 1) * largestPiece));

/** R18: the inputs' hash, the policy's version, the seed and the solver's make the result again on any machine. */
const facts = ({ data, network }: RoundCommand): readonly RoundEvent[] => {
  const { roundId, readUpTo, inputHash, seed, solverVersion, considered, matches, unmatched } = data;
  const ids = { roundId, networkId: network.networkId };
  const started = { ...ids, readUpTo, inputHash, policyVersion: network.policyVersion, seed, solverVersion };
  return [
    { type: 'MatchingRoundStarted', data: started },
    ...pieces(matches).map((piece): RoundEvent => ({ type: 'MatchesFound', data: { ...ids, matches: piece } })),
    ...pieces(unmatched).map((piece): RoundEvent => ({ type: 'RequestsLeftUnmatched', data: { ...ids, requests: piece } })),
    { type: 'MatchingRoundCompleted', data: { ...ids, considered, matched: matches.length, unmatched: unmatched.length } },
  ];
};

const evolve = (state: RoundState, { type, data: { roundId } }: RoundEvent): RoundState => {
  switch (type) {
    case 'MatchingRoundStarted':
      return { status: 'started', roundId };
    case 'MatchesFound':
    case 'RequestsLeftUnmatched':
      return state;
    case 'MatchingRoundCompleted':
      return { status: 'completed', roundId };
  }
};

export const roundDecider: Decider<RoundState, RoundCommand, RoundEvent, RoundRefusal> = {
  initial: { status: 'unknown' },
  evolve,
  decide: (command, state) => {
    if (command.by.role !== 'facilitator' && command.by.role !== 'system') return refuse({ code: 'not-allowed' });
    return state.status === 'unknown' ? accept(...facts(command)) : accept();
  },
};
