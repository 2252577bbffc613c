import type { UnmatchedReason } from '#domain/round/round.events';
import { eligible, gateOf, gates } from './gates';
import { eachOfferFor, type Market } from './market';
import type { LeftUnmatched } from './matcher';
import type { AssignmentResult } from './optimum/assignment-problem';

type Served = Pick<AssignmentResult, 'assigned'>;

const others = gates.indexOf('others-came-first');

/** Offers that hold a group or may begin with one learner: whoever is eligible there and left out was not left out for want of others. */
const neededNobody = ({ offers }: Market, { assigned }: Served): Uint8Array => {
  const open = Uint8Array.from(offers, ({ smallestGroup }) => (smallestGroup === 1 ? 1 : 0));
  for (const offer of assigned) if (offer >= 0) open[offer] = 1;
  return open;
};

/** R18: the gate at which the offer that came farthest was stopped. */
const reasonFor = (market: Market, sought: number, open: Uint8Array): UnmatchedReason => {
  if (market.available[sought] === 0) return 'author-unavailable';
  let farthest = 0;
  eachOfferFor(market, market.request.topic[sought]!, (given) => {
    if (farthest >= others) return;
    const gate = gateOf(market, given, sought);
    farthest = Math.max(farthest, gate === eligible && open[given] === 1 ? others : gate);
  });
  return gates[farthest] ?? 'others-came-first';
};

/** Sorted by the request's id, as the canonical inputs are. */
export const leftUnmatched = (market: Market, result: Served): readonly LeftUnmatched[] => {
  const open = neededNobody(market, result);
  return market.requests
    .flatMap(({ requestId }, sought) => (result.assigned[sought]! < 0 ? [{ requestId, reason: reasonFor(market, sought, open) }] : []))
    .sort((a, b) => (a.requestId < b.requestId ? -1 : 1));
};
