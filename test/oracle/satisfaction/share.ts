import type { EventId } from '#kernel/id';
import type { MemberId } from '#domain/ids';
import { idsOf } from '../facts/figure';
import type { Fact } from '../facts/question';
import { distinct } from '../facts/sets';
import { wilson, type Interval } from '../facts/statistics';

/** A figure of §6, as what is published of it says. */
export interface ShareFigure {
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly n: number;
  /** Of those who were due, who answered; null where nobody is asked anything. */
  readonly responseRate: number | null;
  readonly interval: Interval | null;
  readonly people: readonly MemberId[];
  readonly eventIds: readonly EventId[];
}

interface Parts {
  readonly numerator: number;
  readonly denominator: number;
  readonly people: readonly MemberId[];
  readonly evidence: readonly Fact[];
}

const divide = (numerator: number, denominator: number): number | null => (denominator === 0 ? null : numerator / denominator);

/** Yes ÷ answers, with what a share comes with. */
export const share = ({ due, answered, ...parts }: Parts & { readonly due: number; readonly answered: number }): ShareFigure => ({
  ...quotient(parts),
  responseRate: divide(answered, due),
  interval: parts.denominator === 0 ? null : wilson(parts.numerator, parts.denominator),
});

/** One number for each of another. */
export const quotient = ({ numerator, denominator, people, evidence }: Parts, scale = 1): ShareFigure => {
  const value = divide(numerator, denominator);
  return {
    value: value === null ? null : scale * value,
    ...{ numerator, denominator, n: denominator, responseRate: null, interval: null },
    people: distinct(people),
    eventIds: idsOf(evidence),
  };
};
