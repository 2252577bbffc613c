import { NETWORK } from '#domain/disclosure/releases';

/** How the contributions of one figure are counted in a cell. */
export type Counted = 'alone' | 'learners' | 'by-exchange' | 'settled';

/** R15: one person's answer counts in all these; they are released by one rule, so that no difference of two figures is one person. */
export const LEARNERS = 'role:learner';
export const learnersIn = (cell: string): string => `learners|${cell}`;
/** A dispute that is settled is one of those that were opened. */
export const settledIn = (cell: string): string => `settled|${cell}`;

const isOf = (cell: string, ...dimensions: readonly string[]): boolean => dimensions.some((dimension) => cell.startsWith(`${dimension}:`));

/** The cell whose releases a figure follows; null where it has none. An exchange is of no single site, unit or role: all of it counts, or none. */
export const cellIn = (counted: Counted, cell: string): string | null => {
  if (cell.includes('|')) return null;
  if (counted === 'alone') return cell;
  if (counted === 'settled') return settledIn(cell);
  if (counted === 'by-exchange') return isOf(cell, 'role', 'site', 'unit') ? null : cell;
  if (cell === NETWORK || cell === LEARNERS) return LEARNERS;
  return isOf(cell, 'role') ? null : learnersIn(cell);
};
