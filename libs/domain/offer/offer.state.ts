import type { Decision } from '#kernel/decider';
import type { Instant } from '#kernel/id';
import type { CommandOf } from '../command';
import { contestIn, type Contest, type Settlement } from '../contest';
import type { MemberId, NetworkId, OfferId } from '../ids';
import type { OfferContent } from '../vocabulary';
import type { OfferCommand } from './offer.commands';
import type { OfferEvent } from './offer.events';
import type { OfferRefusal } from './offer.refusals';

interface Core {
  readonly offerId: OfferId;
  readonly memberId: MemberId;
  readonly networkId: NetworkId;
  readonly content: OfferContent;
  readonly contest: Contest | null;
  /** Of the last contest, until another opens. */
  readonly settled: Settlement | null;
}

export type KnownOffer = Core &
  (
    | { readonly status: 'draft' }
    | { readonly status: 'published'; readonly reviewDueAt: Instant }
    | { readonly status: 'review-due'; readonly lapseAt: Instant }
    | { readonly status: 'paused' }
    | { readonly status: 'withdrawn' | 'lapsed' | 'taken-down' }
  );

export type OfferState = { readonly status: 'unknown' } | KnownOffer;
export type OfferDecision = Decision<OfferEvent, OfferRefusal>;
export type OfferCommandOf<Type extends OfferCommand['type']> = CommandOf<OfferCommand, Type>;

export const idsOf = ({ offerId, memberId, networkId }: Core) => ({ offerId, memberId, networkId });

const core = ({ offerId, memberId, networkId, content, contest, settled }: Core): Core => ({
  offerId,
  memberId,
  networkId,
  content,
  contest,
  settled,
});

const begun = ({ data }: Extract<OfferEvent, { type: 'OfferDrafted' | 'OfferPublished' }>): Core => ({
  offerId: data.offerId,
  memberId: data.memberId,
  networkId: data.networkId,
  content: data.content,
  contest: null,
  settled: null,
});

export const evolveOffer = (offer: OfferState, event: OfferEvent): OfferState => {
  if (event.type === 'OfferDrafted') return { ...begun(event), status: 'draft' };
  if (event.type === 'OfferPublished') return { ...begun(event), status: 'published', reviewDueAt: event.data.reviewDueAt };
  return offer.status === 'unknown' ? offer : evolveKnown(offer, event);
};

const evolveKnown = (offer: KnownOffer, event: Exclude<OfferEvent, { type: 'OfferDrafted' | 'OfferPublished' }>): KnownOffer => {
  switch (event.type) {
    case 'OfferRevised':
      return { ...offer, content: event.data.content };
    case 'OfferReviewDue':
      return { ...core(offer), status: 'review-due', lapseAt: event.data.lapseAt };
    case 'OfferConfirmed':
    case 'OfferResumed':
      return { ...core(offer), status: 'published', reviewDueAt: event.data.reviewDueAt };
    case 'OfferPaused':
      return { ...core(offer), status: 'paused' };
    case 'OfferLapsed':
      return { ...core(offer), contest: null, status: 'lapsed' };
    case 'OfferWithdrawn':
      return { ...core(offer), contest: null, status: 'withdrawn' };
    case 'OfferContested':
      return { ...offer, contest: contestIn(event.data), settled: null };
    case 'OfferContestSettled':
      return settledOffer(offer, event.data);
  }
};

const settledOffer = (offer: KnownOffer, { outcome, text }: Omit<Settlement, 'contester'>): KnownOffer => {
  const settled = { contester: offer.contest?.by ?? offer.memberId, outcome, text };
  return outcome === 'kept' ? { ...offer, contest: null, settled } : { ...core(offer), contest: null, settled, status: 'taken-down' };
};

export const hasEnded = ({ status }: KnownOffer): boolean => status === 'withdrawn' || status === 'lapsed' || status === 'taken-down';
