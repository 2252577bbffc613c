import type { Policy } from '#domain/network/policy';
import { halfDayBits, levelNumber, placeBits, waitingFit } from './fit';
import type { OfferInput, RequestInput, RoundInputs } from './round-inputs';
import { seededHash } from './seeded-hash';

interface Side {
  /** Numbers stand for member, language and site, so that millions of pairs compare fast. */
  readonly member: number;
  readonly level: number;
  readonly language: number;
  readonly places: number;
  /** 0 for none. */
  readonly site: number;
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

export type Pairs = readonly (ReadonlySet<number> | undefined)[];

export const isPair = (pairs: Pairs, one: number, other: number): boolean => pairs[one]?.has(other) ?? false;

const pairsOf = (pairs: readonly (readonly [number, number])[]): Pairs => {
  const all: (Set<number> | undefined)[] = [];
  const add = (one: number, other: number): void => {
    all[one] = (all[one] ?? new Set()).add(other);
  };
  for (const [one, other] of pairs) {
    add(one, other);
    add(other, one);
  }
  return all;
};

/** Numbers texts from 0, in order of appearance. */
const numbering = (): { readonly of: (text: string) => number; readonly size: () => number } => {
  const numbers = new Map<string, number>();
  const of = (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
  return { of, size: () => numbers.size };
};

/** A round's inputs, indexed. Offers of unavailable members are not in it (R16). */
export interface Market {
  readonly offers: readonly OfferSide[];
  readonly requests: readonly RequestSide[];
  readonly offersByTopic: ReadonlyMap<string, readonly OfferSide[]>;
  /** Places left by giver, before the round (R11). */
  readonly places: readonly number[];
  readonly engaged: readonly number[];
  /** By member, who stands in such a pair with them. */
  readonly forbidden: Pairs;
  readonly resting: Pairs;
  readonly metBefore: Pairs;
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

const numberedSides = (inputs: RoundInputs, members: (memberId: string) => number, seed: number) => {
  const [sites, languages] = [numbering(), numbering()];
  const side = (input: OfferInput | RequestInput, id: string): Side => ({
    member: members(input.memberId),
    level: levelNumber(input.level),
    language: languages.of(input.language),
    places: placeBits(input.place),
    site: input.site === null ? 0 : sites.of(input.site) + 1,
    halfDays: halfDayBits(input.availability),
    draw: seededHash(seed, id),
  });
  const unavailable = new Set<string>(inputs.unavailable);
  const asOf = Date.parse(inputs.asOf);
  const offers = inputs.offers
    .filter(({ memberId }) => !unavailable.has(memberId))
    .map((input, index): OfferSide => ({ ...side(input, input.offerId), index, input }));
  const requests = inputs.requests.map((input, index): RequestSide => {
    const waiting = waitingFit(asOf - Date.parse(input.openSince));
    return { ...side(input, input.requestId), index, input, waiting, available: !unavailable.has(input.memberId) };
  });
  return { offers, requests };
};

const topicsBy = (size: number, sides: readonly (OfferSide | RequestSide)[]): readonly (readonly string[])[] => {
  const topics = Array.from({ length: size }, (): string[] => []);
  for (const { member, input } of sides) topics[member]?.push(input.topicKey);
  return topics;
};

/** `inputs` in canonical form (`hashableInputs`). */
export const marketOf = (inputs: RoundInputs, { defaultCapacity }: Pick<Policy, 'defaultCapacity'>, seed: number): Market => {
  const members = numbering();
  const numbered = (pairs: readonly (readonly [string, string])[]): Pairs =>
    pairsOf(pairs.map(([one, other]) => [members.of(one), members.of(other)]));
  const { offers, requests } = numberedSides(inputs, members.of, seed);
  const forbidden = numbered(inputs.forbiddenPairs);
  const resting = numbered(
    inputs.pairs.filter(({ restUntil }) => restUntil !== null && restUntil > inputs.asOf).map(({ members: pair }) => pair),
  );
  const metBefore = numbered(inputs.pairs.filter((pair) => pair.metBefore).map(({ members: pair }) => pair));
  const givers = inputs.givers.map((giver) => ({ ...giver, member: members.of(giver.memberId) }));
  const places = new Array<number>(members.size()).fill(defaultCapacity);
  const engaged = new Array<number>(members.size()).fill(0);
  for (const { member, openEngagements, capacity } of givers) {
    places[member] = Math.max(0, capacity - openEngagements);
    engaged[member] = openEngagements;
  }
  const sought = topicsBy(
    members.size(),
    requests.filter(({ available }) => available),
  );
  return {
    offers,
    requests,
    offersByTopic: grouped(offers, ({ input }) => input.topicKey),
    places,
    engaged,
    forbidden,
    resting,
    metBefore,
    offered: topicsBy(members.size(), offers),
    sought,
    soughtBySomebody: new Set(sought.flat()),
  };
};
