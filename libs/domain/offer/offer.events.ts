import type { Instant } from '#kernel/id';
import type { DomainEvent, Personal } from '#kernel/message';
import type { MemberId, NetworkId, OfferId } from '../ids';
import type { OfferContent } from '../vocabulary';

export type ContestKind = 'not-professional' | 'a-service' | 'misleading' | 'confidential';
type Ids = { offerId: OfferId; memberId: MemberId; networkId: NetworkId };

export type OfferEvent =
  | DomainEvent<'OfferDrafted', Ids & { content: OfferContent }>
  | DomainEvent<'OfferPublished', Ids & { content: OfferContent; reviewDueAt: Instant }>
  | DomainEvent<'OfferRevised', Ids & { content: OfferContent }>
  | DomainEvent<'OfferReviewDue', Ids & { lapseAt: Instant }>
  | DomainEvent<'OfferConfirmed', Ids & { reviewDueAt: Instant }>
  | DomainEvent<'OfferLapsed', Ids>
  | DomainEvent<'OfferPaused', Ids>
  | DomainEvent<'OfferResumed', Ids & { reviewDueAt: Instant }>
  | DomainEvent<'OfferWithdrawn', Ids>
  | DomainEvent<'OfferContested', Ids & { by: MemberId; kind: ContestKind; text: Personal; settleBy: Instant }>
  | DomainEvent<'OfferContestSettled', Ids & { by: MemberId; outcome: 'kept' | 'taken-down'; text: Personal }>;
