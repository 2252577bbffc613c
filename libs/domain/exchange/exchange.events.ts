import type { Day, Instant } from '#kernel/id';
import type { DomainEvent, Personal } from '#kernel/message';
import type { CriterionId, DisputeId, ExchangeId, MatchId, MemberId, NetworkId, Salt, SessionId } from '../ids';
import type { Agreement, PlannedSession } from '../match/match.events';
import type { ExchangeRole, Participant, Presence } from '../vocabulary';

export type DisputeKind = 'content' | 'behaviour' | 'organisation' | 'confidentiality';
export type CancelReason = 'no-time' | 'no-longer-needed' | 'no-giver-left' | 'no-learner-left' | 'other';
export type InterruptReason = 'by-participants' | 'behaviour' | 'unreported' | 'other';
export type DropReason = 'own-choice' | 'left-network' | 'behaviour';

/** Fiche bilan: whole numbers 1 to 5; `usable` is the learners'. */
export interface EvaluationForm {
  readonly overall: number;
  readonly criteria: readonly { readonly criterionId: CriterionId; readonly score: number }[];
  readonly usable: number | null;
  readonly again: boolean;
  readonly comment: Personal | null;
}

/** Someone who was there in a role at one session or more. */
export interface Attendee {
  readonly memberId: MemberId;
  readonly role: ExchangeRole;
}

/** How a dispute ends. */
export interface Settlement {
  readonly outcome: 'goes-on' | 'closed';
  readonly text: Personal;
}

type Ids = { exchangeId: ExchangeId; networkId: NetworkId };
/** Null in events that were recorded before there were salts: a hash over those can be tried (R15). */
type Salted = { salt: Salt | null };
type Windows = { reportBy: Instant; lapseAt: Instant };

export type ExchangeEvent =
  | DomainEvent<
      'ExchangeAgreed',
      Ids &
        Windows & {
          matchId: MatchId;
          participants: readonly Participant[];
          mediatorId: MemberId | null;
          topicUri: string | null;
          textOwner: MemberId;
          agreement: Agreement;
        }
    >
  /** `noticeMinutes`: between this and the former start; negative once that has passed. `from: null` plans one session more. */
  | DomainEvent<
      'ExchangeRescheduled',
      Ids & Windows & { by: MemberId; sessionId: SessionId; from: Instant | null; to: PlannedSession; noticeMinutes: number | null }
    >
  /** `others`: who took part until then, and goes on without them; none in events from before it was told. */
  | DomainEvent<
      'ParticipantDropped',
      Ids & {
        matchId: MatchId;
        memberId: MemberId;
        role: ExchangeRole;
        participant: Participant;
        others: readonly Participant[];
        reason: DropReason;
      }
    >
  /** `planned: false`: a session held that nobody had planned. */
  | DomainEvent<
      'SessionHeld',
      Ids & { sessionId: SessionId; start: Instant; minutes: number; present: readonly Presence[]; by: MemberId; planned: boolean }
    >
  /** Corrects one person's presence in one session: `now: null` means that they were not there (R12, R20, R21). */
  | DomainEvent<'SessionCorrected', Ids & { sessionId: SessionId; memberId: MemberId; was: Presence | null; now: Presence | null }>
  | DomainEvent<'HeldConfirmed', Ids & { by: MemberId }>
  /** The mediator settles a one-sided report (R12). */
  | DomainEvent<'HeldSettled', Ids & { by: MemberId; outcome: 'held' | 'not-held' }>
  | DomainEvent<
      'ExchangeHeld',
      Ids & {
        matchId: MatchId;
        participants: readonly Participant[];
        present: readonly Attendee[];
        lastSessionId: SessionId;
        evaluateBy: Instant;
        followUpFrom: Instant;
        followUpUntil: Instant;
      }
    >
  | DomainEvent<
      'ExchangeCancelled',
      Ids & {
        matchId: MatchId;
        participants: readonly Participant[];
        by: MemberId | null;
        reason: CancelReason;
        noticeMinutes: number | null;
        sessions: readonly PlannedSession[];
      }
    >
  | DomainEvent<
      'ExchangeInterrupted',
      Ids & { matchId: MatchId; participants: readonly Participant[]; by: MemberId | null; reason: InterruptReason }
    >
  | DomainEvent<'NoShowReported', Ids & { sessionId: SessionId; memberId: MemberId; by: MemberId; contestBy: Instant }>
  | DomainEvent<'NoShowContested', Ids & { sessionId: SessionId; memberId: MemberId }>
  | DomainEvent<'ExchangeDisputed', Ids & { disputeId: DisputeId; kind: DisputeKind; by: MemberId; text: Personal; settleBy: Instant }>
  | DomainEvent<'DisputeSettled', Ids & Settlement & { disputeId: DisputeId; by: MemberId }>
  | DomainEvent<'EvaluationSubmitted', Ids & Salted & { memberId: MemberId; role: ExchangeRole; form: EvaluationForm }>
  /** Before unsealing only; the earlier version stays (R13). */
  | DomainEvent<'EvaluationAmended', Ids & Salted & { memberId: MemberId; role: ExchangeRole; amends: number; form: EvaluationForm }>
  /** Unsealed: all are in, or the window ended or a dispute closed the exchange with at least one. */
  | DomainEvent<'ExchangeEvaluated', Ids & { submitted: readonly Attendee[] }>
  | DomainEvent<
      'ExchangeClosed',
      Ids & { outcome: 'all' | 'some' | 'none' | 'disputed'; submitted: readonly Attendee[]; missed: readonly Attendee[] }
    >
  /** Once per session, person and role; a correction is one more, with the difference, naming the `hoursId` that it corrects (R20). */
  | DomainEvent<
      'TrainingHoursRecorded',
      Ids & {
        hoursId: string;
        sessionId: SessionId;
        memberId: MemberId;
        role: ExchangeRole;
        date: Day;
        minutes: number;
        minutesOutside: number;
        corrects: string | null;
      }
    >
  | DomainEvent<'FollowUpDue', Ids & { learners: readonly MemberId[]; until: Instant }>
  | DomainEvent<'FollowUpSubmitted', Ids & Salted & { memberId: MemberId; usedAtWork: boolean; example: Personal | null }>;
