import type { Hash } from './hashing';
import { rangeHash, splitOf, type NodeReader, type Range } from './subtrees';

/** From the leaf's sibling up (RFC 6962, 2.1.1). */
const pathOf = (index: number, [from, to]: Range): readonly Range[] => {
  if (to - from === 1) return [];
  const middle = from + splitOf(to - from);
  return index < middle ? [...pathOf(index, [from, middle]), [middle, to]] : [...pathOf(index, [middle, to]), [from, middle]];
};

/** RFC 6962, 2.1.2; `isOld`: the range is the whole former tree, which the verifier has. */
const stepsOf = (old: number, [from, to]: Range, isOld: boolean): readonly Range[] => {
  if (old === to) return isOld ? [] : [[from, to]];
  const middle = from + splitOf(to - from);
  return old <= middle ? [...stepsOf(old, [from, middle], isOld), [middle, to]] : [...stepsOf(old, [middle, to], false), [from, middle]];
};

const hashesOf = async (read: NodeReader, ranges: readonly Range[]): Promise<readonly Hash[]> => {
  const hashes: Hash[] = [];
  for (const range of ranges) hashes.push(await rangeHash(read, range));
  return hashes;
};

/**
 * That leaf `index` (from 0) is in the tree of `size` leaves.
 * @throws RangeError where it cannot be
 */
export const inclusionProof = async (read: NodeReader, index: number, size: number): Promise<readonly Hash[]> => {
  if (!(index >= 0 && index < size)) throw new RangeError('no such leaf in a tree of this size');
  return hashesOf(read, pathOf(index, [0, size]));
};

/**
 * That the tree of `size` leaves begins with the one of `old` leaves. From an empty tree it is empty: every tree begins with that.
 * @throws RangeError where it cannot be
 */
export const consistencyProof = async (read: NodeReader, old: number, size: number): Promise<readonly Hash[]> => {
  if (!(old >= 0 && old <= size)) throw new RangeError('a tree does not begin with a larger one');
  return old === 0 ? [] : hashesOf(read, stepsOf(old, [0, size], true));
};
