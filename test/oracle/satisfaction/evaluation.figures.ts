import type { CriterionId } from '#domain/ids';
import type { Fact } from '../facts/question';
import { distinct, sum } from '../facts/sets';
import { median } from '../facts/statistics';
import { answeredOf, dueIn, isIn, placeFacts, type Answered, type CellQuestion, type Due } from './answers';
import { share, type ShareFigure } from './share';

/** An evaluation's score from which on it says yes. */
const CONTENT = 4;

const dueOf = (asked: CellQuestion): readonly Due[] => dueIn(asked.facts).filter((one) => isIn(asked, one));

/** Who is in the cell is known beside the others of the same exchange. */
const evidenceOf = (asked: CellQuestion, due: readonly Due[]): readonly Fact[] => {
  const closings = new Set(due.map(({ closed }) => closed));
  const all = dueIn(asked.facts).filter(({ closed }) => closings.has(closed));
  return [...closings, ...due.flatMap(({ answer }) => answer ?? []), ...all.flatMap((one) => placeFacts(asked, one))];
};

/** Of these, who answered: beside every figure. */
const rated = (asked: CellQuestion, due: readonly Due[]) => ({
  due: due.length,
  answered: answeredOf(due).length,
  people: answeredOf(due).map(({ memberId }) => memberId),
  evidence: evidenceOf(asked, due),
});

const ofAnswers = (asked: CellQuestion, due: readonly Due[], saysYes: (answer: Answered) => boolean): ShareFigure => {
  const answers = answeredOf(due);
  return share({ ...rated(asked, due), numerator: answers.filter(saysYes).length, denominator: answers.length });
};

const learnersOf = (asked: CellQuestion): readonly Due[] => dueOf(asked).filter(({ role }) => role === 'learner');

export const responseRate = (asked: CellQuestion): ShareFigure => {
  const due = dueOf(asked);
  return share({ ...rated(asked, due), numerator: answeredOf(due).length, denominator: due.length });
};

export const satisfaction = (asked: CellQuestion): ShareFigure => ofAnswers(asked, dueOf(asked), ({ form }) => form.overall >= CONTENT);
export const exchangeAgain = (asked: CellQuestion): ShareFigure => ofAnswers(asked, dueOf(asked), ({ form }) => form.again);
export const usefulHot = (asked: CellQuestion): ShareFigure =>
  ofAnswers(asked, learnersOf(asked), ({ form }) => form.usable !== null && form.usable >= CONTENT);

const byExchange = (due: readonly Due[]): readonly (readonly Due[])[] =>
  distinct(due.map(({ exchangeId }) => exchangeId)).map((id) => due.filter(({ exchangeId }) => exchangeId === id));

/** Of the exchanges that everybody evaluated, those with which everybody was content. */
export const mutualSatisfaction = (asked: CellQuestion): ShareFigure => {
  const due = dueOf(asked);
  const whole = byExchange(due).filter((all) => all.every(({ answer }) => answer !== null));
  const mutual = whole.filter((all) => answeredOf(all).every(({ form }) => form.overall >= CONTENT));
  return share({ ...rated(asked, due), numerator: mutual.length, denominator: whole.length });
};

interface Criterion {
  readonly criterionId: CriterionId;
  readonly scores: readonly number[];
}

/** The criteria that these learners of one exchange answered, each with what they said. */
const criteriaOf = (answers: readonly Answered[]): readonly Criterion[] => {
  const all = answers.flatMap(({ form }) => form.criteria);
  return distinct(all.map(({ criterionId }) => criterionId)).map((criterionId) => ({
    criterionId,
    scores: all.filter((one) => one.criterionId === criterionId).map(({ score }) => score),
  }));
};

export const objectivesAttained = (asked: CellQuestion): ShareFigure => {
  const due = learnersOf(asked);
  const criteria = byExchange(due).map((all) => criteriaOf(answeredOf(all)));
  const met = criteria.map((all) => all.filter(({ scores }) => (median(scores) ?? 0) >= CONTENT).length);
  return share({ ...rated(asked, due), numerator: sum(met), denominator: sum(criteria.map((all) => all.length)) });
};
