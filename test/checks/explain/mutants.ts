import type { Instant } from '#kernel/id';
import type { RecordedEvent } from '#event-store/codec.port';
import type { Mutant } from '../runner/self-test';
import { foldedAnswers, type Answers, type AnswersAt, type RiskAnswer, type SatisfactionAnswer } from './answers';

/** What answers in the place of the read models. */
export interface AnswerMutant extends Mutant {
  readonly answersOf: (log: readonly RecordedEvent[]) => AnswersAt;
}

/** A fold that never heard of some events. A small population may have none of them, and show no satisfaction. */
const forgetting = (bug: string, ...types: readonly RecordedEvent['type'][]): AnswerMutant => ({
  bug,
  rare: true,
  answersOf: (log) => foldedAnswers(log.filter(({ type }) => !types.includes(type))),
});

const answering = (bug: string, change: (answers: Answers) => Answers): AnswerMutant => ({
  bug,
  answersOf: (log) => {
    const right = foldedAnswers(log);
    return async (asOf) => change(await right(asOf));
  },
});

const ofRisk = (bug: string, change: (answer: RiskAnswer) => RiskAnswer): AnswerMutant =>
  answering(bug, (answers) => ({ ...answers, risk: answers.risk.map(change) }));

const ofSatisfaction = (bug: string, change: (answer: SatisfactionAnswer) => SatisfactionAnswer): AnswerMutant =>
  answering(bug, (answers) => ({ ...answers, satisfaction: answers.satisfaction.map(change) }));

const asShown = ({ figure, ...answer }: SatisfactionAnswer): SatisfactionAnswer =>
  figure.hidden ? { figure, ...answer, eventIds: ['0'.repeat(32)] } : { figure, ...answer };

const A_DAY = 86_400_000;
const dayBefore = (asOf: Instant): Instant => new Date(Date.parse(asOf) - A_DAY).toISOString() as Instant;

export const MUTANTS: readonly AnswerMutant[] = [
  forgetting('who left is a member still', 'MemberLeft', 'MemberSuspended'),
  forgetting('a withdrawn offer is in the directory', 'OfferWithdrawn', 'OfferLapsed', 'OfferPaused'),
  forgetting('a matched request is open', 'RequestMatched', 'RequestMet'),
  forgetting('a superseded match is in the funnel', 'MatchSuperseded'),
  forgetting('a connection has no outcome', 'AgreementReached', 'AgreementNotReached'),
  forgetting('an engagement is never over', 'EngagementReleased'),
  { bug: 'the figures are those of the day before', answersOf: (log) => (asOf) => foldedAnswers(log)(dayBefore(asOf)) },
  ofRisk('a list lacks what excludes', (answer) => ({ ...answer, eventIds: answer.eventIds.slice(0, -1) })),
  ofRisk('a share is over one more', ({ figure, ...answer }) => ({
    ...answer,
    figure: figure.hidden || figure.denominator === null ? figure : { ...figure, denominator: figure.denominator + 1 },
  })),
  ofRisk('an alert is the other way round', ({ figure, ...answer }) => ({ ...answer, figure: { ...figure, alert: !figure.alert } })),
  ofRisk('somebody is not counted in an operand', (answer) => ({
    ...answer,
    operands: answer.operands.map((operand) => ({ ...operand, ids: operand.ids.slice(1) })),
  })),
  ofRisk('a small group is shown', ({ figure, ...answer }) => ({ ...answer, figure: { ...figure, hidden: false } })),
  ofSatisfaction('a list holds an event too many', (answer) => ({ ...answer, eventIds: [...answer.eventIds, '0'.repeat(32)] })),
  ofSatisfaction('a hidden figure opens into an event', asShown),
  ...[
    ofSatisfaction('a figure moves in the middle of a week', ({ figure, ...answer }) => ({
      ...answer,
      figure: figure.hidden ? figure : { ...figure, movedAt: dayBefore(figure.movedAt) },
    })),
    ofSatisfaction('one who was silent is content', ({ figure, ...answer }) => ({
      ...answer,
      figure: figure.hidden || figure.numerator === null ? figure : { ...figure, numerator: figure.numerator + 1 },
    })),
  ].map((mutant) => ({ ...mutant, rare: true })),
];
