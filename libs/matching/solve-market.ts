import { mostCandidates, searchIn, someArcs, type Search } from './candidates/candidates';
import { allArcs, groupCandidates, withOffers } from './candidates/group-candidates';
import type { Market } from './market';
import type { AssignmentResult } from './optimum/assignment-problem';
import { boundOf } from './optimum/certificate';
import { openAtOnce } from './optimum/choose-groups';
import { withArcs } from './optimum/more-arcs';
import { groupGivers, roundEffort } from './optimum/prove-groups';
import { seatAll, solveFrom } from './optimum/solve';
import { paid } from './optimum/seating';
import type { Seats } from './optimum/seats';
import { problemOf } from './round-problem';
import { dearestPair } from './score';
import { underbidsIn, type Prices } from './candidates/underbids';

export interface Limits {
  /** Up to so many one-to-one pairs all are candidates from the start. */
  readonly all: number;
  /** Beyond, a request begins with so many, and is given more where prices say that it lacks them. */
  readonly wanted: number;
  /** How often more are given at most, where nobody offers groups. */
  readonly rounds: number;
  /** The same, where groups move prices. */
  readonly withGroups: number;
}

const limits: Limits = { all: 4_000_000, wanted: 12, rounds: 20, withGroups: 2 };

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
 * them (column generation, of Ford and Fulkerson), once groups are open, which leave seats free. What is still missing at the end is part of the gap.
 */
const solveLarge = (search: Search, { wanted, rounds, withGroups }: Limits): AssignmentResult => {
  const cheaperAt = underbidsIn(search, wanted);
  const hasGroups = search.forGroups.all.length > 0;
  let left = hasGroups ? withGroups : rounds;
  const moreFor = (seats: Seats): Seats | null => {
    if (left === 0) return null;
    left -= 1;
    const prices = pricesOf(seats);
    const { arcs } = seats.problem;
    const found = withOffers(search, arcs, cheaperAt(prices).found);
    const all = hasGroups ? withOffers(search, found, groupCandidates(search, prices.paid, 0)) : found;
    return all.offer.length > arcs.offer.length ? withArcs(seats, all) : null;
  };
  const begun = seatAll(problemOf(search.market, someArcs(search, wanted)), dearestPair);
  const groups = groupCandidates(search, pricesOf(begun).paid, SPARE);
  const seats = withArcs(begun, withOffers(search, begun.problem.arcs, groups));
  openAtOnce(seats, groupGivers(seats));
  return solveFrom(moreFor(seats) ?? seats, {
    more: moreFor,
    // what is left out of a component may matter to its cases, and is judged by the prices that seats have: neither cases are tried, nor worths moved
    effort: { ...roundEffort, nodes: 0, work: 0 },
    bound: (solved, certificate) => {
      const paid = certificate.worth.map((worth) => certificate.served - worth);
      const arcs = withOffers(search, solved.problem.arcs, groupCandidates(search, paid, 0));
      return boundOf({ ...solved.problem, arcs }, certificate) + cheaperAt({ price: solved.price, paid }).sum;
    },
  });
};

/** How many more than fit into a group are candidates for it at first: so that there are others when prices have moved. */
const SPARE = 8;

export const solveMarket = (market: Market, given: Limits = limits): AssignmentResult => {
  const search = searchIn(market);
  if (isLarge(search, given.all)) return solveLarge(search, given);
  return solveFrom(seatAll(problemOf(market, allArcs(search))));
};
