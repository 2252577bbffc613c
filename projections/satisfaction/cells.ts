import { NETWORK } from '#domain/disclosure/moves';

/** How the ballots of one figure are counted in a cell. */
export type Counted = 'alone' | 'learners' | 'by-exchange' | 'settled';

/** R15: one person's answer counts in all these; they move by one rule, so that no two figures tell one person apart. */
export const LEARNERS = 'role:learner';
export const learnersIn = (cell: string): string => `learners|${cell}`;
/** A dispute that is settled is one of those that were opened. */
export const settledIn = (cell: string): string => `settled|${cell}`;

const isOf = (cell: string, ...dimensions: readonly string[]): boolean => dimensions.some((dimension) => cell.startsWith(`${dimension}:`));

/** Where all of an exchange are, or none: an exchange is of no single site, unit or role. Where what a figure says of a cell moves; null where it says nothing there. */
export const cellIn = (counted: Counted, cell: string): string | null => {
  if (cell.includes('|')) return null;
  if (counted === 'alone') return cell;
  if (counted === 'settled') return settledIn(cell);
  if (counted === 'by-exchange') return isOf(cell, 'role', 'site', 'unit') ? null : cell;
  if (cell === NETWORK || cell === LEARNERS) return LEARNERS;
  return isOf(cell, 'role') ? null : learnersIn(cell);
};
