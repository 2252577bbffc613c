import type { EventId } from '#kernel/id';
import type { MemberId } from '#domain/ids';
import type { Fact } from './question';
import { distinct } from './sets';
import { median } from './statistics';

/** What a formula comes to, and from what. */
export interface Figure {
  readonly indicator: string;
  /** `network`, `site:LYON`, `unit:…`, `topic:…`, `role:giver`. */
  readonly cell: string;
  /** Null: nothing to divide by. */
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly n: number;
  /** Of too few persons to be told (R15). */
  readonly hidden: boolean;
  /** Whom the formula counts, where it counts persons. */
  readonly people: readonly MemberId[];
  /** All that it can be computed from again: what is counted, what divides, what leaves out. */
  readonly eventIds: readonly EventId[];
}

interface Counted {
  readonly numerator: number;
  readonly denominator: number;
  readonly people?: readonly MemberId[];
  readonly evidence: readonly Fact[];
}

export const NETWORK = 'network';

export const idsOf = (facts: readonly Fact[]): readonly EventId[] => [...new Set(facts.map(({ meta }) => meta.eventId))].sort();

const divided = (scale: number, name: Pick<Figure, 'indicator' | 'cell'>, { people = [], evidence, ...counted }: Counted): Figure => ({
  ...name,
  ...counted,
  value: counted.denominator === 0 ? null : (scale * counted.numerator) / counted.denominator,
  n: counted.denominator,
  hidden: false,
  people: distinct(people),
  eventIds: idsOf(evidence),
});

export const ratio = (indicator: string, counted: Counted, cell = NETWORK): Figure => divided(1, { indicator, cell }, counted);
export const per100 = (indicator: string, counted: Counted, cell = NETWORK): Figure => divided(100, { indicator, cell }, counted);

interface Measured {
  readonly numbers: readonly number[];
  readonly people?: readonly MemberId[];
  readonly evidence: readonly Fact[];
}

/** A figure over numbers that are not summed: a median, a percentile, an inequality. */
export const measured = (indicator: string, { numbers, people = [], evidence }: Measured, over = median): Figure => ({
  indicator,
  cell: NETWORK,
  value: over(numbers),
  numerator: null,
  denominator: null,
  n: numbers.length,
  hidden: false,
  people: distinct(people),
  eventIds: idsOf(evidence),
});

/** Nothing is told of it, not even from what it is made. */
export const hiddenFigure = ({ indicator, cell }: Pick<Figure, 'indicator' | 'cell'>): Figure => ({
  ...{ indicator, cell, value: null, numerator: null, denominator: null, n: 0, hidden: true, people: [], eventIds: [] },
});
