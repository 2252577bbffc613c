import { arcList, type Arc, type ArcList } from './arc-list';
import { eligible, gateOfAlike, gateOfPair, halfDaysToMeet, waysToMeet } from './gates';
import type { Market } from './market';
import { offerClasses, type OfferClasses } from './offer-classes';
import type { ArcColumns } from './optimum/assignment-problem';
import { costs, type Costs } from './score';

/** What finds candidates, kept for a round. */
export interface Search {
  readonly market: Market;
  readonly classes: OfferClasses;
  readonly costs: Costs;
}

export const searchIn = (market: Market): Search => ({ market, classes: offerClasses(market), costs: costs(market) });

/** Visits the classes of offers on a request's topic that its first gates let pass. */
export const eachClass = ({ market, classes }: Search, sought: number, visit: (each: number) => void): void => {
  if (market.available[sought] === 0) return;
  const topic = market.request.topic[sought]!;
  for (let each = classes.first[topic]!; each < classes.first[topic + 1]!; each += 1)
    if (gateOfAlike(market, classes.sample[each]!, sought) === eligible) visit(each);
};

export const mayMeet = ({ market }: Search, given: number, sought: number): boolean =>
  market.offer.member[given] !== market.request.member[sought] && gateOfPair(market, given, sought) === eligible;

const sizeOf = ({ firstOffer }: OfferClasses, each: number): number => firstOffer[each + 1]! - firstOffer[each]!;

export const isForGroups = ({ market, classes }: Search, each: number): boolean => market.offers[classes.sample[each]!]!.largestGroup > 1;

/** How many candidates a request has at most: those of its classes, before the gates of pairs. */
export const mostCandidates = (search: Search, sought: number): number => {
  let count = 0;
  eachClass(search, sought, (each) => (count += sizeOf(search.classes, each)));
  return count;
};

export const arcFor = ({ market, costs: { of, alike } }: Search, given: number, sought: number): Arc => ({
  offer: given,
  cost: of(alike(given, sought), given, sought),
  halfDays: halfDaysToMeet(market, given, sought),
  ways: waysToMeet(market, given, sought),
});

/** Adds offers of a class from a place that differs by request, so that not all ask the same; at most so many. Answers how many. */
const addFrom = (
  search: Search,
  arcs: ArcList,
  { each, sought, most }: { readonly each: number; readonly sought: number; readonly most: number },
): number => {
  const { classes } = search;
  const size = sizeOf(classes, each);
  const start = most < size ? (sought * 7919) % size : 0;
  let added = 0;
  for (let turn = 0; turn < size && added < most; turn += 1) {
    const given = classes.offers[classes.firstOffer[each]! + ((start + turn) % size)]!;
    if (!mayMeet(search, given, sought)) continue;
    arcs.add(arcFor(search, given, sought));
    added += 1;
  }
  return added;
};

/** The cheapest classes first, of each no more than a third of what is still wanted. */
const addSome = (search: Search, arcs: ArcList, sought: number, wanted: number): void => {
  const alone: { each: number; alike: number }[] = [];
  eachClass(search, sought, (each) => {
    if (!isForGroups(search, each)) alone.push({ each, alike: search.costs.alike(search.classes.sample[each]!, sought) });
  });
  let left = wanted;
  for (const { each } of alone.sort((a, b) => b.alike - a.alike || a.each - b.each))
    if (left > 0) left -= addFrom(search, arcs, { each, sought, most: left === Infinity ? left : Math.ceil(left / 3) });
};

/** Adds to each request's arcs, request by request. */
export const arcsWith = (search: Search, arcs: ArcColumns | null, add: (list: ArcList, sought: number) => void): ArcColumns => {
  const list = arcList(search.market.requests.length, arcs ? Math.ceil(arcs.offer.length * 1.1) : undefined);
  for (let sought = 0; sought < search.market.requests.length; sought += 1) {
    if (arcs) for (let at = arcs.first[sought]!; at < arcs.first[sought + 1]!; at += 1) list.add(arcAt(arcs, at));
    add(list, sought);
    list.end();
  }
  return list.columns();
};

const arcAt = ({ offer, cost, halfDays, ways }: ArcColumns, at: number): Arc => ({
  offer: offer[at]!,
  cost: cost[at]!,
  halfDays: halfDays[at]!,
  ways: ways[at]!,
});

/** Every offer that may serve a request: on its topic and past all gates. */
export const allArcs = (search: Search): ArcColumns =>
  arcsWith(search, null, (list, sought) => eachClass(search, sought, (each) => addFrom(search, list, { each, sought, most: Infinity })));

/** Offers for one-to-one exchanges alone: where there are more than `wanted`, some. */
export const someArcs = (search: Search, wanted: number): ArcColumns =>
  arcsWith(search, null, (list, sought) => addSome(search, list, sought, mostCandidates(search, sought) > wanted ? wanted : Infinity));

/** The same, and every offer for groups. */
export const withGroupArcs = (search: Search, arcs: ArcColumns): ArcColumns =>
  arcsWith(search, arcs, (list, sought) =>
    eachClass(search, sought, (each) => {
      if (isForGroups(search, each)) addFrom(search, list, { each, sought, most: Infinity });
    }),
  );
