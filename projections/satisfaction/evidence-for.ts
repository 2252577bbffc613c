import type { FigureContribution, Placed } from './contribution';
import type { CellAt, Definition } from './definitions';
import { type Dated, factsOf } from './satisfaction.facts';

/** Evidence that a contribution counts in a cell: the sites and units of its persons, the topic of its exchange. */
const placedBy = (placed: Placed, { cell, sources: { members } }: CellAt): readonly Dated[] => {
  const [dimension] = cell.split(':', 1);
  if (dimension === 'topic') return factsOf(placed.exchange.facts, 'ExchangeAgreed').slice(0, 1);
  if (dimension !== 'site' && dimension !== 'unit') return [];
  return [...(placed.told ?? []), ...placed.persons.flatMap((person) => members.placeEvidence(person, placed.known))];
};

/**
 * §6: all from which a published figure can be recomputed. Which contributions are published is disclosure control's to decide (R15, ADR 0025); these are
 * the events behind those that are, behind their places, and behind what they are divided by.
 */
export const evidenceFor = (
  counting: readonly FigureContribution[],
  at: CellAt,
  beside: Definition['beside'] = () => [],
): readonly Dated[] => {
  const placed = new Set(counting.map((contribution) => contribution.placed));
  return [
    ...counting.flatMap(({ evidence }) => evidence),
    ...[...placed].flatMap((each) => placedBy(each, at)),
    ...beside(at),
    ...at.sources.opened,
  ];
};
