import { hash } from 'node:crypto';

/** SHA-256 of a node or of a leaf: 32 bytes. */
export type Hash = Uint8Array;

export const HASH_BYTES = 32;

const LEAF = 0x00;
const LEAF_LETTER = String.fromCharCode(LEAF);
const NODE = 0x01;

/** Of bytes, or of a text's UTF-8. By way of a text with a letter for each byte: Node makes one in half the time of a buffer of its own. */
export const sha256 = (of: Uint8Array | string): Buffer => Buffer.from(hash('sha256', of, 'binary'), 'binary');

export const sha256Hex = (of: Uint8Array | string): string => hash('sha256', of, 'hex');

/** The same bytes as `sha256`, put in a place that is there: of millions of texts none has a buffer of its own. */
export const writeSha256 = (of: Uint8Array | string, into: Buffer, at: number): void =>
  void into.write(hash('sha256', of, 'binary'), at, 'binary');

/** Root of a tree without leaves (RFC 6962, 2.1). */
export const EMPTY_ROOT: Hash = sha256(Buffer.alloc(0));

/** The prefixes keep a leaf from being taken for a node, and a node for a leaf (RFC 6962, 2.1). Of bytes, or of a text's UTF-8. */
export const leafHash = (leaf: Uint8Array | string): Buffer => {
  if (typeof leaf === 'string') return sha256(`${LEAF_LETTER}${leaf}`);
  const framed = Buffer.allocUnsafe(1 + leaf.length);
  framed[0] = LEAF;
  framed.set(leaf, 1);
  return sha256(framed);
};

const pair = Buffer.alloc(1 + 2 * HASH_BYTES, NODE);

export const nodeHash = (left: Hash, right: Hash): Buffer => {
  pair.set(left, 1);
  pair.set(right, 1 + HASH_BYTES);
  return sha256(pair);
};

export const isHash = (value: Uint8Array): value is Hash => value.length === HASH_BYTES;

export const sameHash = (one: Hash, other: Hash): boolean => Buffer.compare(one, other) === 0;
