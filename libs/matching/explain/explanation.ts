import type { MatchId, MemberId, OfferId, RequestId } from '#domain/ids';
import type { ScoreParts, UnmatchedReason } from '#domain/round/round.events';
import type { Language, Level } from '#domain/vocabulary';
import type { Instant } from '#kernel/id';
import type { Gap } from '../optimum/assignment-problem';

/** What policy or people could open. Language, forbidden pairs and a person's own offers are told, and never opened. */
export type OpenableGate = 'half-days' | 'place' | 'level' | 'capacity' | 'resting-pairs' | 'smallest-group';

export interface GateCost {
  readonly gate: OpenableGate;
  /** Requests that the same round serves more with this gate alone opened. */
  readonly more: number;
  /** The most that an unknown better round could serve more; equal to `more` where both rounds are proven. */
  readonly atMost: number;
}

/** A part of the score, or what came before the score, or why it did not decide. */
export type Decided =
  | Exclude<keyof ScoreParts, 'total'>
  | 'only-offer'
  | 'bends-less'
  | 'new-acquaintance'
  | 'needed-elsewhere'
  | 'starts-a-group'
  | 'load'
  | 'draw';

/** Somebody's offer. */
export interface Offered {
  readonly offerId: OfferId;
  readonly memberId: MemberId;
}

export interface Learning {
  readonly requestId: RequestId;
  readonly offerId: OfferId;
  readonly score: ScoreParts;
  /** The next-best offer of another giver that was open to this request. */
  readonly alternative: (Offered & { readonly score: ScoreParts }) | null;
  readonly decided: Decided;
}

/** Why these: one line for each learner of the match. */
export interface ProposalExplained {
  readonly matchId: MatchId;
  readonly learners: readonly Learning[];
}

/** A topic as a round knows it, at one level and in one language. */
export interface Sought {
  readonly topicUri: string | null;
  readonly topicKey: string;
  readonly level: Level;
  readonly language: Language;
}

/**
 * What would serve more: the request itself where its author changes something (`open-half-days`, `other-place`, `lower-level`), else one of
 * those that wait, or as many as it says.
 */
export type Remedy =
  | { readonly kind: 'open-half-days' | 'other-place' | 'lower-level' | 'author-returns' | 'nothing' }
  /** The pair's rest is over then. */
  | { readonly kind: 'wait'; readonly until: Instant }
  /** This offer's giver takes one more; this offer begins with one learner. */
  | ({ readonly kind: 'capacity' | 'smaller-group' } & Offered)
  | ({ readonly kind: 'more-givers'; readonly count: number; readonly served: number } & Sought);

export interface UnmatchedExplained {
  readonly requestId: RequestId;
  readonly reason: UnmatchedReason;
  readonly remedy: Remedy;
}

/** What is sought and lacks givers. */
export interface Scarcity extends Sought {
  /** Requests that this round leaves. */
  readonly waiting: number;
  /** Who offers it at that level or above. */
  readonly givers: number;
  /** So many newcomers of the policy's capacity, each for one learner at a time, would serve so many requests more: the fewest that serve as many as wait here, or three. */
  readonly steps: readonly { readonly givers: number; readonly served: number }[];
  /** One of those that wait, to find its words by. */
  readonly sample: RequestId;
}

export interface RoundExplained {
  readonly solverVersion: string;
  readonly served: number;
  readonly gap: Gap;
  readonly gateCosts: readonly GateCost[];
  /** Requests that these stopped, by the reason told: nobody opens them. */
  readonly told: Readonly<Record<'no-common-language' | 'pair-forbidden', number>>;
  readonly proposals: readonly ProposalExplained[];
  readonly unmatched: readonly UnmatchedExplained[];
  /** Sorted by what givers would bring. */
  readonly scarcity: readonly Scarcity[];
  /** Rows there would be, were they not bounded. */
  readonly scarceTopics: number;
}
