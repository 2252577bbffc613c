import { alikeClasses, type AlikeClasses } from './alike-classes';
import { arcList, type Arc, type ArcList } from './arc-list';
import { eligible, gateOfAlike, gateOfPair, halfDaysToMeet, waysToMeet } from '../gates';
import { grouped, type Market } from '../market';
import type { ArcColumns } from '../optimum/assignment-problem';
import { costs, type Costs } from '../score';

/** What finds candidates, kept for a round. */
export interface Search {
  readonly market: Market;
  readonly costs: Costs;
  /** Offers for one-to-one exchanges of givers who have places left. */
  readonly alone: AlikeClasses;
  /** Offers for groups of givers who have places left. */
  readonly forGroups: AlikeClasses;
  /** Requests of available members. */
  readonly seekers: AlikeClasses;
}

export const searchIn = (market: Market): Search => {
  const { offer, offers, request, places, onTopic } = market;
  const hasPlace = (given: number): boolean => places[offer.member[given]!]! > 0;
  const isAlone = Uint8Array.from(offers, ({ largestGroup }, given) => (largestGroup === 1 && hasPlace(given) ? 1 : 0));
  const isForGroups = isAlone.map((alone, given) => (alone === 0 && hasPlace(given) ? 1 : 0));
  const requests = Int32Array.from(market.requests, (_, sought) => sought);
  return {
    market,
    costs: costs(market),
    alone: alikeClasses({ side: offer, onTopic, isIn: isAlone }),
    forGroups: alikeClasses({ side: offer, onTopic, isIn: isForGroups }),
    seekers: alikeClasses({ side: request, onTopic: grouped(request.topic, requests, onTopic.first.length - 1), isIn: market.available }),
  };
};

/** The classes of offers on a request's topic, and on those near it, that its first gates let pass. */
const eachOf = (
  { market }: Search,
  classes: AlikeClasses,
  { sought, visit }: { readonly sought: number; readonly visit: (each: number) => void },
): void => {
  if (market.available[sought] === 0) return;
  const { first, values } = market.met;
  const own = market.request.topic[sought]!;
  for (let at = first[own]!; at < first[own + 1]!; at += 1) {
    const topic = values[at]!;
    for (let each = classes.first[topic]!; each < classes.first[topic + 1]!; each += 1)
      if (gateOfAlike(market, classes.sample[each]!, sought) === eligible) visit(each);
  }
};

/** Visits the classes of one-to-one offers on a request's topic, or near it, that its first gates let pass. */
export const eachClass = (search: Search, sought: number, visit: (each: number) => void): void =>
  eachOf(search, search.alone, { sought, visit });

/** Visits the offers on a request's topic, or near it, for one or for groups, that its first gates let pass. */
export const eachOffer = (search: Search, sought: number, visit: (given: number) => void): void => {
  for (const classes of [search.alone, search.forGroups])
    eachOf(search, classes, {
      sought,
      visit: (each) => {
        for (let at = classes.start[each]!; at < classes.start[each + 1]!; at += 1) visit(classes.all[at]!);
      },
    });
};

export const mayMeet = ({ market }: Search, given: number, sought: number): boolean =>
  market.offer.member[given] !== market.request.member[sought] && gateOfPair(market, given, sought) === eligible;

const sizeOf = ({ start }: AlikeClasses, each: number): number => start[each + 1]! - start[each]!;

/** How many one-to-one candidates a request has at most: those of its classes, before the gates of pairs. */
export const mostCandidates = (search: Search, sought: number): number => {
  let count = 0;
  eachClass(search, sought, (each) => (count += sizeOf(search.alone, each)));
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
  const { alone } = search;
  const size = sizeOf(alone, each);
  const start = most < size ? (sought * 7919) % size : 0;
  let added = 0;
  for (let turn = 0; turn < size && added < most; turn += 1) {
    const given = alone.all[alone.start[each]! + ((start + turn) % size)]!;
    if (!mayMeet(search, given, sought)) continue;
    arcs.add(arcFor(search, given, sought));
    added += 1;
  }
  return added;
};

/** The cheapest classes first, of each no more than a third of what is still wanted. */
const addSome = (search: Search, arcs: ArcList, sought: number, wanted: number): void => {
  const classes: { each: number; alike: number }[] = [];
  eachClass(search, sought, (each) => {
    classes.push({ each, alike: search.costs.alike(search.alone.sample[each]!, sought) });
  });
  let left = wanted;
  for (const { each } of classes.sort((a, b) => b.alike - a.alike || a.each - b.each))
    if (left > 0) left -= addFrom(search, arcs, { each, sought, most: Math.ceil(left / 3) });
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

/** Every one-to-one offer that may serve a request: on its topic or near it, and past all gates. */
export const addAlone = (search: Search, list: ArcList, sought: number): void =>
  eachClass(search, sought, (each) => addFrom(search, list, { each, sought, most: Infinity }));

/** Offers for one-to-one exchanges alone: where there are more than `wanted`, some. */
export const someArcs = (search: Search, wanted: number): ArcColumns =>
  arcsWith(search, null, (list, sought) => {
    if (mostCandidates(search, sought) > wanted) addSome(search, list, sought, wanted);
    else addAlone(search, list, sought);
  });
