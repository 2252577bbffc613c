import { allArcs, mostCandidates, searchIn, someArcs, withGroupArcs, type Search } from './candidates';
import type { Market } from './market';
import type { AssignmentResult } from './optimum/assignment-problem';
import { seatAll, solveFrom } from './optimum/solve';
import { paid } from './optimum/seating';
import type { Seats } from './optimum/seats';
import { problemOf } from './round-problem';
import { underbids, withUnderbids, type Prices } from './underbids';

export interface Limits {
  /** Up to so many pairs all are candidates from the start. */
  readonly all: number;
  /** Beyond, a request begins with so many, and is given more where prices say that it lacks them. */
  readonly wanted: number;
  /** How often more are given. */
  readonly rounds: number;
}

const limits: Limits = { all: 8_000_000, wanted: 24, rounds: 12 };

const pricesOf = (seats: Seats): Prices => ({
  price: seats.price,
  paid: Float64Array.from(seats.room, (_, request) => paid(seats, request)),
});

const isLarge = (search: Search, all: number): boolean => {
  let count = 0;
  for (let sought = 0; sought < search.market.requests.length; sought += 1) count += mostCandidates(search, sought);
  return count > all;
};

/**
 * Large networks have hundreds of millions of pairs, and nearly none of them matter: those that do are found by the prices of a round without
 * them (column generation, of Ford and Fulkerson), one-to-one exchanges first. What is still missing at the end is part of the gap.
 */
const solveLarge = (search: Search, { wanted, rounds }: Limits): AssignmentResult => {
  const { market } = search;
  let arcs = someArcs(search, wanted);
  for (let round = 0; round < rounds; round += 1) {
    const missing = underbids(search, pricesOf(seatAll(problemOf(market, arcs))), wanted);
    if (missing.found.length === 0) break;
    arcs = withUnderbids(search, arcs, missing);
  }
  const seats = seatAll(problemOf(market, withGroupArcs(search, arcs)));
  return solveFrom(seats, { unproven: (solved) => underbids(search, pricesOf(solved), wanted).sum });
};

export const solveMarket = (market: Market, given: Limits = limits): AssignmentResult => {
  const search = searchIn(market);
  return isLarge(search, given.all) ? solveLarge(search, given) : solveFrom(seatAll(problemOf(market, allArcs(search))));
};
