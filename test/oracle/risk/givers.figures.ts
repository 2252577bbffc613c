import type { MemberId } from '#domain/ids';
import { authorsOf, historyOf, offersIn, publishedOffers } from '../facts/entries';
import { hiddenFigure, measured, NETWORK, ratio, type Figure } from '../facts/figure';
import { countOf, heldInWindow, membersIn } from '../facts/held';
import { enrolled, membershipFacts } from '../facts/membership';
import { ofType, type Fact, type Question } from '../facts/question';
import { gini } from '../facts/statistics';
import { reciprocityEvidence } from './reciprocity.figures';

const capacityOf = (facts: readonly Fact[], member: MemberId): number =>
  ofType(facts, 'MemberEnrolled', 'CapacitySet').findLast(({ data }) => data.memberId === member)?.data.capacity ?? 0;

const placesKept = (facts: readonly Fact[], givers: readonly MemberId[]) =>
  ofType(facts, 'EngagementReserved', 'EngagementReleased').filter(({ data }) => data.role === 'giver' && givers.includes(data.memberId));

/** Matches for which a place as giver is kept, and was not given back (R11). */
const openEngagements = (facts: readonly Fact[], member: MemberId): number => {
  const own = placesKept(facts, [member]);
  const matches = new Set(own.map(({ data }) => data.matchId));
  return [...matches].filter((match) => own.findLast(({ data }) => data.matchId === match)?.type === 'EngagementReserved').length;
};

export const giversAtCapacity = ({ facts }: Question): Figure => {
  const active = authorsOf(publishedOffers(facts)).filter((author) => enrolled(facts).includes(author));
  const everybody = authorsOf(offersIn(facts));
  return ratio('giversAtCapacity', {
    numerator: active.filter((member) => openEngagements(facts, member) >= capacityOf(facts, member)).length,
    denominator: active.length,
    people: active,
    evidence: [
      ...historyOf(offersIn(facts)),
      ...membershipFacts(facts, everybody),
      ...placesKept(facts, everybody),
      ...ofType(facts, 'CapacitySet').filter(({ data }) => everybody.includes(data.memberId)),
    ],
  });
};

interface Gifts {
  readonly id: MemberId;
  readonly times: number;
}

const giftsIn = (question: Question): readonly Gifts[] => {
  const held = heldInWindow(question);
  return enrolled(question.facts)
    .map((id) => ({ id, times: countOf(held, id, 'giver') }))
    .filter(({ times }) => times > 0);
};

export const giftGini = (question: Question): Figure => {
  const gifts = giftsIn(question);
  const times = { numbers: gifts.map((one) => one.times), people: gifts.map(({ id }) => id) };
  return measured('giftGini', { ...times, evidence: reciprocityEvidence(question.facts, heldInWindow(question)) }, gini);
};

const TOP_SHARE = 0.05;
/** Of fewer, the figure would be about persons. */
const LEAST_TOP = 5;

/** E with one of the givers who gave most; of those who gave as often, who comes first by opaque id. */
export const topGiversShare = (question: Question): Figure => {
  const held = heldInWindow(question);
  const gifts = [...giftsIn(question)].sort((one, other) => other.times - one.times || (one.id < other.id ? -1 : 1));
  const top = gifts.slice(0, Math.ceil(gifts.length * TOP_SHARE)).map(({ id }) => id);
  if (top.length < LEAST_TOP) return hiddenFigure({ indicator: 'topGiversShare', cell: NETWORK });
  return ratio('topGiversShare', {
    numerator: held.filter((one) => membersIn(one, 'giver').some((giver) => top.includes(giver))).length,
    denominator: held.length,
    people: top,
    evidence: reciprocityEvidence(question.facts, held),
  });
};
