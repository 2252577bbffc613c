import type { ExchangeRole } from '#domain/vocabulary';
import { type Ballot, ballot, cellsOf, type Sources } from '../ballot';
import type { Question } from '../columns';
import type { Answer } from '../satisfaction.facts';
import { type ClosedExchange, closedExchanges } from './closed-exchange';

interface Due {
  readonly memberId: string;
  readonly role: ExchangeRole;
}

const cellsOfDue = ({ members }: Sources, { closed, topicUri }: ClosedExchange, { memberId, role }: Due): readonly string[] =>
  cellsOf(members, { persons: [memberId], known: closed.rec, topicUri, role });

const answered = (sources: Sources, exchange: ClosedExchange, answer: Answer): readonly Ballot[] =>
  ballot(exchange.stay, {
    authors: [answer.memberId],
    judged: exchange.othersThan(answer.memberId),
    cells: cellsOfDue(sources, exchange, answer),
    opens: [answer, exchange.closed],
    answer,
    ...{ of: 1, due: 1, answered: 1 },
  });

/** Due without an answer: nobody's voice, but one more in the response rate. */
const silent = (sources: Sources, exchange: ClosedExchange, due: Due): readonly Ballot[] =>
  ballot(exchange.stay, { authors: [], judged: [], cells: cellsOfDue(sources, exchange, due), opens: [exchange.closed], due: 1 });

const asked =
  (isAsked: (due: Due) => boolean) =>
  (sources: Sources): readonly Ballot[] =>
    closedExchanges(sources).flatMap((exchange) => [
      ...exchange.answers.filter(isAsked).flatMap((answer) => answered(sources, exchange, answer)),
      ...exchange.missed.filter(isAsked).flatMap((due) => silent(sources, exchange, due)),
    ]);

/** One ballot for each person due in an exchange. */
export const everyoneDue = asked(() => true);
export const learnersDue = asked(({ role }) => role === 'learner');

const question =
  (isHit: (answer: Answer) => boolean): Question =>
  ({ answer, of, due, answered: answers }) => ({ hits: answer !== undefined && isHit(answer) ? 1 : 0, of, due, answered: answers });

/** Submitted ÷ due: who missed counts below the line too. */
export const responded: Question = ({ due, answered: answers }) => ({ hits: answers, of: due, due, answered: answers });

export const SATISFIED = 4;
export const satisfied = question(({ form }) => form.overall >= SATISFIED);
export const again = question(({ form }) => form.again);
export const usefulHot = question(({ form }) => (form.usable ?? 0) >= SATISFIED);
