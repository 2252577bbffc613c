import type { Market } from './market';
import type { ArcColumns, AssignmentProblem } from './optimum/assignment-problem';

/** A hundredth of a whole score for each engagement that a giver has already: equals are spread over givers. */
export const loadCost = 100;

const forbiddenAmong = ({ forbidden }: Market): Int32Array =>
  Int32Array.from(forbidden.flatMap((others, member) => [...(others ?? [])].flatMap((other) => (member < other ? [member, other] : []))));

/** The market as an assignment problem: requests, offers and members keep their numbers; each member is a giver and a learner. */
export const problemOf = (market: Market, arcs: ArcColumns): AssignmentProblem => ({
  requests: { count: market.requests.length, learner: market.request.member },
  offers: {
    count: market.offers.length,
    giver: market.offer.member,
    smallest: Int32Array.from(market.offers, ({ smallestGroup }) => smallestGroup),
    largest: Int32Array.from(market.offers, ({ largestGroup }) => largestGroup),
  },
  givers: { count: market.members, capacity: market.places, engaged: market.engaged, loadCost },
  arcs,
  forbidden: forbiddenAmong(market),
});
