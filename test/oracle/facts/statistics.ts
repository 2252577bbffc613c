import { sum } from './sets';

const ascending = (numbers: readonly number[]): readonly number[] => [...numbers].sort((one, other) => one - other);

/** Linear between the two ranks beside it (§5); null of nothing. */
export const percentile = (numbers: readonly number[], share: number): number | null => {
  const sorted = ascending(numbers);
  const rank = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
  return below === undefined || above === undefined ? null : below + (above - below) * (rank - Math.floor(rank));
};

export const median = (numbers: readonly number[]): number | null => percentile(numbers, 0.5);

/** Half the mean difference between any two, in parts of the mean; null of nothing. */
export const gini = (numbers: readonly number[]): number | null => {
  if (numbers.length === 0) return null;
  const differences = numbers.flatMap((one) => numbers.map((other) => Math.abs(one - other)));
  return sum(differences) / (2 * numbers.length * sum(numbers));
};

/** 97.5th percentile of the normal distribution. */
const Z = 1.959963984540054;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Wilson's score interval of 95 %: where a share as seen could come from. */
export const wilson = (yes: number, of: number): Interval => {
  const share = yes / of;
  const centre = share + (Z * Z) / (2 * of);
  const margin = Z * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of));
  const scale = 1 + (Z * Z) / of;
  return { low: Math.max(0, (centre - margin) / scale), high: Math.min(1, (centre + margin) / scale) };
};
