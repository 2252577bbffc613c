import { accept, refuse } from '#kernel/decider';
import { addDays } from '../calendar';
import { isNamed, mayContest } from '../contest';
import { hasEnded, idsOf, type KnownOffer, type OfferCommandOf, type OfferDecision } from './offer.state';

/** R14: contested afterwards, by anybody but its author, one contest at a time. */
export const contestOffer = ({ data, by, at, network }: OfferCommandOf<'ContestOffer'>, offer: KnownOffer): OfferDecision => {
  const { kind, text } = data;
  if (!mayContest(by) || by.id === offer.memberId) return refuse({ code: 'not-allowed' });
  if (offer.contest?.by === by.id && offer.contest.kind === kind) return accept();
  if (hasEnded(offer)) return refuse({ code: 'offer-ended' });
  if (offer.status === 'draft') return refuse({ code: 'offer-not-published' });
  if (offer.contest) return refuse({ code: 'already-contested' });
  const settleBy = addDays(at, network.policy.settleDays);
  return accept({ type: 'OfferContested', data: { ...idsOf(offer), by: by.id, kind, text, settleBy } });
};

export const settleOfferContest = ({ data, by }: OfferCommandOf<'SettleOfferContest'>, offer: KnownOffer): OfferDecision => {
  const { outcome, text } = data;
  if (by.role !== 'facilitator') return refuse({ code: 'not-allowed' });
  if (isNamed(by, offer.memberId, offer.contest?.by ?? offer.settled?.contester)) return refuse({ code: 'case-names-you' });
  if (!offer.contest && offer.settled?.outcome === outcome) return accept();
  if (!offer.contest) return refuse({ code: 'no-open-contest' });
  return accept({ type: 'OfferContestSettled', data: { ...idsOf(offer), by: by.id, outcome, text } });
};
