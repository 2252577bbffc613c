import type { MemberId, OfferId, RequestId } from '#domain/ids';
import type { Bend, HalfDay, Language, Level, PlaceOfExchange } from '#domain/vocabulary';
import type { Instant } from '#kernel/id';

interface ContentInput {
  readonly memberId: MemberId;
  readonly topicUri: string | null;
  /** The topic's URI, or else an opaque key of the same wording, made elsewhere: a round reads no text. Same key, same topic. */
  readonly topicKey: string;
  readonly level: Level;
  readonly language: Language;
  readonly place: PlaceOfExchange;
  readonly site: string | null;
  /** Empty where the member named no half-day: any may do. */
  readonly availability: readonly HalfDay[];
  /** What its author will not have bent, whatever the policy; left out where there is nothing. */
  readonly firm?: readonly Bend[];
}

export interface OfferInput extends ContentInput {
  readonly offerId: OfferId;
  readonly smallestGroup: number;
  readonly largestGroup: number;
}

export interface RequestInput extends ContentInput {
  readonly requestId: RequestId;
  /** First publication: how long it has waited. */
  readonly openSince: Instant;
}

/** How much a giver is engaged already (R11). A giver without a line is not engaged and has the policy's capacity. */
export interface GiverInput {
  readonly memberId: MemberId;
  readonly openEngagements: number;
  readonly capacity: number;
}

/** What a pair has behind it; the order of the two says nothing. */
export interface PairInput {
  readonly members: readonly [MemberId, MemberId];
  /** R16: rounds leave it alone until then. */
  readonly restUntil: Instant | null;
  readonly metBefore: boolean;
}

/** Two topics that are the same though written otherwise (0 steps), or near: the lesser key first, in each order of the list. */
export interface NearTopicsInput {
  readonly topics: readonly [string, string];
  /** Through broader and narrower topics. */
  readonly steps: number;
}

/**
 * The frozen inputs of a round, all that a matcher may read: no trait of a person, no grade (R17).
 * Lists may come in any order; ids are unique in each.
 */
export interface RoundInputs {
  readonly asOf: Instant;
  /** Published ones. */
  readonly offers: readonly OfferInput[];
  /** Open ones: published, not matched. */
  readonly requests: readonly RequestInput[];
  readonly givers: readonly GiverInput[];
  readonly pairs: readonly PairInput[];
  readonly forbiddenPairs: readonly (readonly [MemberId, MemberId])[];
  /** R16: paused, suspended or left. */
  readonly unavailable: readonly MemberId[];
  /** Which topics may meet though their keys differ, as far as the policy goes; left out where none do. */
  readonly near?: readonly NearTopicsInput[];
}

/** Plain comparison of code units: the same on any machine, whatever its language. */
export const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const sortedBy = <Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] =>
  items
    .map((item) => ({ item, key: key(item) }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ item }) => item);

const content = (input: ContentInput): ContentInput => ({
  memberId: input.memberId,
  topicUri: input.topicUri,
  topicKey: input.topicKey,
  level: input.level,
  language: input.language,
  place: input.place,
  site: input.site,
  availability: [...new Set(input.availability)].sort(compare),
  ...(input.firm && input.firm.length > 0 ? { firm: [...new Set(input.firm)].sort(compare) } : {}),
});

const ordered = ([one, other]: readonly [MemberId, MemberId]): readonly [MemberId, MemberId] =>
  one <= other ? [one, other] : [other, one];

const nearInOrder = (near: readonly NearTopicsInput[]): readonly NearTopicsInput[] =>
  sortedBy(
    near.map(({ topics: [one, other], steps }): NearTopicsInput => ({ topics: one <= other ? [one, other] : [other, one], steps })),
    ({ topics }) => topics.join(' '),
  );

/**
 * The inputs in their one canonical form: lists sorted by id, pairs in order, the named fields and no other (R17, R18).
 * Its canonical JSON is what a round's input hash is taken of, on any machine: `sha256(canonicalJson(hashableInputs(inputs)))`.
 */
export const hashableInputs = (inputs: RoundInputs): RoundInputs => ({
  asOf: inputs.asOf,
  offers: sortedBy(inputs.offers, ({ offerId }) => offerId).map((offer) => {
    const { offerId, smallestGroup, largestGroup } = offer;
    return { offerId, ...content(offer), smallestGroup, largestGroup };
  }),
  requests: sortedBy(inputs.requests, ({ requestId }) => requestId).map((request) => {
    const { requestId, openSince } = request;
    return { requestId, ...content(request), openSince };
  }),
  givers: sortedBy(inputs.givers, ({ memberId }) => memberId).map(({ memberId, openEngagements, capacity }) => ({
    memberId,
    openEngagements,
    capacity,
  })),
  pairs: sortedBy(
    inputs.pairs.map(({ members, restUntil, metBefore }) => ({ members: ordered(members), restUntil, metBefore })),
    ({ members }) => members.join(' '),
  ),
  forbiddenPairs: sortedBy(inputs.forbiddenPairs.map(ordered), (pair) => pair.join(' ')),
  unavailable: [...new Set(inputs.unavailable)].sort(compare),
  ...(inputs.near && inputs.near.length > 0 ? { near: nearInOrder(inputs.near) } : {}),
});
