import { EMPTY_ROOT, isHash, nodeHash, sameHash, type Hash } from './hashing';

/** A tree as a checkpoint tells it. */
export interface TreeHead {
  readonly size: number;
  readonly root: Hash;
}

export interface Inclusion {
  /** From 0. */
  readonly index: number;
  readonly leafHash: Hash;
  readonly proof: readonly Hash[];
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const half = (value: number): number => Math.floor(value / 2);
const isOdd = (value: number): boolean => value % 2 === 1;

/** Up to where a node is a right child: above it, places of both trees are the same. */
const afterOdd = ([place, last]: readonly [number, number]): readonly [number, number] =>
  isOdd(place) ? afterOdd([half(place), half(last)]) : [place, last];
const afterEven = ([place, last]: readonly [number, number]): readonly [number, number] =>
  place !== 0 && !isOdd(place) ? afterEven([half(place), half(last)]) : [place, last];

/**
 * Whether the leaf is in the tree (RFC 9162, 2.1.3.2). Numbers, not bit operations: these end at 2^31.
 * @example verifyInclusion(head, { index: 5, leafHash: leafHash(leaf), proof })
 */
export const verifyInclusion = ({ size, root }: TreeHead, { index, leafHash, proof }: Inclusion): boolean => {
  if (!isCount(size) || !isCount(index) || index >= size || ![root, leafHash, ...proof].every(isHash)) return false;
  let [place, last] = [index, size - 1];
  let computed = leafHash;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      computed = nodeHash(sibling, computed);
      if (!isOdd(place)) [place, last] = afterEven([place, last]);
    } else {
      computed = nodeHash(computed, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && sameHash(computed, root);
};

/**
 * Whether the tree `head` begins with the whole of the tree `old` (RFC 9162, 2.1.4.2).
 * @example verifyConsistency(keptHead, newHead, proof)
 */
export const verifyConsistency = (old: TreeHead, head: TreeHead, proof: readonly Hash[]): boolean => {
  if (!isCount(old.size) || !isCount(head.size) || old.size > head.size) return false;
  if (![old.root, head.root, ...proof].every(isHash)) return false;
  if (old.size === 0) return proof.length === 0 && sameHash(old.root, EMPTY_ROOT);
  if (old.size === head.size) return proof.length === 0 && sameHash(old.root, head.root);
  const path = Number.isInteger(Math.log2(old.size)) ? [old.root, ...proof] : proof;
  const [first, ...rest] = path;
  if (first === undefined || proof.length === 0) return false;
  let [place, last] = afterOdd([old.size - 1, head.size - 1]);
  let [former, computed] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      [former, computed] = [nodeHash(sibling, former), nodeHash(sibling, computed)];
      if (!isOdd(place)) [place, last] = afterEven([place, last]);
    } else {
      computed = nodeHash(computed, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && sameHash(former, old.root) && sameHash(computed, head.root);
};
