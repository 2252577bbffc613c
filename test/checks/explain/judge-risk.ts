import type { Question } from '#test/oracle/facts/question';
import { questionOf } from '#test/oracle/facts/question';
import { evaluationGap } from '#test/oracle/risk/evaluation-gap.figures';
import { riskFigures, riskIndicators, type RiskFigure } from '#test/oracle/risk/risk';
import type { RiskAnswer } from './answers';
import { apart, isSameNumber, type Finding } from './findings';

const MEMBERSHIP: readonly string[] = [
  'MemberEnrolled',
  'MemberSuspended',
  'ReciprocityRestored',
  'MemberLeft',
  'PersonalDataErased',
  'PolicyChanged',
];

const nameOf = (indicator: string, cell: string | null): string => `${indicator}/${cell ?? 'network'}`;

const PARTS = ['value', 'numerator', 'denominator', 'n', 'threshold'] as const;

const judgeNumbers = (name: string, figure: RiskAnswer['figure'], expected: RiskFigure): readonly Finding[] => [
  ...PARTS.filter((part) => !isSameNumber(figure[part], expected[part])).map((part): Finding => ({
    count: 'disagreements',
    what: `${name}: ${part} is ${figure[part]}, by the oracle ${expected[part]}`,
  })),
  ...(figure.alert === expected.alert ? [] : [{ count: 'disagreements' as const, what: `${name}: its alert is ${figure.alert}` }]),
];

/** Members whom a formula is over are told as such. */
const judgePeople = (name: string, { operands }: RiskAnswer, expected: RiskFigure): readonly Finding[] => {
  const over = operands.find((operand) => operand.name !== 'numerator' && operand.of === 'members');
  return over ? apart(`${name}: people`, over.ids, expected.people) : [];
};

/** Folded alone, a list gives the figure again. */
const isFoldedAlone = (question: Question, { figure, eventIds }: RiskAnswer): boolean => {
  const told = new Set<string>(eventIds);
  const facts = question.facts.filter(({ meta }) => told.has(meta.eventId));
  const alone = questionOf(facts, question.at);
  const [again] = alone ? riskFigures(alone, 'dormancy') : [];
  return again?.numerator === figure.numerator && again?.denominator === figure.denominator;
};

/** Which act shows that somebody was awake is free: one of each member's at most, and enough of them. */
const judgeDormancyList = (question: Question, answer: RiskAnswer, expected: RiskFigure): readonly Finding[] => {
  const told = new Set<string>(answer.eventIds);
  const needed = question.facts.filter(({ type, meta }) => MEMBERSHIP.includes(type) && expected.eventIds.includes(meta.eventId));
  const extra = question.facts.filter(({ meta }) => told.has(meta.eventId) && !expected.eventIds.includes(meta.eventId));
  const actors = extra.map(({ meta }) => meta.actor.id);
  const isRight =
    needed.every(({ meta }) => told.has(meta.eventId)) &&
    new Set(actors).size === actors.length &&
    actors.every((actor) => expected.people.some((person) => person === actor)) &&
    isFoldedAlone(question, answer);
  return isRight ? [] : [{ count: 'differences', what: 'dormancy/network: evidence' }];
};

const judgeHidden = (name: string, { figure, operands, eventIds }: RiskAnswer): readonly Finding[] => {
  const told = [figure.value, figure.numerator, figure.denominator, figure.n].some((part) => part !== null);
  const isSilent = !told && !figure.alert && operands.length === 0 && eventIds.length === 0;
  return isSilent ? [] : [{ count: 'disclosed', what: `${name} is hidden, and tells something` }];
};

const judge = (answer: RiskAnswer, question: Question, expected: RiskFigure | undefined): readonly Finding[] => {
  const { figure, eventIds } = answer;
  const name = nameOf(figure.indicator, figure.cell);
  if (expected === undefined) return [{ count: 'disagreements', what: `${name}: the oracle has none` }];
  if (figure.hidden !== expected.hidden) return [{ count: 'disclosed', what: `${name}: hidden is ${figure.hidden}` }];
  if (figure.hidden) return judgeHidden(name, answer);
  return [
    ...judgeNumbers(name, figure, expected),
    ...judgePeople(name, answer, expected),
    ...(figure.indicator === 'dormancy'
      ? judgeDormancyList(question, answer, expected)
      : apart(`${name}: evidence`, eventIds, expected.eventIds)),
  ];
};

/** The gap moves with satisfaction (R15): its closings are those that were told. */
const expectedGap = (question: Question, { figure, eventIds }: RiskAnswer): RiskFigure => {
  const told = question.facts.filter(({ meta }) => eventIds.some((id) => id === meta.eventId));
  const threshold = question.policy.thresholds.evaluationGap;
  const gap = evaluationGap(told);
  return { ...gap, hidden: figure.hidden, threshold, alert: gap.value !== null && gap.value > threshold };
};

export const judgeRisk = (question: Question, answers: readonly RiskAnswer[]): readonly Finding[] => {
  const expected = riskIndicators.flatMap((indicator) => riskFigures(question, indicator));
  const named = new Map(expected.map((figure) => [nameOf(figure.indicator, figure.cell === 'network' ? null : figure.cell), figure]));
  const told = new Set(answers.map(({ figure }) => nameOf(figure.indicator, figure.cell)));
  return [
    ...answers.flatMap((answer) => {
      const { indicator, cell } = answer.figure;
      return judge(answer, question, indicator === 'evaluationGap' ? expectedGap(question, answer) : named.get(nameOf(indicator, cell)));
    }),
    ...[...named.keys()].filter((name) => !told.has(name)).map((name): Finding => ({ count: 'disagreements', what: `${name} is missing` })),
  ];
};
