import { hardGates, keptGates, type KeptGates } from './bending/bends';
import { tenThousandths, waitedDays, waitingFit } from './fit';
import type { RoundPolicy } from './matcher';
import { pairsOf, type Pairs } from './pairs';
import type { OfferInput, RequestInput, RoundInputs } from './round-inputs';
import { topicsMet, type TopicsMet } from './topics-met';
import { drawn, numbering, sideOf, type Numberings, type Side } from './sides';

/** Values by key, chained in one column: those of key k are `values[first[k]]` up to, without, `values[first[k + 1]]`. */
export interface Grouped {
  readonly first: Int32Array;
  readonly values: Int32Array;
}

/** A round's inputs, in columns, indexed. Offers of unavailable members are not in it (R16). */
export interface Market {
  readonly offers: readonly OfferInput[];
  readonly requests: readonly RequestInput[];
  /** What the policy keeps and bends. */
  readonly kept: KeptGates;
  readonly offer: Side;
  readonly request: Side;
  readonly available: Uint8Array;
  /** By request, how long it has waited, in ten-thousandths of what counts as long. */
  readonly waiting: Int32Array;
  /** By request, in days. */
  readonly waitedDays: Int32Array;
  readonly members: number;
  /** By member: places left before the round (R11), and engagements there are. */
  readonly places: Int32Array;
  readonly engaged: Int32Array;
  /** Topics that may meet a topic. */
  readonly met: TopicsMet;
  /** Offers on a topic. */
  readonly onTopic: Grouped;
  /** Topics that a member offers, and those that they seek while available. */
  readonly offered: Grouped;
  readonly sought: Grouped;
  /** By topic: whether anybody available seeks it. */
  readonly wanted: Uint8Array;
  readonly forbidden: Pairs;
  readonly resting: Pairs;
  readonly metBefore: Pairs;
}

/** Visits the offers on a topic, and on those that may meet it. */
export const eachOfferFor = ({ met, onTopic }: Market, wanted: number, visit: (given: number) => void): void => {
  for (let at = met.first[wanted]!; at < met.first[wanted + 1]!; at += 1) {
    const topic = met.values[at]!;
    for (let one = onTopic.first[topic]!; one < onTopic.first[topic + 1]!; one += 1) visit(onTopic.values[one]!);
  }
};

/** Counting sort: `values` in their order, by key. */
export const grouped = (keys: Int32Array, values: Int32Array, count: number): Grouped => {
  const first = new Int32Array(count + 1);
  for (const key of keys) first[key + 1]! += 1;
  for (let key = 0; key < count; key += 1) first[key + 1]! += first[key]!;
  const next = first.slice();
  const sorted = new Int32Array(keys.length);
  keys.forEach((key, index) => {
    sorted[next[key]!++] = values[index]!;
  });
  return { first, values: sorted };
};

const range = (count: number): Int32Array => Int32Array.from({ length: count }, (_, index) => index);

const engagements = (inputs: RoundInputs, { members }: Numberings, defaultCapacity: number): Pick<Market, 'places' | 'engaged'> => {
  const places = new Int32Array(members.size()).fill(defaultCapacity);
  const engaged = new Int32Array(members.size());
  for (const { memberId, openEngagements, capacity } of inputs.givers) {
    places[members.of(memberId)] = Math.max(0, capacity - openEngagements);
    engaged[members.of(memberId)] = openEngagements;
  }
  return { places, engaged };
};

const pairsAmong = (inputs: RoundInputs, { members }: Numberings): Pick<Market, 'forbidden' | 'resting' | 'metBefore'> => {
  const numbered = (pairs: readonly (readonly [string, string])[]): Pairs =>
    pairsOf(pairs.map(([one, other]) => [members.of(one), members.of(other)]));
  const resting = inputs.pairs.filter(({ restUntil }) => restUntil !== null && restUntil > inputs.asOf);
  return {
    forbidden: numbered(inputs.forbiddenPairs),
    resting: numbered(resting.map(({ members: pair }) => pair)),
    metBefore: numbered(inputs.pairs.filter((pair) => pair.metBefore).map(({ members: pair }) => pair)),
  };
};

const topicsOfMembers = (offer: Side, request: Side, available: Uint8Array, { members, topics }: Numberings) => {
  const seeking = range(request.topic.length).filter((each) => available[each] === 1);
  const wanted = new Uint8Array(topics.size());
  for (const each of seeking) wanted[request.topic[each]!] = 1;
  const of = (column: Int32Array): Int32Array => seeking.map((each) => column[each]!);
  return {
    offered: grouped(offer.member, offer.topic, members.size()),
    sought: grouped(of(request.member), of(request.topic), members.size()),
    wanted,
  };
};

/** Offers and requests are numbered in the order of the draw, members as they appear in them: no order of the inputs' lists is seen (R18). */
export const marketOf = (inputs: RoundInputs, { defaultCapacity, gates = hardGates }: RoundPolicy, seed: number): Market => {
  const [members, topics, languages, sites, uris] = [numbering(), numbering(), numbering(), numbering(), numbering()];
  const numbers: Numberings = { members, topics, languages, sites, uris };
  const unavailable = new Set<string>(inputs.unavailable);
  const offers = drawn(
    inputs.offers.filter(({ memberId }) => !unavailable.has(memberId)),
    seed,
    ({ offerId }) => offerId,
  );
  const requests = drawn(inputs.requests, seed, ({ requestId }) => requestId);
  const [offer, request] = [sideOf(offers, numbers), sideOf(requests, numbers)];
  const available = Uint8Array.from(requests, ({ memberId }) => (unavailable.has(memberId) ? 0 : 1));
  for (const { memberId } of inputs.givers) members.of(memberId);
  const pairs = pairsAmong(inputs, numbers);
  const asOf = Date.parse(inputs.asOf);
  return {
    ...{ kept: keptGates(gates), offers, requests, offer, request, available, ...pairs },
    ...engagements(inputs, numbers, defaultCapacity),
    ...topicsOfMembers(offer, request, available, numbers),
    waiting: Int32Array.from(requests, ({ openSince }) => tenThousandths(waitingFit(asOf - Date.parse(openSince)))),
    waitedDays: Int32Array.from(requests, ({ openSince }) => waitedDays(asOf - Date.parse(openSince))),
    members: members.size(),
    met: topicsMet(inputs.near ?? [], topics),
    onTopic: grouped(offer.topic, range(offers.length), topics.size()),
  };
};
