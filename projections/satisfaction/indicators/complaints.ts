import { elapsed } from '#domain/calendar';
import { type Ballot, ballot, cellsOf, type ExchangeFacts, type Sources } from '../ballot';
import { factsOf } from '../satisfaction.facts';

const personsOf = ({ facts }: ExchangeFacts): readonly string[] => {
  const held = factsOf(facts, 'ExchangeHeld')[0]?.present.map(({ memberId }) => memberId as string);
  return held ?? factsOf(facts, 'ExchangeAgreed')[0]?.members ?? [];
};

const heldBallots = (sources: Sources, exchange: ExchangeFacts): readonly Ballot[] =>
  factsOf(exchange.facts, 'ExchangeHeld')
    .slice(0, 1)
    .flatMap((held) => {
      const persons = held.present.map(({ memberId }) => memberId as string);
      const cells = cellsOf(sources.members, { persons, known: held.rec, topicUri: exchange.topicUri });
      return ballot(sources.weeks.inYear(held.at, [held.rec]), {
        authors: persons,
        judged: persons,
        cells,
        opens: [held],
        placed: { persons, known: held.rec, exchange },
        of: 1,
      });
    });

/** Disputes ÷ E, each by its own date. */
export const disputes = (sources: Sources): readonly Ballot[] =>
  sources.exchanges.flatMap((exchange) => {
    const persons = personsOf(exchange);
    const told = factsOf(exchange.facts, 'ExchangeDisputed').flatMap((dispute) =>
      ballot(sources.weeks.inYear(dispute.at, [dispute.rec]), {
        authors: [dispute.by],
        judged: persons.filter((person) => person !== dispute.by),
        cells: cellsOf(sources.members, { persons, known: dispute.rec, topicUri: exchange.topicUri }),
        opens: [dispute],
        placed: { persons, known: dispute.rec, exchange },
        hits: 1,
      }),
    );
    return [...heldBallots(sources, exchange), ...told];
  });

const DAY = 24 * 60 * 60_000;

/** Days from dispute to settlement, by the settlement. */
export const settlements = (sources: Sources): readonly Ballot[] =>
  sources.exchanges.flatMap((exchange) =>
    factsOf(exchange.facts, 'DisputeSettled').flatMap((settled) => {
      const dispute = factsOf(exchange.facts, 'ExchangeDisputed').find(({ disputeId }) => disputeId === settled.disputeId);
      if (dispute === undefined) return [];
      const persons = personsOf(exchange);
      return ballot(sources.weeks.inYear(settled.at, [settled.rec]), {
        authors: [dispute.by],
        judged: persons.filter((person) => person !== dispute.by),
        cells: cellsOf(sources.members, { persons, known: settled.rec, topicUri: exchange.topicUri }),
        opens: [dispute, settled],
        placed: { persons, known: settled.rec, exchange },
        ...{ hits: elapsed(dispute.at, settled.at) / DAY, of: 1 },
      });
    }),
  );
