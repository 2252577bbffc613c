import type { Ballot, Placed } from './ballot';
import type { At, Definition } from './figure';
import { type Dated, factsOf } from './satisfaction.facts';

/** What tells that a contribution counts in a cell: the sites and units of its persons, the topic of its exchange. */
const placedBy = (placed: Placed, { cell, sources: { members } }: At): readonly Dated[] => {
  const [dimension] = cell.split(':', 1);
  const agreed = factsOf(placed.exchange.facts, 'ExchangeAgreed').slice(0, 1);
  if (dimension === 'topic') return agreed;
  if (dimension !== 'site' && dimension !== 'unit') return [];
  return [...agreed, ...placed.persons.flatMap((person) => members.placesTold(person, placed.known))];
};

/**
 * §6: all from which a shown figure can be recomputed. Which contributions are shown is the publication's to decide (R15, ADR 0025); these are
 * the events behind those that are, behind their places, and behind what they are divided by.
 */
export const openedBy = (counting: readonly Ballot[], at: At, beside: Definition['beside'] = () => []): readonly Dated[] => {
  const placed = new Set(counting.map((ballot) => ballot.placed));
  return [
    ...counting.flatMap(({ opens }) => opens),
    ...[...placed].flatMap((each) => placedBy(each, at)),
    ...beside(at),
    ...at.sources.opened,
  ];
};
