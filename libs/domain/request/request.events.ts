import type { Instant } from '#kernel/id';
import type { DomainEvent, Personal } from '#kernel/message';
import type { ExchangeId, MatchId, MemberId, NetworkId, RequestId } from '../ids';
import type { ContestKind } from '../offer/offer.events';
import type { RequestContent } from '../vocabulary';

type Ids = { requestId: RequestId; memberId: MemberId; networkId: NetworkId };

export type RequestEvent =
  | DomainEvent<'RequestDrafted', Ids & { content: RequestContent }>
  | DomainEvent<'RequestPublished', Ids & { content: RequestContent; reviewDueAt: Instant }>
  | DomainEvent<'RequestRevised', Ids & { content: RequestContent }>
  | DomainEvent<'RequestReviewDue', Ids & { lapseAt: Instant }>
  | DomainEvent<'RequestConfirmed', Ids & { reviewDueAt: Instant }>
  | DomainEvent<'RequestLapsed', Ids>
  | DomainEvent<'RequestPaused', Ids>
  /** `heldBy`: the match that holds it still, so that it is not open again; null where none does. */
  | DomainEvent<'RequestResumed', Ids & { reviewDueAt: Instant; heldBy: MatchId | null }>
  | DomainEvent<'RequestWithdrawn', Ids>
  | DomainEvent<'RequestContested', Ids & { by: MemberId; kind: ContestKind; text: Personal; settleBy: Instant }>
  | DomainEvent<'RequestContestSettled', Ids & { by: MemberId; outcome: 'kept' | 'taken-down'; text: Personal }>
  | DomainEvent<'RequestMatched', Ids & { matchId: MatchId }>
  | DomainEvent<'RequestMet', Ids & { matchId: MatchId; exchangeId: ExchangeId }>
  /** From met, after a correction, it follows a `RequestPublished`. `reviewDueAt`: unchanged by the match, or at once where it passed meanwhile; named so that its window goes on. What its author paused meanwhile stays paused. */
  | DomainEvent<'RequestReopened', Ids & { matchId: MatchId; reviewDueAt: Instant }>;
