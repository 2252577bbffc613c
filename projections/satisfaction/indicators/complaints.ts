import { elapsed } from '#domain/calendar';
import { type FigureContribution, contribution, cellsOf, type ExchangeFacts, type Sources } from '../contribution';
import { settledIn } from '../cells';
import { type Fact, factsOf } from '../satisfaction.facts';

/** E, by which disputes are divided. */
export const heldExchanges = (sources: Sources): readonly FigureContribution[] =>
  sources.exchanges.flatMap((exchange) =>
    factsOf(exchange.facts, 'ExchangeHeld')
      .slice(0, 1)
      .flatMap((held) => {
        const persons = held.present.map(({ memberId }) => memberId as string);
        const cells = cellsOf(sources.members, { persons, known: held.rec, topicUri: exchange.topicUri });
        return contribution(sources.weeks.inYear(held.at, [held.rec]), {
          authors: persons,
          judged: persons,
          cells,
          evidence: [held],
          placed: { persons, known: held.rec, exchange },
          of: 1,
        });
      }),
  );

const DAY = 24 * 60 * 60_000;

type Dispute = Fact<'exchange', 'ExchangeDisputed'>;

/** Who agreed on the exchange: whoever came to it or not, and whatever comes later, a dispute stays in its cells (R15). */
const involvedIn = ({ facts }: ExchangeFacts) => {
  const told = factsOf(facts, 'ExchangeAgreed').slice(0, 1);
  return { told, persons: told.flatMap(({ members }): readonly string[] => members) };
};

const contributorsOf = (exchange: ExchangeFacts, dispute: Dispute) => {
  const { persons, told } = involvedIn(exchange);
  return { persons, told, authors: [dispute.by], judged: persons.filter((person) => person !== dispute.by) };
};

/** Days from dispute to settlement, by the settlement. */
const settlementOf = (sources: Sources, exchange: ExchangeFacts, dispute: Dispute): FigureContribution | undefined => {
  const settled = factsOf(exchange.facts, 'DisputeSettled').find(({ disputeId }) => disputeId === dispute.disputeId);
  if (settled === undefined) return undefined;
  const { persons, told, ...contributors } = contributorsOf(exchange, dispute);
  const cells = cellsOf(sources.members, { persons, known: settled.rec, topicUri: exchange.topicUri });
  return contribution(sources.weeks.inYear(settled.at, [settled.rec]), {
    ...contributors,
    cells: cells.map(settledIn),
    evidence: [dispute, settled],
    placed: { persons, told, known: settled.rec, exchange },
    ...{ hits: elapsed(dispute.at, settled.at) / DAY, of: 1 },
  })[0];
};

/** Each by its own date; later once more, where it is settled. */
export const disputes = (sources: Sources): readonly FigureContribution[] =>
  sources.exchanges.flatMap((exchange) =>
    factsOf(exchange.facts, 'ExchangeDisputed').flatMap((dispute) => {
      const { persons, told, ...contributors } = contributorsOf(exchange, dispute);
      const later = settlementOf(sources, exchange, dispute);
      const opened = contribution(sources.weeks.inYear(dispute.at, [dispute.rec]), {
        ...contributors,
        cells: cellsOf(sources.members, { persons, known: dispute.rec, topicUri: exchange.topicUri }),
        evidence: [dispute],
        placed: { persons, told, known: dispute.rec, exchange },
        hits: 1,
        later,
      });
      // told a year late, it counts once it is settled
      return opened.length > 0 || later === undefined ? opened : [later];
    }),
  );

export const asSettled = (contribution: FigureContribution): FigureContribution => contribution.later ?? contribution;
