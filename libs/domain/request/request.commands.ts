import type { Instant } from '#kernel/id';
import type { Personal } from '#kernel/message';
import type { DomainCommand } from '../command';
import type { ExchangeId, MatchId, MemberId, RequestId } from '../ids';
import type { RequestContent } from '../vocabulary';
import type { ContestKind } from '../offer/offer.events';

export type RequestCommand =
  | DomainCommand<'DraftRequest', { requestId: RequestId; memberId: MemberId; content: RequestContent }>
  /** `content: null` publishes the draft as it stands. From enrolment (role `system`) or by the author. */
  /** `declared`: its author's word for the draft as it stands (R14). */
  | DomainCommand<'PublishRequest', { requestId: RequestId; memberId: MemberId; content: RequestContent | null; declared?: boolean }>
  | DomainCommand<'ReviseRequest', { requestId: RequestId; content: RequestContent }>
  | DomainCommand<'ConfirmRequest', { requestId: RequestId }>
  | DomainCommand<'PauseRequest', { requestId: RequestId }>
  | DomainCommand<'ResumeRequest', { requestId: RequestId }>
  | DomainCommand<'WithdrawRequest', { requestId: RequestId }>
  | DomainCommand<'ContestRequest', { requestId: RequestId; kind: ContestKind; text: Personal }>
  | DomainCommand<'SettleRequestContest', { requestId: RequestId; outcome: 'kept' | 'taken-down'; text: Personal }>
  // Due times (role `system`); the instant names the window that ended:
  | DomainCommand<'CallRequestReview', { requestId: RequestId; reviewDueAt: Instant }>
  | DomainCommand<'LapseRequest', { requestId: RequestId; lapseAt: Instant }>
  // What a match makes of it (role `system`); a request held by another match ignores it:
  | DomainCommand<'MatchRequest', { requestId: RequestId; matchId: MatchId }>
  | DomainCommand<'MeetRequest', { requestId: RequestId; matchId: MatchId; exchangeId: ExchangeId }>
  | DomainCommand<'ReopenRequest', { requestId: RequestId; matchId: MatchId }>;
