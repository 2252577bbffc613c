import type { Instant } from '#kernel/id';
import type { Personal } from '#kernel/message';
import type { DomainCommand } from '../command';
import type { MemberId, OfferId } from '../ids';
import type { OfferContent } from '../vocabulary';
import type { ContestKind } from './offer.events';

export type OfferCommand =
  | DomainCommand<'DraftOffer', { offerId: OfferId; memberId: MemberId; content: OfferContent }>
  /** `content: null` publishes the draft as it stands. From enrolment (role `system`) or by the author. */
  /** `declared`: its author's word for the draft as it stands (R14). */
  | DomainCommand<'PublishOffer', { offerId: OfferId; memberId: MemberId; content: OfferContent | null; declared?: boolean }>
  | DomainCommand<'ReviseOffer', { offerId: OfferId; content: OfferContent }>
  | DomainCommand<'ConfirmOffer', { offerId: OfferId }>
  | DomainCommand<'PauseOffer', { offerId: OfferId }>
  | DomainCommand<'ResumeOffer', { offerId: OfferId }>
  | DomainCommand<'WithdrawOffer', { offerId: OfferId }>
  | DomainCommand<'ContestOffer', { offerId: OfferId; kind: ContestKind; text: Personal }>
  | DomainCommand<'SettleOfferContest', { offerId: OfferId; outcome: 'kept' | 'taken-down'; text: Personal }>
  // Due times (role `system`); the instant names the window that ended:
  | DomainCommand<'CallOfferReview', { offerId: OfferId; reviewDueAt: Instant }>
  | DomainCommand<'LapseOffer', { offerId: OfferId; lapseAt: Instant }>;
