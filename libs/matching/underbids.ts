import { arcFor, arcsWith, eachClass, isForGroups, mayMeet, mostCandidates, type Search } from './candidates';
import type { ArcColumns } from './optimum/assignment-problem';

/** What the seats of the moment cost, and what each request pays: a pair that costs less together was left out wrongly. */
export interface Prices {
  /** By giver. */
  readonly price: Float64Array;
  /** By request. */
  readonly paid: Float64Array;
}

/** How many pairs a request is given at once. */
const AT_ONCE = 6;

interface Underbid {
  readonly given: number;
  readonly cost: number;
}

const leastPrices = ({ market, classes }: Search, price: Float64Array): Float64Array =>
  Float64Array.from(classes.sample, (_, each) => {
    let least = Infinity;
    for (let at = classes.firstOffer[each]!; at < classes.firstOffer[each + 1]!; at += 1)
      least = Math.min(least, price[market.offer.member[classes.offers[at]!]!]!);
    return least;
  });

const keepCheapest = (cheapest: Underbid[], one: Underbid): void => {
  const at = cheapest.findIndex(({ cost }) => one.cost < cost);
  if (at < 0 && cheapest.length === AT_ONCE) return;
  cheapest.splice(at < 0 ? cheapest.length : at, 0, one);
  if (cheapest.length > AT_ONCE) cheapest.pop();
};

export interface Underbids {
  /** By request, sorted. */
  readonly found: readonly { readonly sought: number; readonly offers: readonly Underbid[] }[];
  /** How much less all would pay if they were there: what they could spoil a proof by. */
  readonly sum: number;
}

const cheaperFor = (search: Search, sought: number, { price, paid }: Prices, least: Float64Array): readonly Underbid[] => {
  const { market, classes, costs } = search;
  const cheapest: Underbid[] = [];
  eachClass(search, sought, (each) => {
    const alike = costs.alike(classes.sample[each]!, sought);
    if (isForGroups(search, each) || costs.least(alike, sought) + least[each]! >= paid[sought]!) return;
    for (let at = classes.firstOffer[each]!; at < classes.firstOffer[each + 1]!; at += 1) {
      const given = classes.offers[at]!;
      const asked = price[market.offer.member[given]!]!;
      if (costs.least(alike, sought) + asked >= paid[sought]! || !mayMeet(search, given, sought)) continue;
      const cost = costs.of(alike, given, sought) + asked;
      if (cost < paid[sought]!) keepCheapest(cheapest, { given, cost });
    }
  });
  return cheapest;
};

/** Pairs that were no candidates and would be cheaper than what their requests pay. None: what was left out changes nothing. */
export const underbids = (search: Search, prices: Prices, wanted: number): Underbids => {
  const least = leastPrices(search, prices.price);
  const found: { sought: number; offers: readonly Underbid[] }[] = [];
  let sum = 0;
  for (let sought = 0; sought < search.market.requests.length; sought += 1) {
    if (mostCandidates(search, sought) <= wanted) continue;
    const offers = cheaperFor(search, sought, prices, least);
    if (offers.length === 0) continue;
    found.push({ sought, offers });
    sum += prices.paid[sought]! - offers[0]!.cost;
  }
  return { found, sum };
};

/** The candidates with these among them. */
export const withUnderbids = (search: Search, arcs: ArcColumns, { found }: Underbids): ArcColumns => {
  let next = 0;
  return arcsWith(search, arcs, (list, sought) => {
    if (found[next]?.sought !== sought) return;
    for (const { given } of found[next]!.offers) list.add(arcFor(search, given, sought));
    next += 1;
  });
};
