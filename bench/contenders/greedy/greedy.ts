import { isPair } from '#matching/pairs';
import type { MatchId } from '#domain/ids';
import type { FoundMatch, UnmatchedReason } from '#domain/round/round.events';
import { assign, type Assignment, type Group } from './assignment';
import { inOrder } from '#matching/found-matches';
import { eligible, gates } from '#matching/gates';
import { gateOf, offersFor } from './eligibility';
import { marketOf, type Market, type RequestSide } from './market';
import type { Draw, LeftUnmatched, Matcher } from '#matching/matcher';
import { compare, hashableInputs } from '#matching/round-inputs';
import { groupScore } from './score';

/** Recorded with each round: another version may find other matches in the same inputs. */
export const solverVersion = 'greedy-1';

const foundMatch = (market: Market, { offer, requests }: Group, { makeId }: Draw): FoundMatch => {
  const learners = [...requests].sort((a, b) => compare(a.input.requestId, b.input.requestId));
  const { offerId, memberId, topicUri, level, language, smallestGroup } = offer.input;
  const name = `match/${offerId}/${learners.map(({ input }) => input.requestId).join(',')}`;
  return {
    matchId: makeId(name) as MatchId,
    participants: [
      { memberId, role: 'giver', offerId },
      ...learners.map(({ input }) => ({ memberId: input.memberId, role: 'learner', requestId: input.requestId }) as const),
    ],
    topicUri,
    level,
    language,
    smallestGroup,
    ringId: null,
    metBefore: learners.every(({ member }) => isPair(market.metBefore, offer.member, member)),
    score: groupScore(offer, learners),
  };
};

/** R18: the gate at which the offer that came farthest was stopped. */
const reasonFor = (market: Market, { unfilled }: Assignment, request: RequestSide): UnmatchedReason => {
  if (!request.available) return 'author-unavailable';
  const others = gates.length - 1;
  let farthest = 0;
  const bucket = offersFor(market, request);
  bucket.offers.forEach(({ index }, at) => {
    const gate = gateOf(market, bucket, at, request);
    farthest = Math.max(farthest, gate === eligible && !unfilled.has(index) ? others : gate);
  });
  return gates[farthest] ?? 'others-came-first';
};

const leftUnmatched = (market: Market, assignment: Assignment): readonly LeftUnmatched[] => {
  const matched = new Set(assignment.groups.flatMap(({ requests }) => requests.map(({ index }) => index)));
  return market.requests
    .filter(({ index }) => !matched.has(index))
    .map((request) => ({ requestId: request.input.requestId, reason: reasonFor(market, assignment, request) }));
};

/**
 * Deterministic greedy matching by topic: scarce and old requests first, each to its best offer; groups up to the offer's largest.
 * Time: the number of (offer, request) pairs that share a topic. Example: `greedyMatcher(inputs, policy, { seed: 7, makeId })`.
 */
export const greedyMatcher: Matcher = (inputs, policy, draw) => {
  const market = marketOf(hashableInputs(inputs), policy, draw.seed);
  const assignment = assign(market);
  const found = assignment.groups.map((group) => foundMatch(market, group, draw));
  return {
    solverVersion,
    considered: { offers: inputs.offers.length, requests: inputs.requests.length },
    matches: inOrder(found, draw),
    unmatched: leftUnmatched(market, assignment),
    gap: null,
  };
};
