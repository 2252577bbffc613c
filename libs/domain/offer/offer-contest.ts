import { accept, refuse } from '#kernel/decider';
import { addDays } from '../calendar';
import { isNamed, mayContest } from '../contest';
import { saidBefore } from '../said-before';
import { hasEnded, idsOf, type KnownOffer, type OfferCommandOf, type OfferDecision } from './offer.state';

/** R14: contested afterwards, by anybody but its author, one contest at a time. */
export const contestOffer = ({ data, by, at, network }: OfferCommandOf<'ContestOffer'>, offer: KnownOffer): OfferDecision => {
  const { kind, text } = data;
  if (!mayContest(by) || by.id === offer.memberId) return refuse({ code: 'not-allowed' });
  if (hasEnded(offer)) return refuse({ code: 'offer-ended' });
  if (offer.status === 'draft') return refuse({ code: 'offer-not-published' });
  const { contest } = offer;
  if (contest) return saidBefore([contest.by, contest.kind, contest.text], [by.id, kind, text], { code: 'already-contested' });
  const settleBy = addDays(at, network.policy.settleDays);
  return accept({ type: 'OfferContested', data: { ...idsOf(offer), by: by.id, kind, text, settleBy } });
};

export const settleOfferContest = ({ data, by }: OfferCommandOf<'SettleOfferContest'>, offer: KnownOffer): OfferDecision => {
  const { outcome, text } = data;
  if (by.role !== 'facilitator') return refuse({ code: 'not-allowed' });
  if (isNamed(by, offer.memberId, offer.contest?.by ?? offer.settled?.contester)) return refuse({ code: 'case-names-you' });
  if (!offer.contest) return saidBefore([offer.settled?.outcome, offer.settled?.text], [outcome, text], { code: 'no-open-contest' });
  return accept({ type: 'OfferContestSettled', data: { ...idsOf(offer), by: by.id, outcome, text } });
};
