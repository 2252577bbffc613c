import { commonPlaces, eligible, gateOf, offersFor } from './eligibility';
import type { Market, OfferSide, RequestSide } from './market';
import { pairScore } from './score';
import { mix } from './seeded-hash';

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

interface Board {
  readonly market: Market;
  readonly groups: Map<number, Group[]>;
  readonly unfilled: Set<number>;
  readonly placesLeft: number[];
  /** Giver and learner already brought together in this round, in these roles. */
  readonly taken: Set<number>;
  readonly placed: Set<number>;
}

const roleKey = ({ market }: Board, giver: number, learner: number): number => giver * market.places.length + learner;

const canJoin = ({ market }: Board, group: Group, request: RequestSide): boolean =>
  group.requests.length < group.offer.input.largestGroup &&
  (group.halfDays & request.halfDays) !== 0 &&
  (group.places & commonPlaces(group.offer, request)) !== 0 &&
  group.requests.every(({ member }) => !market.forbidden.has(market.pairKey(member, request.member)));

const openGroup = (board: Board, offer: OfferSide, request: RequestSide): Group | null =>
  board.groups.get(offer.index)?.find((group) => canJoin(board, group, request)) ?? null;

/** R11: a group counts once, so joining one takes no place of its giver. */
const hasRoom = (board: Board, offer: OfferSide, request: RequestSide): boolean => {
  if (board.taken.has(roleKey(board, offer.member, request.member))) return false;
  const mayStart = (board.placesLeft[offer.member] ?? 0) > 0 && !board.unfilled.has(offer.index);
  return mayStart || openGroup(board, offer, request) !== null;
};

const load = ({ market, placesLeft }: Board, member: number): number =>
  (market.engaged[member] ?? 0) + (market.places[member] ?? 0) - (placesLeft[member] ?? 0);

/** The better fit; between equals the giver who is asked less; then the draw. */
const isBetter = (board: Board, request: RequestSide, one: OfferSide, other: OfferSide): boolean => {
  const asked = load(board, one.member) - load(board, other.member);
  if (asked !== 0) return asked < 0;
  const [drawn, drawnOther] = [mix(one.draw ^ request.draw), mix(other.draw ^ request.draw)];
  return drawn === drawnOther ? one.index < other.index : drawn < drawnOther;
};

const bestOffer = (board: Board, request: RequestSide): OfferSide | null => {
  let best: OfferSide | null = null;
  let bestScore = -1;
  for (const offer of offersFor(board.market, request)) {
    if (gateOf(board.market, offer, request) !== eligible || !hasRoom(board, offer, request)) continue;
    const score = pairScore(board.market, offer, request);
    if (score > bestScore || (best && score === bestScore && isBetter(board, request, offer, best))) {
      best = offer;
      bestScore = score;
    }
  }
  return best;
};

const place = (board: Board, offer: OfferSide, request: RequestSide): void => {
  const common = commonPlaces(offer, request);
  const joined = openGroup(board, offer, request);
  if (joined) {
    joined.requests.push(request);
    joined.halfDays &= request.halfDays;
    joined.places &= common;
  } else {
    const started: Group = { offer, requests: [request], halfDays: offer.halfDays & request.halfDays, places: common };
    board.groups.set(offer.index, [...(board.groups.get(offer.index) ?? []), started]);
    board.placesLeft[offer.member] = (board.placesLeft[offer.member] ?? 0) - 1;
  }
  board.taken.add(roleKey(board, offer.member, request.member));
  board.placed.add(request.index);
};

/** R10: a group below its offer's smallest is dissolved, and its learners are free for others. Answers whether one was. */
const dissolveSmallGroups = (board: Board): boolean => {
  let dissolved = false;
  for (const [index, groups] of board.groups) {
    const small = groups.filter(({ offer, requests }) => requests.length < offer.input.smallestGroup);
    if (small.length === 0) continue;
    dissolved = true;
    board.unfilled.add(index);
    board.groups.set(
      index,
      groups.filter((group) => !small.includes(group)),
    );
    for (const { offer, requests } of small) {
      board.placesLeft[offer.member] = (board.placesLeft[offer.member] ?? 0) + 1;
      for (const { member, index: request } of requests) {
        board.taken.delete(roleKey(board, offer.member, member));
        board.placed.delete(request);
      }
    }
  }
  return dissolved;
};

/** The request with the fewest offers first, then the one that waits longest, then the draw. */
const inTurn = (market: Market): readonly RequestSide[] => {
  const choices = new Map(
    market.requests.map((request) => [
      request.index,
      request.available ? offersFor(market, request).filter((offer) => gateOf(market, offer, request) === eligible).length : 0,
    ]),
  );
  const choicesOf = ({ index }: RequestSide): number => choices.get(index) ?? 0;
  const older = (a: RequestSide, b: RequestSide): number =>
    a.input.openSince === b.input.openSince ? 0 : a.input.openSince < b.input.openSince ? -1 : 1;
  return market.requests
    .filter((request) => choicesOf(request) > 0)
    .sort((a, b) => choicesOf(a) - choicesOf(b) || older(a, b) || a.draw - b.draw || a.index - b.index);
};

/** Each request in turn takes the best offer left. Passes end when no group is below its smallest: each pass rules out one offer at least. */
export const assign = (market: Market): Assignment => {
  const board: Board = {
    market,
    groups: new Map(),
    unfilled: new Set(),
    placesLeft: [...market.places],
    taken: new Set(),
    placed: new Set(),
  };
  const turns = inTurn(market);
  do {
    for (const request of turns) {
      if (board.placed.has(request.index)) continue;
      const offer = bestOffer(board, request);
      if (offer) place(board, offer, request);
    }
  } while (dissolveSmallGroups(board));
  return { groups: [...board.groups.values()].flat(), unfilled: board.unfilled };
};
