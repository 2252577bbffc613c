import type { Instant } from '#kernel/id';
import type { Personal } from '#kernel/message';
import type { DomainCommand } from '../command';
import type { ExchangeId, MatchId, MemberId } from '../ids';
import type { EngagementReason } from '../member/member.events';
import type { FoundMatch } from '../round/round.events';
import type { Agreement, DeclineReason, MatchOrigin, NotAgreedReason } from './match.events';

/** What holds at the moment of the proposal, whatever a round or a person read before (R7, R16). */
export interface ProposalFacts {
  /** Of the learners that each of the offers takes: the least of their largest groups. */
  readonly largestGroup: number;
  /** How far, in the taxonomy, a request's topic lies from an offer's at most: 0, all are on one topic; null, some stand in no relation. */
  readonly topicSteps: number | null;
  /** When it was recorded, last, that a match or an exchange of a giver and a learner of it ended; null where none did. */
  readonly lastTogether: Instant | null;
}

export type MatchCommand =
  /** `reason`: why a person proposes it though its topics differ. `facts`: null in a process's order, until it is executed. */
  | DomainCommand<'ProposeMatch', FoundMatch & { origin: MatchOrigin; reason?: Personal | null; facts: ProposalFacts | null }>
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
