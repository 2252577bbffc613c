import type { Voice } from './crowd';

/** A voice in a figure from the week `from` until before the week `until`, in each of its cells once: `network`, `site:LYO`, `role:giver`… */
export interface Entry extends Voice {
  readonly cells: readonly string[];
  readonly from: number;
  readonly until: number;
}

/** From this week on a cell answers with its entries of this very week, or is hidden. */
export interface Move {
  readonly week: number;
  readonly shown: boolean;
}

export type Moves = ReadonlyMap<string, readonly Move[]>;

export const NETWORK = 'network';

export const isIn = (entry: Entry, cell: string, week: number): boolean =>
  entry.from <= week && week < entry.until && entry.cells.includes(cell);
