import type { Contribution } from './threshold';

/** One contribution to a figure, from the week `from` until before the week `until`, in each of its cells once: `network`, `site:LYO`, `role:giver`… */
export interface CellContribution extends Contribution {
  readonly cells: readonly string[];
  readonly from: number;
  readonly until: number;
  /** The same contribution in other cells, from a later week on: a complaint once it is settled. It is published once for all of them (R15). */
  readonly later?: CellContribution | undefined;
}

export const NETWORK = 'network';
