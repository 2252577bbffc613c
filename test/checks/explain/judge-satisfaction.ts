import { ofType, type Fact, type Question } from '#test/oracle/facts/question';
import { isTooFew, isWeekEnd, tellingPairs, type Published } from '#test/oracle/disclosure/disclosure';
import { unsealedAnswers } from '#test/oracle/satisfaction/answers';
import { passingOn } from '#test/oracle/satisfaction/passing-on.figures';
import { satisfactionFigure } from '#test/oracle/satisfaction/satisfaction';
import type { ShareFigure } from '#test/oracle/satisfaction/share';
import type { MemberId } from '#domain/ids';
import type { SatisfactionAnswer } from './answers';
import { apart, isSameNumber, type Finding } from './findings';

type Shown = Extract<SatisfactionAnswer['figure'], { readonly hidden: false }>;

const nameOf = ({ indicator, cell }: SatisfactionAnswer['figure']): string => `${indicator}/${cell}`;

const PARTS = ['value', 'numerator', 'denominator', 'n', 'responseRate'] as const;

const judgeNumbers = (figure: Shown, expected: ShareFigure): readonly Finding[] => {
  const wrong = PARTS.filter((part) => !isSameNumber(figure[part], expected[part])).map(
    (part) => `${nameOf(figure)}: ${part} is ${figure[part]}, by the oracle ${expected[part]}`,
  );
  const [own, theirs] = [figure.interval, expected.interval];
  const isSame = own && theirs ? isSameNumber(own.low, theirs.low) && isSameNumber(own.high, theirs.high) : own === theirs;
  return [...wrong, ...(isSame ? [] : [`${nameOf(figure)}: its interval`])].map((what) => ({ count: 'disagreements', what }));
};

/** What the facts of its list alone come to; which of them are told yet is R15's to say. */
const expectedOf = (figure: Shown, told: readonly Fact[], { counted }: SatisfactionAnswer): ShareFigure =>
  figure.indicator === 'passingOn'
    ? passingOn(told, (counted?.persons ?? []) as readonly MemberId[], figure.movedAt)
    : satisfactionFigure(figure.indicator, { facts: told, cell: figure.cell });

/** Told as soon as a week had ended by which it was recorded, and of answers nothing but what is unsealed. */
const judgeTime = (figure: Shown, told: readonly Fact[], question: Question): readonly Finding[] => {
  const answers = ofType(told, 'EvaluationSubmitted', 'EvaluationAmended');
  const unsealed = unsealedAnswers(question.facts.filter(({ meta }) => meta.recordedAt <= figure.movedAt));
  const zone = ofType(question.facts, 'NetworkOpened')[0]?.data.timeZone ?? 'UTC';
  const faults = [
    ...(isWeekEnd(figure.movedAt, zone) && figure.movedAt <= question.at ? [] : ['it moved within a week']),
    ...(answers.every(({ meta }) => unsealed.has(meta.eventId)) ? [] : ['it holds an answer that is sealed, or was amended']),
  ];
  return faults.map((what) => ({ count: 'disclosed', what: `${nameOf(figure)}: ${what}` }));
};

const ANSWERED: readonly string[] = ['responseRate', 'satisfaction', 'exchangeAgain'];

const judgeShown = (answer: SatisfactionAnswer, figure: Shown, question: Question): readonly Finding[] => {
  const ids = new Set(answer.eventIds);
  const told = question.facts.filter(({ meta }) => ids.has(meta.eventId));
  const expected = expectedOf(figure, told, answer);
  const opened = ofType(question.facts, 'NetworkOpened').map(({ meta }) => meta.eventId);
  const isForbidden = ANSWERED.includes(figure.indicator) && isTooFew(question.facts, figure.cell);
  return [
    ...judgeNumbers(figure, expected),
    ...judgeTime(figure, told, question),
    ...apart(`${nameOf(figure)}: people`, answer.counted?.persons ?? [], expected.people),
    ...apart(`${nameOf(figure)}: evidence`, answer.eventIds, [...expected.eventIds, ...opened]),
    ...(isForbidden ? [{ count: 'disclosed' as const, what: `${nameOf(figure)} is shown of fewer than five` }] : []),
  ];
};

const judgeHidden = ({ figure, counted, eventIds }: SatisfactionAnswer): readonly Finding[] => {
  const isSilent = counted === null && eventIds.length === 0 && Object.keys(figure).length === 3;
  return isSilent ? [] : [{ count: 'disclosed', what: `${nameOf(figure)} is hidden, and tells something` }];
};

export const judgeSatisfaction = (question: Question, answers: readonly SatisfactionAnswer[]): readonly Finding[] =>
  answers.flatMap((answer) => (answer.figure.hidden ? judgeHidden(answer) : judgeShown(answer, answer.figure, question)));

/** Of all that was published of one indicator, whatever the cell and the date. */
export const judgePairs = (facts: readonly Fact[], answers: readonly SatisfactionAnswer[]): readonly Finding[] => {
  const shown = answers.filter(({ figure }) => !figure.hidden);
  const indicators = new Set(shown.map(({ figure }) => figure.indicator));
  return [...indicators].flatMap((indicator) => {
    const published = shown
      .filter(({ figure }) => figure.indicator === indicator)
      .map((answer) => ({ name: nameOf(answer.figure), eventIds: answer.eventIds as Published['eventIds'] }));
    return tellingPairs(facts, published).map((what): Finding => ({ count: 'disclosed', what }));
  });
};
