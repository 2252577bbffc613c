import type { MemberId } from '#domain/ids';
import type { ExchangeRole } from '#domain/vocabulary';
import { idsOf } from '../facts/figure';
import { enrolled, groupsOf, homeFacts, membershipFacts } from '../facts/membership';
import { daysBetween, ofType, type Fact, type FactOf } from '../facts/question';
import { distinct, sum } from '../facts/sets';
import { median } from '../facts/statistics';
import { isIn, placeFacts, type CellQuestion, type Participation } from './answers';
import { quotient, share, type ShareFigure } from './share';

interface FollowUp extends Participation {
  readonly due: FactOf<'FollowUpDue'>;
  readonly closed: FactOf<'ExchangeClosed'>;
  readonly answer: FactOf<'FollowUpSubmitted'> | null;
}

/** Each learner who was asked, once their exchange was closed, and what they answered in time. */
const followUpsIn = (facts: readonly Fact[]): readonly FollowUp[] =>
  ofType(facts, 'FollowUpDue').flatMap((due) => {
    const { exchangeId, learners, until } = due.data;
    const closed = ofType(facts, 'ExchangeClosed').find(({ data }) => data.exchangeId === exchangeId);
    const answers = ofType(facts, 'FollowUpSubmitted').filter(
      ({ data, meta }) => data.exchangeId === exchangeId && meta.recordedAt <= until,
    );
    if (!closed) return [];
    return learners.map((memberId) => {
      const answer = answers.find(({ data }) => data.memberId === memberId) ?? null;
      return { exchangeId, memberId, role: 'learner' as const, known: closed.meta.recordedAt, due, closed, answer };
    });
  });

/** At the follow-up, learners who use at work what they learnt. */
export const usefulCold = (asked: CellQuestion): ShareFigure => {
  const all = followUpsIn(asked.facts).filter((one) => isIn(asked, one));
  const answers = all.flatMap(({ answer }) => answer ?? []);
  const dues = new Set(all.map(({ due }) => due));
  const beside = followUpsIn(asked.facts).filter(({ due }) => dues.has(due));
  return share({
    numerator: answers.filter(({ data }) => data.usedAtWork).length,
    denominator: answers.length,
    due: all.length,
    answered: answers.length,
    people: answers.map(({ data }) => data.memberId),
    evidence: [...all.flatMap(({ due, closed }) => [due, closed]), ...answers, ...beside.flatMap((one) => placeFacts(asked, one))],
  });
};

interface Involved {
  readonly persons: readonly MemberId[];
  /** What tells it. */
  readonly told: readonly Fact[];
}

/** Whom a dispute is about: who agreed on the exchange, whoever came to it. */
const involvedIn = (facts: readonly Fact[], { data: { exchangeId } }: FactOf<'ExchangeDisputed'>): Involved => {
  const told = ofType(facts, 'ExchangeAgreed').filter(({ data }) => data.exchangeId === exchangeId);
  return { told, persons: told.flatMap(({ data }) => data.participants.map(({ memberId }) => memberId)) };
};

/** A fact about several persons is of a cell when one of them is. */
interface Shared {
  readonly fact: FactOf<'ExchangeHeld' | 'ExchangeDisputed' | 'DisputeSettled'>;
  readonly involved: Involved;
}

const placesOf = ({ fact, involved }: Shared): readonly Participation[] =>
  distinct(involved.persons).map((memberId) => ({ exchangeId: fact.data.exchangeId, memberId, role: null, known: fact.meta.recordedAt }));

const isOf = (asked: CellQuestion, shared: Shared): boolean =>
  asked.cell === 'network' || placesOf(shared).some((place) => isIn(asked, place));

const sharedEvidence = (asked: CellQuestion, shared: Shared): readonly Fact[] => [
  shared.fact,
  ...(/^(site|unit):/.test(asked.cell) ? shared.involved.told : []),
  ...placesOf(shared).flatMap((place) => placeFacts(asked, place)),
];

const disputesIn = (facts: readonly Fact[]) =>
  ofType(facts, 'ExchangeDisputed').map((fact) => ({ fact, involved: involvedIn(facts, fact) }));

const heldIn = (facts: readonly Fact[]) =>
  ofType(facts, 'ExchangeHeld').map((fact) => ({
    fact,
    involved: { persons: fact.data.present.map(({ memberId }) => memberId), told: [] },
  }));

export const complaintsPer100 = (asked: CellQuestion): ShareFigure => {
  const disputes = disputesIn(asked.facts).filter((dispute) => isOf(asked, dispute));
  const held = heldIn(asked.facts).filter((one) => isOf(asked, one));
  return quotient(
    {
      numerator: disputes.length,
      denominator: held.length,
      people: disputes.map(({ fact }) => fact.data.by),
      evidence: [...disputes, ...held].flatMap((one) => sharedEvidence(asked, one)),
    },
    100,
  );
};

export const daysToSettle = (asked: CellQuestion): ShareFigure => {
  const settled = disputesIn(asked.facts).flatMap(({ fact: start, involved }) => {
    const end = ofType(asked.facts, 'DisputeSettled').find(({ data }) => data.disputeId === start.data.disputeId);
    return end && isOf(asked, { fact: end, involved }) ? [{ start, end, involved }] : [];
  });
  const days = settled.map(({ start, end }) => daysBetween(start.meta.occurredAt, end.meta.occurredAt));
  return {
    value: median(days),
    ...{ numerator: null, denominator: null, n: days.length, responseRate: null, interval: null },
    people: distinct(settled.map(({ start }) => start.data.by)),
    eventIds: idsOf(settled.flatMap(({ start, end, involved }) => [start, ...sharedEvidence(asked, { fact: end, involved })])),
  };
};

/** From what was recorded as training alone (R20), corrections included. Members are those of the cell when the figure moved. */
export const hoursPerMember = (asked: CellQuestion, role: ExchangeRole): ShareFigure => {
  const { facts, cell } = asked;
  const [dimension, code] = cell.split(/:(.*)/s);
  const hours = ofType(facts, 'TrainingHoursRecorded')
    .filter(({ data }) => data.role === role)
    .filter(({ data, meta }) => isIn(asked, { ...data, known: meta.recordedAt }));
  const everybody = enrolled(facts);
  const groups = dimension === 'site' || dimension === 'unit' ? groupsOf(facts, dimension, everybody) : [];
  const members = dimension === 'network' ? everybody : (groups.find((group) => group.code === code)?.members ?? []);
  return quotient({
    numerator: sum(hours.map(({ data }) => data.minutes)) / 60,
    denominator: members.length,
    people: distinct(hours.map(({ data }) => data.memberId)),
    evidence: [...hours, ...membershipFacts(facts), ...(dimension === 'network' ? [] : homeFacts(facts))],
  });
};
