import type { AssignmentProblem } from './assignment-problem';

/** The arcs once more, sorted by offer, and the offers by giver: what a seat asks when it looks for a learner. */
export interface ArcsByOffer {
  /** Arcs of offer o: `arcs[first[o]]` up to, without, `arcs[first[o + 1]]`; at the same places their requests and costs, which are read in a row. */
  readonly first: Int32Array;
  readonly arcs: Int32Array;
  readonly request: Int32Array;
  readonly cost: Int32Array;
  /** Offers of giver g: `offers[firstOffer[g]]` up to, without, `offers[firstOffer[g + 1]]`. */
  readonly firstOffer: Int32Array;
  readonly offers: Int32Array;
  /** By arc: its giver, where it is for one-to-one exchanges; else −1. Read where both offer and giver would be. */
  readonly giverAlone: Int32Array;
}

/** Where each of `count` keys begins among the values sorted by key. */
const starts = (keys: Int32Array, count: number): Int32Array => {
  const first = new Int32Array(count + 1);
  for (const key of keys) first[key + 1]! += 1;
  for (let key = 0; key < count; key += 1) first[key + 1]! += first[key]!;
  return first;
};

/** Counting sort, stable: the places of the values, by key. */
const sorted = (keys: Int32Array, first: Int32Array): Int32Array => {
  const next = first.slice();
  const places = new Int32Array(keys.length);
  for (let place = 0; place < keys.length; place += 1) {
    places[next[keys[place]!]!++] = place;
  }
  return places;
};

export const arcsByOffer = ({ requests, offers, givers, arcs }: AssignmentProblem): ArcsByOffer => {
  const request = new Int32Array(arcs.offer.length);
  for (let r = 0; r < requests.count; r += 1) request.fill(r, arcs.first[r], arcs.first[r + 1]);
  const first = starts(arcs.offer, offers.count);
  const firstOffer = starts(offers.giver, givers.count);
  const places = sorted(arcs.offer, first);
  return {
    first,
    arcs: places,
    request: places.map((arc) => request[arc]!),
    cost: places.map((arc) => arcs.cost[arc]!),
    firstOffer,
    offers: sorted(offers.giver, firstOffer),
    giverAlone: arcs.offer.map((offer) => (offers.largest[offer] === 1 ? offers.giver[offer]! : -1)),
  };
};
