import type { AssignmentProblem } from './assignment-problem';
import type { ArcsByOffer } from './arcs-by-offer';

/** What each arc gains where a request has this worth: `served − cost − worth`. */
export interface Margins {
  readonly problem: AssignmentProblem;
  readonly byOffer: ArcsByOffer;
  readonly served: number;
  readonly worthOf: (request: number) => number;
}

/** A group that would gain `gain`. */
export interface Prospect {
  readonly offer: number;
  readonly halfDay: number;
  readonly way: number;
  readonly gain: number;
  readonly requests: readonly number[];
}

const halfDays = Array.from({ length: 10 }, (_, bit) => 1 << bit);
const ways = [1, 2];

const marginAt = ({ byOffer, served, worthOf }: Margins, at: number): number => served - byOffer.cost[at]! - worthOf(byOffer.request[at]!);

interface Gainful {
  readonly arc: number;
  readonly request: number;
  readonly margin: number;
}

/** An offer's arcs, the most gainful first. */
export const gainfulArcs = (margins: Margins, offer: number): readonly Gainful[] => {
  const { first, arcs, request } = margins.byOffer;
  const all: Gainful[] = [];
  for (let at = first[offer]!; at < first[offer + 1]!; at += 1)
    all.push({ arc: arcs[at]!, request: request[at]!, margin: marginAt(margins, at) });
  return all.sort((a, b) => b.margin - a.margin || a.arc - b.arc);
};

/** The half-days and ways that anybody could share with this offer; bits that nobody tells apart once. */
export const meetings = ({ problem, byOffer }: Margins, offer: number): readonly { readonly halfDay: number; readonly way: number }[] => {
  const { first, arcs } = byOffer;
  let [someHalfDay, everyHalfDay, someWay, everyWay] = [0, -1, 0, -1];
  for (let at = first[offer]!; at < first[offer + 1]!; at += 1) {
    const arc = arcs[at]!;
    someHalfDay |= problem.arcs.halfDays[arc]!;
    everyHalfDay &= problem.arcs.halfDays[arc]!;
    someWay |= problem.arcs.ways[arc]!;
    everyWay &= problem.arcs.ways[arc]!;
  }
  // A bit that all share leaves nobody out: no other one need be tried.
  const distinct = (bits: readonly number[], some: number, every: number): readonly number[] => {
    const shared = bits.find((bit) => (every & bit) !== 0);
    return shared === undefined ? bits.filter((bit) => (some & bit) !== 0) : [shared];
  };
  const days = distinct(halfDays, someHalfDay, everyHalfDay);
  return distinct(ways, someWay, everyWay).flatMap((way) => days.map((halfDay) => ({ halfDay, way })));
};

/** The best group of `smallest` to `largest` on this half-day, this way; null where too few could come. */
export const groupGain = (
  { problem }: Pick<Margins, 'problem'>,
  gainful: readonly Gainful[],
  { offer, halfDay, way }: Pick<Prospect, 'offer' | 'halfDay' | 'way'>,
): Prospect | null => {
  const { arcs, offers } = problem;
  const { learner } = problem.requests;
  const requests: number[] = [];
  let [size, gain] = [0, 0];
  for (const { arc, request, margin } of gainful) {
    if (size === offers.largest[offer] || (margin <= 0 && size >= offers.smallest[offer]!)) break;
    if ((arcs.halfDays[arc]! & halfDay) === 0 || (arcs.ways[arc]! & way) === 0) continue;
    // A learner sits in a group once: by the request that gains most.
    if (requests.some((other) => learner[other] === learner[request])) continue;
    size += 1;
    gain += margin;
    requests.push(request);
  }
  return size > 0 && size >= offers.smallest[offer]! ? { offer, halfDay, way, gain, requests } : null;
};

/** The best group of this offer; null where none gains. */
export const bestGroup = (margins: Margins, offer: number, gainful: readonly Gainful[] = gainfulArcs(margins, offer)): Prospect | null => {
  let best: Prospect | null = null;
  for (const meeting of meetings(margins, offer)) {
    const group = groupGain(margins, gainful, { offer, ...meeting });
    if (group && group.gain > 0 && (best === null || group.gain > best.gain)) best = group;
  }
  return best;
};

/** The most that 1, 2, … groups of an offer gain one more: never less than the truth, and falling. */
const groupGains = (margins: Margins, offer: number, capacity: number): readonly number[] => {
  const gainful = gainfulArcs(margins, offer);
  const one = bestGroup(margins, offer, gainful)?.gain ?? 0;
  const largest = margins.problem.offers.largest[offer]!;
  const gains: number[] = [];
  let [sum, upTo] = [0, 0];
  for (let groups = 1; groups <= capacity && one > 0; groups += 1) {
    for (let at = (groups - 1) * largest; at < groups * largest; at += 1) upTo += Math.max(0, gainful[at]?.margin ?? 0);
    const most = Math.min(groups * one, upTo);
    gains.push(most - sum);
    sum = most;
  }
  return gains;
};

/** Of a giver's requests for one-to-one exchanges the most gainful, each once. */
export const singleGains = (margins: Margins, giver: number): readonly number[] => {
  const { problem, byOffer } = margins;
  const capacity = problem.givers.capacity[giver]!;
  if (capacity === 0) return [];
  const best: { request: number; margin: number }[] = [];
  for (let each = byOffer.firstOffer[giver]!; each < byOffer.firstOffer[giver + 1]!; each += 1) {
    const offer = byOffer.offers[each]!;
    if (problem.offers.largest[offer]! > 1) continue;
    for (let at = byOffer.first[offer]!; at < byOffer.first[offer + 1]!; at += 1) {
      const margin = marginAt(margins, at);
      if (margin <= 0 || (best.length === capacity && margin <= best.at(-1)!.margin)) continue;
      keep(best, { request: byOffer.request[at]!, margin }, capacity);
    }
  }
  return best.map(({ margin }) => margin);
};

const keep = (best: { request: number; margin: number }[], one: { request: number; margin: number }, capacity: number): void => {
  const known = best.findIndex(({ request }) => request === one.request);
  if (known >= 0) {
    if (best[known]!.margin >= one.margin) return;
    best.splice(known, 1);
  }
  const at = best.findIndex(({ margin }) => margin < one.margin);
  best.splice(at < 0 ? best.length : at, 0, one);
  if (best.length > capacity) best.pop();
};

/** The offers by which a giver holds groups. */
export const groupOffers = ({ problem, byOffer }: Pick<Margins, 'problem' | 'byOffer'>, giver: number): readonly number[] =>
  Array.from(byOffer.offers.subarray(byOffer.firstOffer[giver], byOffer.firstOffer[giver + 1])).filter(
    (offer) => problem.offers.largest[offer]! > 1,
  );

/** Never less than what a giver's best groups, within their capacity, would gain; without group offers exactly that. */
export const mostGain = (margins: Margins, giver: number): number => {
  const { capacity, engaged, loadCost } = margins.problem.givers;
  const groups = groupOffers(margins, giver).flatMap((offer) => groupGains(margins, offer, capacity[giver]!));
  const gains = [...groups, ...singleGains(margins, giver)].sort((a, b) => b - a).slice(0, capacity[giver]);
  return gains.reduce((sum, gain, index) => sum + Math.max(0, gain - loadCost * (engaged[giver]! + index)), 0);
};
