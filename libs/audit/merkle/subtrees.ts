import { EMPTY_ROOT, nodeHash, type Hash } from './hashing';

/** Answers the hash of the whole subtree over the leaves `index * 2^level` to `(index + 1) * 2^level`. */
export type NodeReader = (level: number, index: number) => Promise<Hash>;

/** Leaves from the first up to, and without, the second. */
export type Range = readonly [from: number, to: number];

/** Where a tree of more than one leaf parts: the largest power of two below its size (RFC 6962, 2.1). */
export const splitOf = (size: number): number => {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
};

/** Of a power of two. */
const levelOf = (width: number): number => Math.round(Math.log2(width));

/** Hash of any range that is a subtree of some tree: its left parts are whole, so that few nodes are read. */
export const rangeHash = async (read: NodeReader, [from, to]: Range): Promise<Hash> => {
  const width = to - from;
  if (width === 0) return EMPTY_ROOT;
  const split = splitOf(width);
  if (width === 1 || split * 2 === width) return read(levelOf(width), from / width);
  return nodeHash(await rangeHash(read, [from, from + split]), await rangeHash(read, [from + split, to]));
};

/** @example await rootHash(nodesOf(leaves), 7) */
export const rootHash = (read: NodeReader, size: number): Promise<Hash> => rangeHash(read, [0, size]);
