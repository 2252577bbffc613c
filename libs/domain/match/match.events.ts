import type { Instant } from '#kernel/id';
import type { DomainEvent, Personal } from '#kernel/message';
import type { CriterionId, ExchangeId, MatchId, MemberId, NetworkId, RoundId, SessionId } from '../ids';
import type { EngagementReason } from '../member/member.events';
import type { ScoreParts } from '../round/round.events';
import type { Bend, Language, Level, Participant } from '../vocabulary';

export type MatchOrigin =
  | { readonly kind: 'round'; readonly roundId: RoundId }
  | { readonly kind: 'facilitator'; readonly by: MemberId }
  /** A member asks for an offer or answers a request: their acceptance is included. */
  | { readonly kind: 'member'; readonly by: MemberId };

export interface PlannedSession {
  readonly sessionId: SessionId;
  readonly start: Instant;
  readonly minutes: number;
}

export interface Criterion {
  readonly criterionId: CriterionId;
  readonly text: Personal;
}

/** R8: content, method, place, at least one planned session and one criterion. Its texts belong to its first giver, whoever records it. */
export interface Agreement {
  readonly content: Personal;
  readonly method: Personal;
  readonly place: Personal;
  readonly sessions: readonly PlannedSession[];
  readonly criteria: readonly Criterion[];
}

export type DeclineReason =
  'no-time' | 'not-what-i-seek' | 'rather-not-with' | 'paused' | 'suspended' | 'left' | 'offer-gone' | 'request-gone' | 'other';
export type NotAgreedReason = 'participants-declined' | 'member-left' | 'no-connection' | 'no-outcome' | 'other';

type Ids = { matchId: MatchId; networkId: NetworkId };

export type MatchEvent =
  | DomainEvent<
      'MatchProposed',
      Ids & {
        origin: MatchOrigin;
        /** Why the one who proposes it does so though its topics differ (R7). */
        reason: Personal | null;
        participants: readonly Participant[];
        topicUri: string | null;
        level: Level;
        language: Language;
        smallestGroup: number;
        ringId: string | null;
        connectionWaived: boolean;
        score: ScoreParts;
        /** What its people would have to agree on; left out where it bends nothing. */
        bends?: readonly Bend[];
        /** How near the topics stand that it brings together (R7), in steps through the taxonomy; left out where they are one, or no relation of theirs is known. */
        topicSteps?: number;
      }
    >
  /** Every participant's stream reserved (R11): people are notified, R10's window starts. */
  | DomainEvent<'MatchOpened', Ids & { participants: readonly Participant[]; accepted: readonly MemberId[]; answerBy: Instant }>
  | DomainEvent<'MatchAccepted', Ids & { memberId: MemberId }>
  /** `ends`: a giver's, or one that leaves too few learners. `participants`: all who stood in it until then, the decliner too. */
  | DomainEvent<'MatchDeclined', Ids & { memberId: MemberId; reason: DeclineReason; ends: boolean; participants: readonly Participant[] }>
  /** Who remains, and who fell silent. `connectBy`: the facilitator's queue; `lapseAt`: not agreed by then. */
  | DomainEvent<
      'MatchConfirmed',
      Ids & {
        participants: readonly Participant[];
        dropped: readonly Participant[];
        connectionWaived: boolean;
        connectBy: Instant;
        lapseAt: Instant;
      }
    >
  | DomainEvent<'MatchExpired', Ids & { participants: readonly Participant[]; silent: readonly MemberId[] }>
  | DomainEvent<'MatchSuperseded', Ids & { participants: readonly Participant[]; memberId: MemberId; reason: EngagementReason }>
  | DomainEvent<'ConnectionPlanned', Ids & { mediatorId: MemberId; start: Instant; place: Personal; outcomeBy: Instant; lapseAt: Instant }>
  /** `awaiting`: participants who have yet to confirm, where the connection was waived (R9). */
  | DomainEvent<
      'AgreementReached',
      Ids & {
        exchangeId: ExchangeId;
        participants: readonly Participant[];
        recordedBy: MemberId;
        mediatorId: MemberId | null;
        textOwner: MemberId;
        topicUri: string | null;
        agreement: Agreement;
        awaiting: readonly MemberId[];
      }
    >
  | DomainEvent<'AgreementConfirmed', Ids & { exchangeId: ExchangeId; memberId: MemberId; awaiting: readonly MemberId[] }>
  | DomainEvent<'AgreementNotReached', Ids & { participants: readonly Participant[]; reason: NotAgreedReason; by: MemberId | null }>;
