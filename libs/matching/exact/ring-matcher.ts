import type { FoundMatch } from '#domain/round/round.events';
import { mostCandidates, searchIn } from '../candidates/candidates';
import { allArcs } from '../candidates/group-candidates';
import type { IntegerSolver } from './integer-program';
import { ringAssignment, type InRings } from './ring-assignment';
import type { RingLimits } from './ring-cover';
import { foundMatches } from '../found-matches';
import { marketOf, type Market } from '../market';
import type { Draw, LeftUnmatched, RoundPolicy, RoundResult } from '../matcher';
import { problemOf } from '../round-problem';
import type { RoundInputs } from '../round-inputs';
import { leftUnmatched } from '../unmatched';

/** Recorded with each round of rings. */
export const ringSolverVersion = 'rings-1';

/** Of pairs that pass the gates; beyond, rings would be looked for among too many to keep. */
const MOST_PAIRS = 1_000_000;

/** The matches of each ring or chain; each of them has one learner. */
const ringsIn = ({ requests }: Market, { ring }: InRings) => {
  const numbers = new Map(requests.map(({ requestId }, request) => [requestId, ring[request]!]));
  return (matches: readonly FoundMatch[]): readonly (readonly number[])[] => {
    const rings = new Map<number, number[]>();
    matches.forEach(({ participants }, match) => {
      const number = participants
        .map((place) => (place.role === 'learner' ? numbers.get(place.requestId) : undefined))
        .find((one) => one !== undefined)!;
      rings.set(number, [...(rings.get(number) ?? []), match]);
    });
    return [...rings.values()];
  };
};

/** Whoever had an offer and is in no ring: nobody came first, those who could give to them are given nothing. */
const outsideRings = ({ requestId, reason }: LeftUnmatched): LeftUnmatched => ({
  requestId,
  reason: reason === 'others-came-first' ? 'in-no-ring' : reason,
});

/**
 * For networks whose exchanges start together, in rings: as many requests served as rings within `limits` can, at the least cost; proven.
 * Far fewer than in open reciprocity. Null where more rings are possible than can be solved. Example: `ringMatcher(defaultRingLimits, await highsSolver())(inputs, policy, { seed: 7, makeId })`.
 */
export const ringMatcher =
  (limits: RingLimits, solve: IntegerSolver) =>
  (inputs: RoundInputs, policy: RoundPolicy, draw: Draw): RoundResult | null => {
    const market = marketOf(inputs, policy, draw.seed);
    const search = searchIn(market);
    const pairs = market.requests.reduce((count, _, sought) => count + mostCandidates(search, sought), 0);
    if (pairs > MOST_PAIRS) return null;
    const inRings = ringAssignment(problemOf(market, allArcs(search)), { limits, seed: draw.seed }, solve);
    if (inRings === null) return null;
    const { assigned } = inRings;
    let gifts = 0;
    // each gift is a match of its own
    const result = { assigned, group: assigned.map((offer) => (offer < 0 ? -1 : gifts++)) };
    return {
      solverVersion: ringSolverVersion,
      considered: { offers: inputs.offers.length, requests: inputs.requests.length },
      matches: foundMatches(market, result, draw, ringsIn(market, inRings)),
      unmatched: leftUnmatched(market, result).map(outsideRings),
      gap: { served: 0, cost: 0 },
    };
  };
