import { NETWORK } from './cell-contribution';

/**
 * Dimensions in the order in which their cells are released in a week: the first find the most contributions that no published sum distinguishes. Learners
 * in a place come before the place: once it is published, no contribution is left to distinguish its learners from.
 */
const DIMENSIONS = [NETWORK, 'learners|site', 'role', 'site', 'learners|unit', 'unit', 'learners|topic', 'topic'];

/** The dimension of a cell: `site` of `site:LYO`. */
export const dimensionOf = (cell: string): string => {
  const end = cell.indexOf(':');
  return end === -1 ? cell : cell.slice(0, end);
};

const rankOf = (cell: string): number => {
  const rank = DIMENSIONS.indexOf(dimensionOf(cell));
  return rank === -1 ? DIMENSIONS.length : rank;
};

/** One order for everybody: by dimension, then by name. */
export const inOrder = (one: string, other: string): number => rankOf(one) - rankOf(other) || (one < other ? -1 : Number(one > other));
