import type { Voice } from './crowd';

/** A voice in a figure from the week `from` until before the week `until`, in each of its cells once: `network`, `site:LYO`, `role:giver`… */
export interface Entry extends Voice {
  readonly cells: readonly string[];
  readonly from: number;
  readonly until: number;
}

export const NETWORK = 'network';
