import type { Policy } from '#domain/network/policy';
import { halfDayBits, levelNumber, placeBits, waitingFit } from '#matching/fit';
import { pairsOf, type Pairs } from '#matching/pairs';
import type { OfferInput, RequestInput, RoundInputs } from '#matching/round-inputs';
import { seededHash } from '#matching/seeded-hash';
import { numbering } from '#matching/sides';

interface Side {
  /** Numbers stand for member, language and site, so that millions of pairs compare fast. */
  readonly member: number;
  readonly level: number;
  readonly language: number;
  readonly places: number;
  /** 0 for none. */
  readonly site: number;
  readonly halfDays: number;
  /** The topic's URI; 0 for none. */
  readonly uri: number;
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
  /** For each topic that the author offers, who seeks it: for reciprocity. */
  readonly wantedBy: readonly ReadonlySet<number>[];
}

/** The offers on one topic; what the gates read lies in columns, for millions of pairs pass them. */
export interface Bucket {
  readonly offers: readonly OfferSide[];
  readonly index: Int32Array;
  readonly member: Int32Array;
  readonly level: Int32Array;
  readonly language: Int32Array;
  readonly places: Int32Array;
  readonly site: Int32Array;
  readonly halfDays: Int32Array;
  readonly uri: Int32Array;
}

type Topics = ReadonlyMap<number, readonly string[]>;

/** A round's inputs, indexed. Offers of unavailable members are not in it (R16). */
export interface Market {
  readonly offers: readonly OfferSide[];
  readonly requests: readonly RequestSide[];
  readonly buckets: ReadonlyMap<string, Bucket>;
  /** Places left by giver, before the round (R11). */
  readonly places: readonly number[];
  readonly engaged: readonly number[];
  /** By member, who stands in such a pair with them. */
  readonly forbidden: Pairs;
  readonly resting: Pairs;
  readonly metBefore: Pairs;
  /** Topics that a member offers. */
  readonly offered: Topics;
}

const grouped = <Item, Key>(items: readonly Item[], key: (item: Item) => Key): Map<Key, Item[]> => {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
};

export const bucketOf = (offers: readonly OfferSide[]): Bucket => {
  const column = (value: (offer: OfferSide) => number): Int32Array => Int32Array.from(offers, value);
  return {
    offers,
    index: column(({ index }) => index),
    member: column(({ member }) => member),
    level: column(({ level }) => level),
    language: column(({ language }) => language),
    places: column(({ places }) => places),
    site: column(({ site }) => site),
    halfDays: column(({ halfDays }) => halfDays),
    uri: column(({ uri }) => uri),
  };
};

type SideOf = (input: OfferInput | RequestInput, id: string) => Side;

const numberedSides = (members: (memberId: string) => number, seed: number): SideOf => {
  const [sites, languages, uris] = [numbering(), numbering(), numbering()];
  return (input, id) => ({
    member: members(input.memberId),
    level: levelNumber(input.level),
    language: languages.of(input.language),
    places: placeBits(input.place),
    site: input.site === null ? 0 : sites.of(input.site) + 1,
    halfDays: halfDayBits(input.availability),
    uri: input.topicUri === null ? 0 : uris.of(input.topicUri) + 1,
    draw: seededHash(seed, id),
  });
};

const topicsBy = (sides: readonly (Side & { readonly input: OfferInput })[]): Topics =>
  new Map([...grouped(sides, ({ member }) => member)].map(([member, own]) => [member, own.map(({ input }) => input.topicKey)]));

const requestSides = (inputs: RoundInputs, side: SideOf, offered: Topics): readonly RequestSide[] => {
  const unavailable = new Set<string>(inputs.unavailable);
  const asOf = Date.parse(inputs.asOf);
  const sides = inputs.requests.map((input) => ({ ...side(input, input.requestId), input, available: !unavailable.has(input.memberId) }));
  const seekers = new Map(
    [...grouped(sides, ({ input }) => input.topicKey)].map(([topic, all]) => [
      topic,
      new Set(all.filter(({ available }) => available).map(({ member }) => member)),
    ]),
  );
  return sides.map((each, index) => {
    const wanted = (offered.get(each.member) ?? []).map((topic) => seekers.get(topic));
    const waiting = waitingFit(asOf - Date.parse(each.input.openSince));
    return { ...each, index, waiting, wantedBy: wanted.flatMap((who) => (who && who.size > 0 ? [who] : [])) };
  });
};

/** `inputs` in canonical form (`hashableInputs`). */
export const marketOf = (inputs: RoundInputs, { defaultCapacity }: Pick<Policy, 'defaultCapacity'>, seed: number): Market => {
  const members = numbering();
  const numbered = (pairs: readonly (readonly [string, string])[]): Pairs =>
    pairsOf(pairs.map(([one, other]) => [members.of(one), members.of(other)]));
  const unavailable = new Set<string>(inputs.unavailable);
  const side = numberedSides(members.of, seed);
  const offers = inputs.offers
    .filter(({ memberId }) => !unavailable.has(memberId))
    .map((input, index): OfferSide => ({ ...side(input, input.offerId), index, input }));
  const offered = topicsBy(offers);
  const requests = requestSides(inputs, side, offered);
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
  const buckets = new Map([...grouped(offers, ({ input }) => input.topicKey)].map(([topic, all]) => [topic, bucketOf(all)]));
  return { offers, requests, buckets, places, engaged, forbidden, resting, metBefore, offered };
};
