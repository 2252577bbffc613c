import { elapsed } from '#domain/calendar';
import { type FigureContribution, contribution, cellsOf, type ExchangeFacts, type Sources } from '../contribution';
import { settledIn } from '../cells';
import { type Fact, factsOf } from '../satisfaction.facts';

const personsOf = ({ facts }: ExchangeFacts): readonly string[] => {
  const held = factsOf(facts, 'ExchangeHeld')[0]?.present.map(({ memberId }) => memberId as string);
  return held ?? factsOf(facts, 'ExchangeAgreed')[0]?.members ?? [];
};

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

const contributorsOf = (exchange: ExchangeFacts, { by }: Dispute) => {
  const persons = personsOf(exchange);
  return { persons, authors: [by], judged: persons.filter((person) => person !== by) };
};

/** Days from dispute to settlement, by the settlement. */
const settlementOf = (sources: Sources, exchange: ExchangeFacts, dispute: Dispute): FigureContribution | undefined => {
  const settled = factsOf(exchange.facts, 'DisputeSettled').find(({ disputeId }) => disputeId === dispute.disputeId);
  if (settled === undefined) return undefined;
  const { persons, ...contributors } = contributorsOf(exchange, dispute);
  const cells = cellsOf(sources.members, { persons, known: settled.rec, topicUri: exchange.topicUri });
  return contribution(sources.weeks.inYear(settled.at, [settled.rec]), {
    ...contributors,
    cells: cells.map(settledIn),
    evidence: [dispute, settled],
    placed: { persons, known: settled.rec, exchange },
    ...{ hits: elapsed(dispute.at, settled.at) / DAY, of: 1 },
  })[0];
};

/** Each by its own date; later once more, where it is settled. */
export const disputes = (sources: Sources): readonly FigureContribution[] =>
  sources.exchanges.flatMap((exchange) =>
    factsOf(exchange.facts, 'ExchangeDisputed').flatMap((dispute) => {
      const { persons, ...contributors } = contributorsOf(exchange, dispute);
      const later = settlementOf(sources, exchange, dispute);
      const opened = contribution(sources.weeks.inYear(dispute.at, [dispute.rec]), {
        ...contributors,
        cells: cellsOf(sources.members, { persons, known: dispute.rec, topicUri: exchange.topicUri }),
        evidence: [dispute],
        placed: { persons, known: dispute.rec, exchange },
        hits: 1,
        later,
      });
      // told a year late, it counts once it is settled
      return opened.length > 0 || later === undefined ? opened : [later];
    }),
  );

export const asSettled = (contribution: FigureContribution): FigureContribution => contribution.later ?? contribution;
