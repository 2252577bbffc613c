import { isPair } from '#matching/pairs';
import { eligible } from '#matching/gates';
import { commonPlaces, gateOf, offersFor } from './eligibility';
import { type Bucket, type Market, type OfferSide, type RequestSide } from './market';
import { compare } from '#matching/round-inputs';
import { scoreAt } from './score';
import { mix } from '#matching/seeded-hash';

/** One giver with the learners placed so far; half-days and ways to meet are what all of them share. */
export interface Group {
  readonly offer: OfferSide;
  readonly requests: RequestSide[];
  halfDays: number;
  places: number;
}

export interface Assignment {
  readonly groups: readonly Group[];
  /** Offers that could not fill their smallest group this round. */
  readonly unfilled: ReadonlySet<number>;
}

interface AssignmentState {
  readonly market: Market;
  readonly groups: Map<number, Group[]>;
  readonly unfilled: Set<number>;
  readonly placesLeft: number[];
  /** By learner, the givers whom they were brought together with in this round. */
  readonly taken: Map<number, Set<number>>;
  readonly placed: Set<number>;
  /** By offer, how many of its groups are not full: kept so that full offers, the most of them in the end, are passed over fast. */
  readonly unfull: Int32Array;
}

const canJoin = ({ market }: AssignmentState, group: Group, request: RequestSide): boolean =>
  group.requests.length < group.offer.input.largestGroup &&
  (group.halfDays & request.halfDays) !== 0 &&
  (group.places & commonPlaces(group.offer, request)) !== 0 &&
  group.requests.every(({ member }) => !isPair(market.forbidden, member, request.member));

const openGroup = (state: AssignmentState, offer: OfferSide, request: RequestSide): Group | null =>
  state.groups.get(offer.index)?.find((group) => canJoin(state, group, request)) ?? null;

/** R11: a group counts once, so joining one takes no place of its giver. */
const hasRoom = (state: AssignmentState, offer: OfferSide, request: RequestSide): boolean => {
  if (state.taken.get(request.member)?.has(offer.member)) return false;
  const mayStart = (state.placesLeft[offer.member] ?? 0) > 0 && !state.unfilled.has(offer.index);
  return mayStart || openGroup(state, offer, request) !== null;
};

const load = ({ market, placesLeft }: AssignmentState, member: number): number =>
  (market.engaged[member] ?? 0) + (market.places[member] ?? 0) - (placesLeft[member] ?? 0);

/** The better fit; between equals the giver who is asked less; then the draw. */
const isBetter = (state: AssignmentState, request: RequestSide, one: OfferSide, other: OfferSide): boolean => {
  const asked = load(state, one.member) - load(state, other.member);
  if (asked !== 0) return asked < 0;
  const [drawn, drawnOther] = [mix(one.draw ^ request.draw), mix(other.draw ^ request.draw)];
  return drawn === drawnOther ? one.index < other.index : drawn < drawnOther;
};

const isFull = (state: AssignmentState, bucket: Bucket, at: number): boolean =>
  (state.placesLeft[bucket.member[at] ?? 0] ?? 0) === 0 && state.unfull[bucket.index[at] ?? 0] === 0;

const countUnfull = (state: AssignmentState, { index, input }: OfferSide): void => {
  state.unfull[index] = (state.groups.get(index) ?? []).filter(({ requests }) => requests.length < input.largestGroup).length;
};

const bestOffer = (state: AssignmentState, request: RequestSide): OfferSide | null => {
  let best: OfferSide | null = null;
  let bestScore = -1;
  const bucket = offersFor(state.market, request);
  for (let at = 0; at < bucket.offers.length; at += 1) {
    if (isFull(state, bucket, at) || gateOf(state.market, bucket, at, request) !== eligible) continue;
    const score = scoreAt(bucket, at, request);
    if (score < bestScore) continue;
    const offer = bucket.offers[at];
    if (!offer || !hasRoom(state, offer, request)) continue;
    if (best === null || score > bestScore || isBetter(state, request, offer, best)) {
      best = offer;
      bestScore = score;
    }
  }
  return best;
};

const place = (state: AssignmentState, offer: OfferSide, request: RequestSide): void => {
  const common = commonPlaces(offer, request);
  const joined = openGroup(state, offer, request);
  if (joined) {
    joined.requests.push(request);
    joined.halfDays &= request.halfDays;
    joined.places &= common;
  } else {
    const started: Group = { offer, requests: [request], halfDays: offer.halfDays & request.halfDays, places: common };
    state.groups.set(offer.index, [...(state.groups.get(offer.index) ?? []), started]);
    state.placesLeft[offer.member] = (state.placesLeft[offer.member] ?? 0) - 1;
  }
  state.taken.set(request.member, (state.taken.get(request.member) ?? new Set()).add(offer.member));
  state.placed.add(request.index);
  countUnfull(state, offer);
};

const dissolve = (state: AssignmentState, { offer, requests }: Group): void => {
  state.placesLeft[offer.member] = (state.placesLeft[offer.member] ?? 0) + 1;
  for (const { member, index } of requests) {
    state.taken.get(member)?.delete(offer.member);
    state.placed.delete(index);
  }
};

/**
 * R10: a group below its offer's smallest is dissolved; its learners, and its giver's place, are free for others.
 * Answers the topics in which there is something to do again: those of the givers set free, and of the learners.
 */
const dissolveSmallGroups = (state: AssignmentState): ReadonlySet<string> => {
  const topics = new Set<string>();
  for (const [index, groups] of state.groups) {
    const small = groups.filter(({ offer, requests }) => requests.length < offer.input.smallestGroup);
    if (small.length === 0) continue;
    state.unfilled.add(index);
    state.groups.set(
      index,
      groups.filter((group) => !small.includes(group)),
    );
    for (const group of small) {
      dissolve(state, group);
      countUnfull(state, group.offer);
      state.market.offered.get(group.offer.member)?.forEach((topic) => topics.add(topic));
    }
  }
  return topics;
};

const countChoices = (market: Market, request: RequestSide): number => {
  const bucket = offersFor(market, request);
  let count = 0;
  for (let at = 0; at < bucket.offers.length; at += 1) if (gateOf(market, bucket, at, request) === eligible) count += 1;
  return count;
};

/** The request with the fewest offers first, then the one that waits longest, then the draw. */
const inTurn = (market: Market): readonly RequestSide[] => {
  const choices = market.requests.map((request) => (request.available ? countChoices(market, request) : 0));
  const choicesOf = ({ index }: RequestSide): number => choices[index] ?? 0;
  return market.requests
    .filter((request) => choicesOf(request) > 0)
    .sort((a, b) => choicesOf(a) - choicesOf(b) || compare(a.input.openSince, b.input.openSince) || a.draw - b.draw || a.index - b.index);
};

/** Each request in turn takes the best offer left. Passes end when no group is below its smallest: each pass rules out one offer at least. */
export const assign = (market: Market): Assignment => {
  const state: AssignmentState = {
    market,
    groups: new Map(),
    unfilled: new Set(),
    placesLeft: [...market.places],
    taken: new Map(),
    placed: new Set(),
    unfull: new Int32Array(market.offers.length),
  };
  const all = inTurn(market);
  let turns = all;
  while (turns.length > 0) {
    for (const request of turns) {
      const offer = bestOffer(state, request);
      if (offer) place(state, offer, request);
    }
    const topics = dissolveSmallGroups(state);
    turns = all.filter(({ index, input }) => topics.has(input.topicKey) && !state.placed.has(index));
  }
  return { groups: [...state.groups.values()].flat(), unfilled: state.unfilled };
};
