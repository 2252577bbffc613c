import type { Instant } from '#kernel/id';
import type { DomainEvent } from '#kernel/message';
import type { MatchId, NetworkId, RequestId, RoundId } from '../ids';
import type { Bend, Language, Level, Participant } from '../vocabulary';

/** Parts of a match's score, each 0 to 1: fit, language and distance are shown to participants, all to facilitator and auditor. No trait, no grade (R17). */
export interface ScoreParts {
  readonly topic: number;
  readonly level: number;
  readonly language: number;
  readonly distance: number;
  readonly availability: number;
  readonly reciprocity: number;
  readonly waiting: number;
  readonly total: number;
}

/** Why a request found no partner in a round (R18): one code each. */
export type UnmatchedReason =
  | 'no-offer-on-topic'
  | 'level-too-low'
  | 'no-common-language'
  | 'no-common-place'
  | 'no-common-availability'
  | 'only-own-offers'
  | 'givers-at-capacity'
  | 'pair-resting'
  | 'pair-forbidden'
  | 'group-too-small'
  | 'others-came-first'
  | 'in-no-ring'
  | 'author-unavailable';

export interface FoundMatch {
  readonly matchId: MatchId;
  readonly participants: readonly Participant[];
  readonly topicUri: string | null;
  readonly level: Level;
  readonly language: Language;
  /** The offers' smallest group of learners. */
  readonly smallestGroup: number;
  /** Same for the matches that close a cycle of members, or begin together in a chain; each lives alone. */
  readonly ringId: string | null;
  readonly metBefore: boolean;
  readonly score: ScoreParts;
  /** What it bends; left out where it bends nothing. */
  readonly bends?: readonly Bend[];
  /** How far its topics lie from one another at most; left out where they are one. */
  readonly topicSteps?: number;
}

/** By how much an unknown better round could differ at most; 0 and 0: what was found is proven to be the best. */
export interface ProvenGap {
  /** Requests that it could serve more. */
  readonly served: number;
  /** Ten-thousandths of a score that it could fit better in all, where it serves as many. */
  readonly cost: number;
}

export type RoundEvent =
  /** `asOf`: when waiting and rest were judged; null in rounds from before it was told. `readUpTo`: the last event that the frozen inputs contain; null on an empty log. `inputHash`: SHA-256 hex of the canonical inputs. */
  | DomainEvent<
      'MatchingRoundStarted',
      {
        roundId: RoundId;
        networkId: NetworkId;
        asOf: Instant | null;
        readUpTo: string | null;
        inputHash: string;
        policyVersion: number;
        seed: number;
        solverVersion: string;
      }
    >
  | DomainEvent<'MatchesFound', { roundId: RoundId; networkId: NetworkId; matches: readonly FoundMatch[] }>
  | DomainEvent<
      'RequestsLeftUnmatched',
      { roundId: RoundId; networkId: NetworkId; requests: readonly { readonly requestId: RequestId; readonly reason: UnmatchedReason }[] }
    >
  | DomainEvent<
      'MatchingRoundCompleted',
      {
        roundId: RoundId;
        networkId: NetworkId;
        considered: { readonly offers: number; readonly requests: number };
        matched: number;
        unmatched: number;
        /** Null where the solver proves nothing. */
        gap: ProvenGap | null;
      }
    >;
