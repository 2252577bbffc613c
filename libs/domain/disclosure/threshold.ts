/** R15: fewer distinct authors, or fewer distinct persons judged, are never published. */
export const MIN_CELL_SIZE = 5;

/** One contribution to a figure: who wrote it, and whom it judges. Someone who was due and missed has no author. */
export interface Contribution {
  readonly authors: readonly string[];
  readonly judged: readonly string[];
}
