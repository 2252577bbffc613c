import { MIN_CELL_SIZE } from './threshold';

/** Cells that partition a whole, with the number of persons in each. */
export type Sizes = ReadonlyMap<string, number>;

const isFew = (n: number): boolean => n > 0 && n < MIN_CELL_SIZE;

/**
 * R15, for cells counted once: suppressed are those of fewer than five persons, those whose complement is one to four, and the next
 * smallest ones where the suppressed together would be one to four: nobody gets a suppressed cell by subtraction.
 */
export const publishedCells = (sizes: Sizes): ReadonlySet<string> => {
  const total = [...sizes.values()].reduce((sum, n) => sum + n, 0);
  const large = [...sizes].filter(([, n]) => n >= MIN_CELL_SIZE && !isFew(total - n)).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  let shown = large.reduce((sum, [, n]) => sum + n, 0);
  while (isFew(total - shown) && large.length > 0) shown -= large.pop()?.[1] ?? 0;
  return new Set(large.map(([cell]) => cell));
};
