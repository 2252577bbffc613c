import { median } from '#domain/figures/statistics';
import { type Ballot, ballot, cellsOf, type Sources } from '../ballot';
import type { Answer } from '../satisfaction.facts';
import { SATISFIED } from './answers';
import { type ClosedExchange, closedExchanges } from './closed-exchange';

interface Counted {
  readonly voices: readonly Answer[];
  readonly hits: number;
  readonly of: number;
}

/** One ballot an exchange, in the name of all whose answers it is made of. */
const together = (sources: Sources, exchange: ClosedExchange, { voices, hits, of }: Counted): readonly Ballot[] => {
  const { answers, closed, missed, topicUri, stay } = exchange;
  const authors = voices.map(({ memberId }) => memberId as string);
  const persons = authors.length > 0 ? authors : [...closed.submitted, ...closed.missed].map(({ memberId }) => memberId as string);
  return ballot(stay, {
    authors,
    judged: [...new Set(authors.flatMap((author) => exchange.othersThan(author)))],
    cells: cellsOf(sources.members, { persons, known: closed.rec, topicUri }),
    opens: [...voices, closed],
    ...{ hits, of, due: answers.length + missed.length, answered: answers.length },
  });
};

const mutualIn = ({ answers, missed }: ClosedExchange): Counted => {
  if (missed.length > 0 || answers.length === 0) return { voices: [], hits: 0, of: 0 };
  return { voices: answers, hits: answers.every(({ form }) => form.overall >= SATISFIED) ? 1 : 0, of: 1 };
};

/** Exchanges where every overall is 4 or more ÷ fully evaluated exchanges. */
export const mutual = (sources: Sources): readonly Ballot[] =>
  closedExchanges(sources).flatMap((exchange) => together(sources, exchange, mutualIn(exchange)));

/** Criteria that a learner answered; met where the learners' median is 4 or more. */
const objectivesIn = ({ answers }: ClosedExchange): Counted => {
  const voices = answers.filter(({ role, form }) => role === 'learner' && form.criteria.length > 0);
  const scores = new Map<string, number[]>();
  for (const { criterionId, score } of voices.flatMap(({ form }) => form.criteria))
    scores.set(criterionId, [...(scores.get(criterionId) ?? []), score]);
  return { voices, hits: [...scores.values()].filter((all) => (median(all) ?? 0) >= SATISFIED).length, of: scores.size };
};

/** Agreed criteria met ÷ agreed criteria. */
export const objectives = (sources: Sources): readonly Ballot[] =>
  closedExchanges(sources).flatMap((exchange) => together(sources, exchange, objectivesIn(exchange)));
