import { accept, refuse } from '#kernel/decider';
import { addDays } from '../calendar';
import { idsOf, type KnownOffer, type OfferCommandOf, type OfferDecision } from './offer.state';

/** A window that has moved since, or rests during a pause, is not meant. */
export const callOfferReview = ({ data, by, at, network }: OfferCommandOf<'CallOfferReview'>, offer: KnownOffer): OfferDecision => {
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  if (offer.status !== 'published' || offer.reviewDueAt !== data.reviewDueAt) return accept();
  if (at < offer.reviewDueAt) return refuse({ code: 'window-still-open' });
  return accept({ type: 'OfferReviewDue', data: { ...idsOf(offer), lapseAt: addDays(at, network.policy.reviewDays) } });
};

export const lapseOffer = ({ data, by, at }: OfferCommandOf<'LapseOffer'>, offer: KnownOffer): OfferDecision => {
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  if (offer.status !== 'review-due' || offer.lapseAt !== data.lapseAt) return accept();
  if (at < offer.lapseAt) return refuse({ code: 'window-still-open' });
  return accept({ type: 'OfferLapsed', data: idsOf(offer) });
};
