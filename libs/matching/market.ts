import type { Policy } from '#domain/network/policy';
import { halfDayBits, levelNumber, placeBits, waitingFit } from './fit';
import type { OfferInput, RequestInput, RoundInputs } from './round-inputs';
import { seededHash } from './seeded-hash';

interface Side {
  /** Numbers stand for member, language and site, so that millions of pairs compare fast. */
  readonly member: number;
  readonly level: number;
  readonly language: string;
  readonly places: number;
  readonly site: string | null;
  readonly halfDays: number;
  readonly draw: number;
}
export interface OfferSide extends Side {
  readonly index: number;
  readonly input: OfferInput;
}
export interface RequestSide extends Side {
  readonly index: number;
  readonly input: RequestInput;
  readonly waiting: number;
  readonly available: boolean;
}

/** A round's inputs, indexed. Offers of unavailable members are not in it (R16). */
export interface Market {
  readonly offers: readonly OfferSide[];
  readonly requests: readonly RequestSide[];
  readonly offersByTopic: ReadonlyMap<string, readonly OfferSide[]>;
  /** Places left by giver, before the round (R11). */
  readonly places: readonly number[];
  readonly engaged: readonly number[];
  readonly pairKey: (one: number, other: number) => number;
  readonly forbidden: ReadonlySet<number>;
  readonly resting: ReadonlySet<number>;
  readonly metBefore: ReadonlySet<number>;
  /** Topics that a member offers, and that a member seeks: for reciprocity. */
  readonly offered: readonly (readonly string[])[];
  readonly sought: readonly (readonly string[])[];
  readonly soughtBySomebody: ReadonlySet<string>;
}

const grouped = <Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> => {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
};

/** `inputs` in canonical form (`hashableInputs`). */
export const marketOf = (inputs: RoundInputs, { defaultCapacity }: Pick<Policy, 'defaultCapacity'>, seed: number): Market => {
  const numbers = new Map<string, number>();
  const numberOf = (memberId: string): number => {
    const known = numbers.get(memberId);
    if (known !== undefined) return known;
    numbers.set(memberId, numbers.size);
    return numbers.size - 1;
  };
  const unavailable = new Set<string>(inputs.unavailable);
  const side = (input: OfferInput | RequestInput, id: string): Side => ({
    member: numberOf(input.memberId),
    level: levelNumber(input.level),
    language: input.language,
    places: placeBits(input.place),
    site: input.site,
    halfDays: halfDayBits(input.availability),
    draw: seededHash(seed, id),
  });
  const offers = inputs.offers
    .filter(({ memberId }) => !unavailable.has(memberId))
    .map((input, index): OfferSide => ({ ...side(input, input.offerId), index, input }));
  const asOf = Date.parse(inputs.asOf);
  const requests = inputs.requests.map((input, index): RequestSide => ({
    ...side(input, input.requestId),
    index,
    input,
    waiting: waitingFit(asOf - Date.parse(input.openSince)),
    available: !unavailable.has(input.memberId),
  }));
  for (const { members } of inputs.pairs) members.forEach(numberOf);
  for (const pair of inputs.forbiddenPairs) pair.forEach(numberOf);
  for (const { memberId } of inputs.givers) numberOf(memberId);

  const size = numbers.size;
  const pairKey = (one: number, other: number): number => (one < other ? one * size + other : other * size + one);
  const keysOf = (pairs: readonly (readonly [string, string])[]): Set<number> =>
    new Set(pairs.map(([one, other]) => pairKey(numberOf(one), numberOf(other))));
  const places = new Array<number>(size).fill(defaultCapacity);
  const engaged = new Array<number>(size).fill(0);
  for (const { memberId, openEngagements, capacity } of inputs.givers) {
    places[numberOf(memberId)] = Math.max(0, capacity - openEngagements);
    engaged[numberOf(memberId)] = openEngagements;
  }
  const offered = Array.from({ length: size }, (): string[] => []);
  for (const { member, input } of offers) offered[member]?.push(input.topicKey);
  const sought = Array.from({ length: size }, (): string[] => []);
  for (const { member, input, available } of requests) if (available) sought[member]?.push(input.topicKey);

  return {
    offers,
    requests,
    offersByTopic: grouped(offers, ({ input }) => input.topicKey),
    places,
    engaged,
    pairKey,
    forbidden: keysOf(inputs.forbiddenPairs),
    resting: keysOf(inputs.pairs.filter(({ restUntil }) => restUntil !== null && restUntil > inputs.asOf).map(({ members }) => members)),
    metBefore: keysOf(inputs.pairs.filter(({ metBefore }) => metBefore).map(({ members }) => members)),
    offered,
    sought,
    soughtBySomebody: new Set(sought.flat()),
  };
};
