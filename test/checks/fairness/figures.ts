import type { Lived, Outcome } from './simulation';

export interface FairnessFigures {
  /** Of all requests, and of those that anybody could have served. */
  readonly served: number;
  readonly servedOfServable: number;
  /** Days from publication to the exchange, of those that were served. */
  readonly waitP50: number;
  readonly waitP90: number;
  /** Rounds in which a request was overtaken, and in none of them proposed: the most of all. */
  readonly longestOvertaken: number;
  /** Over all who offer. */
  readonly giniOfGiving: number;
  readonly mostGiven: number;
  /** Share served of the site, of the unit, that is served least, as part of the share of all. */
  readonly leastSite: number;
  readonly leastUnit: number;
  readonly overCapacity: number;
}

const round3 = (number: number): number => Math.round(number * 1_000) / 1_000;
const share = (lived: readonly Lived[]): number =>
  lived.length === 0 ? 0 : lived.filter(({ servedAfterDays }) => servedAfterDays !== null).length / lived.length;

/** Linear between the two nearest. */
const percentile = (sorted: readonly number[], part: number): number => {
  if (sorted.length === 0) return 0;
  const place = (sorted.length - 1) * part;
  const [below, above] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return Math.round(below + (above - below) * (place - Math.floor(place)));
};

const gini = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((one, other) => one - other);
  const sum = sorted.reduce((all, one) => all + one, 0);
  const weighed = sorted.reduce((all, one, at) => all + (2 * (at + 1) - sorted.length - 1) * one, 0);
  return sum === 0 ? 0 : weighed / (sorted.length * sum);
};

const leastBy = (lived: readonly Lived[], key: 'site' | 'unit'): number => {
  const all = share(lived);
  const cells = [...new Set(lived.map((each) => each[key]))].map((cell) => share(lived.filter((each) => each[key] === cell)));
  return all === 0 ? 0 : Math.min(...cells) / all;
};

export const figuresOf = ({ people, lived, given, overCapacity }: Outcome): FairnessFigures => {
  const waits = lived.flatMap(({ servedAfterDays }) => servedAfterDays ?? []).sort((one, other) => one - other);
  const gifts = people.map(({ memberId }) => given.get(memberId) ?? 0);
  return {
    served: round3(share(lived)),
    servedOfServable: round3(share(lived.filter(({ servable }) => servable > 0))),
    waitP50: percentile(waits, 0.5),
    waitP90: percentile(waits, 0.9),
    longestOvertaken: Math.max(0, ...lived.map((each) => each.longestOvertaken)),
    giniOfGiving: round3(gini(gifts)),
    mostGiven: Math.max(0, ...gifts),
    leastSite: round3(leastBy(lived, 'site')),
    leastUnit: round3(leastBy(lived, 'unit')),
    overCapacity,
  };
};
