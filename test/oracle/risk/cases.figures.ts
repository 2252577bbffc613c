import { authorsOf, historyOf, offersIn, publishedOffers } from '../facts/entries';
import { measured, per100, ratio, type Figure } from '../facts/figure';
import { heldInWindow, holdingFacts } from '../facts/held';
import { enrolled, membershipFacts } from '../facts/membership';
import { daysBetween, monthsBefore, ofType, windowAt, within, type Question } from '../facts/question';

export const contentDisputes = (question: Question): Figure => {
  const disputes = within(ofType(question.facts, 'ExchangeDisputed'), windowAt(question.at)).filter(({ data }) => data.kind === 'content');
  const held = heldInWindow(question);
  return ratio('contentDisputes', { numerator: disputes.length, denominator: held.length, evidence: [...disputes, ...holdingFacts(held)] });
};

const STALE_MONTHS = 12;

/** Offers of enrolled members that nobody published or confirmed for 12 months. */
export const staleOffers = ({ facts, at }: Question): Figure => {
  const members = enrolled(facts);
  const offers = publishedOffers(facts).filter(({ memberId }) => members.includes(memberId));
  const stale = offers.filter(({ history }) => {
    const confirmed = ofType(history, 'OfferPublished', 'OfferConfirmed').at(-1);
    return confirmed !== undefined && confirmed.meta.occurredAt <= monthsBefore(at, STALE_MONTHS);
  });
  return ratio('staleOffers', {
    numerator: stale.length,
    denominator: offers.length,
    people: authorsOf(offers),
    evidence: [...historyOf(offersIn(facts)), ...membershipFacts(facts, authorsOf(offersIn(facts)))],
  });
};

export const confidentialityPer100 = (question: Question): Figure => {
  const reported = within(ofType(question.facts, 'IncidentReported'), windowAt(question.at));
  const incidents = reported.filter(({ data }) => data.kind === 'confidentiality');
  const held = heldInWindow(question);
  const counted = { numerator: incidents.length, denominator: held.length };
  return per100('confidentialityPer100', { ...counted, evidence: [...incidents, ...holdingFacts(held)] });
};

/** Of the incidents that were resolved in T. */
export const confidentialityDays = ({ facts, at }: Question): Figure => {
  const resolved = within(ofType(facts, 'IncidentResolved'), windowAt(at)).flatMap((end) => {
    const start = ofType(facts, 'IncidentReported').find(({ data }) => data.incidentId === end.data.incidentId);
    return start?.data.kind === 'confidentiality' ? [{ start, end }] : [];
  });
  return measured('confidentialityDays', {
    numbers: resolved.map(({ start, end }) => daysBetween(start.meta.occurredAt, end.meta.occurredAt)),
    evidence: resolved.flatMap(({ start, end }) => [start, end]),
  });
};
