import { measured, ratio, type Figure } from '../facts/figure';
import { attendanceFacts, attendees, countOf, heldEver, heldInWindow, membersIn, type Held } from '../facts/held';
import { enrolled, homeFacts, homeOf, membershipFacts } from '../facts/membership';
import { daysBetween, type Fact, type Question } from '../facts/question';
import { percentile } from '../facts/statistics';

/** Who was there, and who of them belongs to the network still. */
export const reciprocityEvidence = (facts: readonly Fact[], held: readonly Held[]): readonly Fact[] => [
  ...attendanceFacts(held),
  ...membershipFacts(facts, attendees(held)),
];

/** Of those who gave or received, who did both. */
export const imbalance = (question: Question): Figure => {
  const held = heldInWindow(question);
  const members = enrolled(question.facts).map((id) => ({
    id,
    gave: countOf(held, id, 'giver') > 0,
    received: countOf(held, id, 'learner') > 0,
  }));
  const active = members.filter(({ gave, received }) => gave || received);
  return ratio('imbalance', {
    numerator: active.filter(({ gave, received }) => gave && received).length,
    denominator: active.length,
    people: active.map(({ id }) => id),
    evidence: reciprocityEvidence(question.facts, held),
  });
};

/** Over all time: since when somebody only received, or only gave. */
export const reciprocityDebt = (question: Question): Figure => {
  const held = heldEver(question);
  const debts = enrolled(question.facts).flatMap((id) => {
    const given = held.filter((one) => membersIn(one, 'giver').includes(id));
    const received = held.filter((one) => membersIn(one, 'learner').includes(id));
    if (given.length > 0 && received.length > 0) return [];
    const since = [...given, ...received].map(({ fact }) => fact.meta.occurredAt).sort()[0];
    return since === undefined ? [] : [{ id, days: daysBetween(since, question.at) }];
  });
  const days = { numbers: debts.map((debt) => debt.days), people: debts.map(({ id }) => id) };
  return measured('reciprocityDebtDays', { ...days, evidence: reciprocityEvidence(question.facts, held) }, (all) => percentile(all, 0.9));
};

/** Unordered: who gave to whom makes no difference. */
const pairsOf = (held: Held): readonly string[] =>
  membersIn(held, 'giver').flatMap((giver) => membersIn(held, 'learner').map((learner) => [giver, learner].sort().join(' ')));

const CLOSED = 3;

export const closedPairs = (question: Question): Figure => {
  const held = heldInWindow(question);
  const timesOf = (pair: string): number => held.filter((one) => pairsOf(one).includes(pair)).length;
  const closed = held.filter((one) => pairsOf(one).some((pair) => timesOf(pair) >= CLOSED));
  return ratio('closedPairs', { numerator: closed.length, denominator: held.length, evidence: attendanceFacts(held) });
};

/** In their units of the time when it was held. */
const isWithinOneUnit = (facts: readonly Fact[], { fact, present }: Held): boolean => {
  const then = facts.filter(({ meta }) => meta.occurredAt <= fact.meta.occurredAt);
  const units = new Set(present.map(({ memberId }) => homeOf(then, memberId)?.unit));
  return units.size === 1 && !units.has(undefined);
};

export const sameUnit = (question: Question): Figure => {
  const held = heldInWindow(question);
  const homes = homeFacts(question.facts, attendees(held));
  return ratio('sameUnit', {
    numerator: held.filter((one) => isWithinOneUnit(homes, one)).length,
    denominator: held.length,
    evidence: [...attendanceFacts(held), ...homes],
  });
};
