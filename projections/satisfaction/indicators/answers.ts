import { type Ballot, ballot, cellsOf, type Sources } from '../ballot';
import { type Answer, type ClosedExchange, closedExchanges } from './closed-exchange';

export interface Question {
  /** Whom it is asked. */
  readonly role?: 'giver' | 'learner';
  readonly hit: (answer: Answer) => boolean;
}

const answered = (sources: Sources, exchange: ClosedExchange, { role, hit }: Question): readonly Ballot[] =>
  exchange.answers
    .filter((answer) => role === undefined || answer.role === role)
    .flatMap((answer) =>
      ballot(exchange.stay, {
        authors: [answer.memberId],
        judged: exchange.othersThan(answer.memberId),
        cells: cellsOf(sources.members, {
          persons: [answer.memberId],
          known: exchange.closed.rec,
          topicUri: exchange.topicUri,
          role: answer.role,
        }),
        opens: [answer, exchange.closed],
        ...{ hits: hit(answer) ? 1 : 0, of: 1, due: 1, answered: 1 },
      }),
    );

/** Due without an answer: nobody's voice, but one more in the response rate. */
const silent = (sources: Sources, exchange: ClosedExchange, { role }: Question): readonly Ballot[] =>
  exchange.missed
    .filter((due) => role === undefined || due.role === role)
    .flatMap((due) =>
      ballot(exchange.stay, {
        ...{ authors: [], judged: [] },
        cells: cellsOf(sources.members, {
          persons: [due.memberId],
          known: exchange.closed.rec,
          topicUri: exchange.topicUri,
          role: due.role,
        }),
        opens: [exchange.closed],
        due: 1,
      }),
    );

/** One ballot for each person due in an exchange. */
export const answersTo =
  (question: Question) =>
  (sources: Sources): readonly Ballot[] =>
    closedExchanges(sources).flatMap((exchange) => [...answered(sources, exchange, question), ...silent(sources, exchange, question)]);

/** Submitted ÷ due: who missed counts below the line too. */
export const responses = (sources: Sources): readonly Ballot[] =>
  answersTo({ hit: () => true })(sources).map((each) => ({ ...each, of: each.due }));

export const SATISFIED = 4;
export const satisfied = answersTo({ hit: ({ form }) => form.overall >= SATISFIED });
export const again = answersTo({ hit: ({ form }) => form.again });
export const usefulHot = answersTo({ role: 'learner', hit: ({ form }) => (form.usable ?? 0) >= SATISFIED });
