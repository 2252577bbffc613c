import type { ExchangeRole } from '#domain/vocabulary';
import { NETWORK } from '#domain/disclosure/releases';
import { type FigureContribution, contribution, cellsOf, type Sources } from '../contribution';
import { LEARNERS, learnersIn } from '../cells';
import type { Question } from '../columns';
import type { EvaluationFact } from '../satisfaction.facts';
import { type ClosedExchange, closedExchanges } from './closed-exchange';

interface Due {
  readonly memberId: string;
  readonly role: ExchangeRole;
}

const isOwn = (cell: string): boolean => cell !== NETWORK && cell !== LEARNERS;

/** Each person's own, a learner's once more among learners: what learners alone are asked is released by the same rule. */
const cellsOfDue = ({ members }: Sources, exchange: ClosedExchange, { memberId, role }: Due): readonly string[] => {
  const [known, { topicUri }] = [exchange.closed.rec, exchange];
  const own = cellsOf(members, { persons: [memberId], known, topicUri, role });
  return role === 'learner' ? [...own, ...own.filter(isOwn).map(learnersIn)] : own;
};

const answered = (sources: Sources, exchange: ClosedExchange, answer: EvaluationFact): readonly FigureContribution[] =>
  contribution(exchange.stay, {
    authors: [answer.memberId],
    judged: exchange.othersThan(answer.memberId),
    cells: cellsOfDue(sources, exchange, answer),
    evidence: [answer, exchange.closed],
    placed: exchange.placed,
    exchangeId: exchange.id,
    answer,
    ...{ of: 1, due: 1, answered: 1 },
  });

/** Due without an answer: nobody's answer, but one more in the response rate. */
const silent = (sources: Sources, exchange: ClosedExchange, due: Due): readonly FigureContribution[] =>
  contribution(exchange.stay, {
    authors: [],
    judged: [],
    cells: cellsOfDue(sources, exchange, due),
    evidence: [exchange.closed],
    placed: exchange.placed,
    exchangeId: exchange.id,
    due: 1,
  });

/** One contribution for each person due in an exchange. */
export const everyoneDue = (sources: Sources): readonly FigureContribution[] =>
  closedExchanges(sources).flatMap((exchange) => [
    ...exchange.answers.flatMap((answer) => answered(sources, exchange, answer)),
    ...exchange.missed.flatMap((each) => silent(sources, exchange, each)),
  ]);

const question =
  (isHit: (answer: EvaluationFact) => boolean): Question =>
  ({ answer, of, due: asked, answered: answers }) => ({
    hits: answer !== undefined && isHit(answer) ? 1 : 0,
    of,
    due: asked,
    answered: answers,
  });

/** Who was due, and who answered: what more is asked is asked of exchanges. */
export const due: Question = ({ due: asked, answered: answers }) => ({ hits: 0, of: 0, due: asked, answered: answers });

/** Submitted ÷ due: who missed counts below the line too. */
export const responded: Question = ({ due: asked, answered: answers }) => ({ hits: answers, of: asked, due: asked, answered: answers });

export const SATISFIED = 4;
export const satisfied = question(({ form }) => form.overall >= SATISFIED);
export const again = question(({ form }) => form.again);
export const usefulHot = question(({ form }) => (form.usable ?? 0) >= SATISFIED);
