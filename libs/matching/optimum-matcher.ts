import { foundMatches } from './found-matches';
import { marketOf } from './market';
import type { Matcher } from './matcher';
import { solveMarket } from './solve-market';
import { leftUnmatched } from './unmatched';

/** Recorded with each round: another version may find other matches in the same inputs. */
export const solverVersion = 'optimum-3';

/**
 * As many requests served as can be and, of all ways to serve as many, the one that fits best, waits least and asks each giver least;
 * proven so far as `gap` says. Balance weighs, and is no condition (R3). Example: `optimumMatcher(inputs, policy, { seed: 7, makeId })`.
 */
export const optimumMatcher: Matcher = (inputs, policy, draw) => {
  const market = marketOf(inputs, policy, draw.seed);
  const result = solveMarket(market);
  return {
    solverVersion,
    considered: { offers: inputs.offers.length, requests: inputs.requests.length },
    matches: foundMatches(market, result, draw),
    unmatched: leftUnmatched(market, result),
    gap: result.gap,
  };
};
