import type { Instant } from '#kernel/id';
import type { Personal } from '#kernel/message';
import type { DomainCommand } from '../command';
import type { ExchangeId, MatchId, MemberId } from '../ids';
import type { EngagementReason } from '../member/member.events';
import type { FoundMatch } from '../round/round.events';
import type { Agreement, DeclineReason, MatchOrigin, NotAgreedReason } from './match.events';

export type MatchCommand =
  | DomainCommand<'ProposeMatch', FoundMatch & { origin: MatchOrigin }>
  | DomainCommand<'AcceptMatch', { matchId: MatchId; memberId: MemberId }>
  /** By the person, or by the system where a pause, a withdrawal or a leaving counts as their decline (§3). */
  | DomainCommand<'DeclineMatch', { matchId: MatchId; memberId: MemberId; reason: DeclineReason }>
  | DomainCommand<'PlanConnection', { matchId: MatchId; mediatorId: MemberId; start: Instant; place: Personal }>
  | DomainCommand<'RecordAgreement', { matchId: MatchId; exchangeId: ExchangeId; agreement: Agreement }>
  | DomainCommand<'ConfirmAgreement', { matchId: MatchId; memberId: MemberId }>
  /** By a mediator, a participant of a waived connection, or the system. */
  | DomainCommand<'GiveUpAgreement', { matchId: MatchId; reason: NotAgreedReason }>
  // From processes and due times only (role `system`):
  | DomainCommand<'OpenMatch', { matchId: MatchId }>
  | DomainCommand<'SupersedeMatch', { matchId: MatchId; memberId: MemberId; reason: EngagementReason }>
  | DomainCommand<'EndAcceptanceWindow', { matchId: MatchId; answerBy: Instant }>
  /** Where `lapseAt` is the one in force: a later window is not meant. */
  | DomainCommand<'LapseMatch', { matchId: MatchId; lapseAt: Instant }>;
