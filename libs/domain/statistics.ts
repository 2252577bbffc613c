/** Percentile by linear interpolation between closest ranks (`p` from 0 to 1); null of nothing. */
export const percentile = (values: readonly number[], p: number): number | null => {
  if (values.length === 0) return null;
  const sorted = [...values].sort((one, other) => one - other);
  const rank = (sorted.length - 1) * p;
  const below = sorted[Math.floor(rank)] ?? 0;
  const above = sorted[Math.ceil(rank)] ?? below;
  return below + (above - below) * (rank - Math.floor(rank));
};

export const median = (values: readonly number[]): number | null => percentile(values, 0.5);

/** Gini coefficient of the values, 0 (all alike) to 1; null of nothing. Of the group as a whole, never of a person (R4). */
export const gini = (values: readonly number[]): number | null => {
  const total = values.reduce((sum, value) => sum + value, 0);
  if (total === 0) return null;
  const weighted = [...values].sort((one, other) => one - other).reduce((sum, value, index) => sum + (index + 1) * value, 0);
  return (2 * weighted) / (values.length * total) - (values.length + 1) / values.length;
};

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const Z95 = 1.959963984540054;

/** Wilson score interval at 95 % of `hits` among `n`; null where nobody was asked. */
export const wilson = (hits: number, n: number): Interval | null => {
  if (n === 0) return null;
  const share = hits / n;
  const z2 = Z95 * Z95;
  const centre = share + z2 / (2 * n);
  const reach = Z95 * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  return { low: Math.max(0, (centre - reach) / scale), high: Math.min(1, (centre + reach) / scale) };
};
