import type { Instant } from '#kernel/id';
import { addMonths } from '#domain/calendar';
import { weekEnds } from '#domain/weeks';

/** In which weeks a contribution counts: from `from` until before `until`. */
export interface Stay {
  readonly from: number;
  readonly until: number;
}

/** The weeks of a network, numbered from its first: at the end of each, figures may move (R15). */
export interface WeekCalendar {
  readonly ends: readonly Instant[];
  /** In T by occurredAt, as soon as the last of these moments has passed. */
  readonly inYear: (at: Instant, known: readonly Instant[]) => Stay;
  /** In the previous T. */
  readonly inYearBefore: (at: Instant, known: readonly Instant[]) => Stay;
}

/** The first number at which `holds` is true, where it stays true; Infinity if nowhere. */
const firstWhere = (length: number, holds: (index: number) => boolean): number => {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low === length ? Infinity : low;
};

export const weekCalendar = (from: Instant, to: Instant, timeZone: string): WeekCalendar => {
  const ends = weekEnds(from, to, timeZone);
  const starts = (months: number): readonly Instant[] => ends.map((end) => addMonths(end, -months));
  const [oneYear, twoYears] = [starts(12), starts(24)];
  const since = (moments: readonly Instant[], at: Instant): number => firstWhere(ends.length, (index) => (moments[index] ?? at) >= at);
  const known = (at: Instant, others: readonly Instant[]): number => Math.max(...[at, ...others].map((each) => since(ends, each)));
  return {
    ends,
    inYear: (at, others) => ({ from: known(at, others), until: since(oneYear, at) }),
    inYearBefore: (at, others) => ({ from: Math.max(known(at, others), since(oneYear, at)), until: since(twoYears, at) }),
  };
};
