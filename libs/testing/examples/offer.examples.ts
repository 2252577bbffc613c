import type { OfferEvent } from '#domain/offer/offer.events';
import { instant } from '../commands';
import { offerContent, offerId } from '../content';
import { lyon } from '../network-facts';
import { ana, cleo, fay } from '../people';
import type { ExamplesOf } from './examples-of';

const ids = { offerId: offerId('offer-of-ana'), memberId: ana, networkId: lyon };
const reviewDueAt = instant('2027-03-02T09:00:00Z');

export const offerExamples: ExamplesOf<OfferEvent> = {
  OfferDrafted: { ...ids, content: offerContent() },
  OfferPublished: { ...ids, content: offerContent({ site: null, place: 'remote' }), reviewDueAt },
  OfferRevised: { ...ids, content: offerContent({ largestGroup: 6 }) },
  OfferReviewDue: { ...ids, lapseAt: instant('2027-04-01T09:00:00Z') },
  OfferConfirmed: { ...ids, reviewDueAt },
  OfferLapsed: ids,
  OfferPaused: ids,
  OfferResumed: { ...ids, reviewDueAt },
  OfferWithdrawn: ids,
  OfferContested: { ...ids, by: cleo, kind: 'a-service', text: 'C’est un dépannage', settleBy: instant('2026-03-12T09:00:00Z') },
  OfferContestSettled: { ...ids, by: fay, outcome: 'kept', text: 'Ana montre comment faire' },
};
