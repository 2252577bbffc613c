import type { Instant } from '#kernel/id';
import type { Personal } from '#kernel/message';
import type { DomainCommand } from '../command';
import type { DisputeId, ExchangeId, MatchId, MemberId, Salt, SessionId } from '../ids';
import type { Agreement, PlannedSession } from '../match/match.events';
import type { Participant, Presence } from '../vocabulary';
import type { CancelReason, DisputeKind, DropReason, EvaluationForm, InterruptReason } from './exchange.events';

type Target = { exchangeId: ExchangeId };

export type ExchangeCommand =
  | DomainCommand<'RescheduleSession', Target & { sessionId: SessionId; to: PlannedSession }>
  | DomainCommand<'CancelExchange', Target & { reason: CancelReason }>
  | DomainCommand<'DropOut', Target & { memberId: MemberId; reason: DropReason }>
  | DomainCommand<'ReportSession', Target & { sessionId: SessionId; start: Instant; minutes: number; present: readonly Presence[] }>
  /** One's own presence only; `now: null` for "I was not there". */
  | DomainCommand<'CorrectSession', Target & { sessionId: SessionId; memberId: MemberId; now: Presence | null }>
  | DomainCommand<'ConfirmHeld', Target>
  | DomainCommand<'SettleHeld', Target & { outcome: 'held' | 'not-held' }>
  | DomainCommand<'ReportNoShow', Target & { sessionId: SessionId; memberId: MemberId }>
  | DomainCommand<'ContestNoShow', Target & { sessionId: SessionId }>
  | DomainCommand<'InterruptExchange', Target & { reason: InterruptReason }>
  | DomainCommand<'DisputeExchange', Target & { disputeId: DisputeId; kind: DisputeKind; text: Personal }>
  | DomainCommand<'SettleDispute', Target & { disputeId: DisputeId; outcome: 'goes-on' | 'closed'; text: Personal }>
  | DomainCommand<'SubmitEvaluation', Target & { form: EvaluationForm; salt: Salt }>
  | DomainCommand<'AmendEvaluation', Target & { form: EvaluationForm; salt: Salt }>
  | DomainCommand<'SubmitFollowUp', Target & { usedAtWork: boolean; example: Personal | null; salt: Salt }>
  // From processes and due times only (role `system`):
  | DomainCommand<
      'OpenExchange',
      Target & {
        matchId: MatchId;
        participants: readonly Participant[];
        mediatorId: MemberId | null;
        topicUri: string | null;
        textOwner: MemberId;
        agreement: Agreement;
      }
    >
  | DomainCommand<'LapseExchange', Target & { lapseAt: Instant }>
  | DomainCommand<'EndEvaluation', Target & { evaluateBy: Instant }>
  | DomainCommand<'CallFollowUp', Target>
  /** One session's hours, or their difference after a correction: the decider knows what is recorded already. */
  | DomainCommand<'RecordTrainingHours', Target>;
