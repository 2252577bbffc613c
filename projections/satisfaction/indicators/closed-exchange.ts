import type { Stay } from '../calendar';
import type { ExchangeFacts, Placed, Sources } from '../contribution';
import { type EvaluationFact, type Fact, factsOf } from '../satisfaction.facts';

export type Closed = Fact<'exchange', 'ExchangeClosed'>;

/** An exchange whose window has ended: who was due, and what the answers say, now that they are unsealed (R13). */
export interface ClosedExchange {
  readonly id: string;
  readonly topicUri: string | null;
  readonly closed: Closed;
  /** The last version of each author's form. */
  readonly answers: readonly EvaluationFact[];
  readonly missed: Closed['missed'];
  /** The others who were due: whom each author judges. */
  readonly othersThan: (author: string) => readonly string[];
  readonly stay: Stay;
  readonly placed: Placed;
}

const lastForms = ({ facts }: ExchangeFacts, { submitted }: Closed): readonly EvaluationFact[] => {
  const forms = new Map<string, EvaluationFact>();
  for (const fact of facts) if (fact.is === 'EvaluationSubmitted' || fact.is === 'EvaluationAmended') forms.set(fact.memberId, fact);
  return submitted.flatMap(({ memberId }) => forms.get(memberId) ?? []);
};

const closedOf = (exchange: ExchangeFacts, weeks: Sources['weeks']): readonly ClosedExchange[] => {
  const closed = factsOf(exchange.facts, 'ExchangeClosed')[0];
  if (closed === undefined) return [];
  const persons = [...closed.submitted, ...closed.missed].map(({ memberId }) => memberId as string);
  return [
    {
      id: exchange.id,
      topicUri: exchange.topicUri,
      closed,
      answers: lastForms(exchange, closed),
      missed: closed.missed,
      othersThan: (author: string) => persons.filter((person) => person !== author),
      stay: weeks.inYear(closed.at, [closed.rec]),
      placed: { persons, known: closed.rec, exchange },
    },
  ];
};

/** Found once for the indicators that ask for them. */
const found = new WeakMap<Sources, readonly ClosedExchange[]>();

/** Due, answers and missed belong to T by the closing (§6). */
export const closedExchanges = (sources: Sources): readonly ClosedExchange[] => {
  const closed = found.get(sources) ?? sources.exchanges.flatMap((exchange) => closedOf(exchange, sources.weeks));
  found.set(sources, closed);
  return closed;
};
