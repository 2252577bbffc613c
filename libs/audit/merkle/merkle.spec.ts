import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { EMPTY_ROOT, leafHash, nodeHash, type Hash } from './hashing';
import { consistencyProof, inclusionProof } from './proofs';
import { knownConsistencies, knownInclusions, knownLeaves, knownRoots } from './rfc6962.fixture';
import { rootHash, type NodeReader } from './subtrees';
import { verifyConsistency, verifyInclusion, type TreeHead } from './verify';

const SEED = 20261130;
const hex = (hash: Hash): string => Buffer.from(hash).toString('hex');
const bytes = (text: string): Buffer => Buffer.from(text, 'hex');

/** The definition of RFC 6962, word by word, and slow. */
const treeHash = (leaves: readonly Uint8Array[]): Buffer => {
  if (leaves.length === 0) return createHash('sha256').digest();
  if (leaves.length === 1) return createHash('sha256').update(Buffer.of(0)).update(leaves[0]!).digest();
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return createHash('sha256')
    .update(Buffer.of(1))
    .update(treeHash(leaves.slice(0, k)))
    .update(treeHash(leaves.slice(k)))
    .digest();
};

const leavesOf = (size: number): readonly Buffer[] => Array.from({ length: size }, (_, n) => Buffer.from(`leaf ${n}`));
const readerOf =
  (leaves: readonly Uint8Array[]): NodeReader =>
  async (level, index) =>
    treeHash(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
const headOf = (leaves: readonly Uint8Array[]): TreeHead => ({ size: leaves.length, root: treeHash(leaves) });

const known = knownLeaves.map(bytes);
const knownHead = (size: number): TreeHead => ({ size, root: bytes(knownRoots[size]!) });

describe('the tree of RFC 6962', () => {
  it.each(knownRoots.map((root, size) => [size, root] as const))('has the published root at size %i', async (size, root) => {
    expect(hex(await rootHash(readerOf(known), size))).toBe(root);
  });

  it('hashes leaves and nodes apart, and the empty tree as the specification says', () => {
    expect(hex(EMPTY_ROOT)).toBe(knownRoots[0]);
    expect(hex(nodeHash(leafHash(known[0]!), leafHash(known[1]!)))).toBe(knownRoots[2]);
  });

  it.each(knownInclusions)('proves leaf %i in a tree of %i as published, and takes that proof', async (index, size, expected) => {
    expect((await inclusionProof(readerOf(known), index, size)).map(hex)).toEqual(expected);
    expect(verifyInclusion(knownHead(size), { index, leafHash: leafHash(known[index]!), proof: expected.map(bytes) })).toBe(true);
  });

  it.each(knownConsistencies)('proves that size %i comes before %i as published, and takes that proof', async (old, size, expected) => {
    expect((await consistencyProof(readerOf(known), old, size)).map(hex)).toEqual(expected);
    expect(verifyConsistency(knownHead(old), knownHead(size), expected.map(bytes))).toBe(true);
  });
});

const sizes = fc.integer({ min: 1, max: 70 });

describe('proofs', () => {
  it(`hold for any leaf of any tree, and for no other leaf, place, size or hash (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.nat(), async (size, one, other) => {
        const leaves = leavesOf(size);
        const [index, head] = [one % size, headOf(leaves)];
        const claim = { index, leafHash: leafHash(leaves[index]!), proof: await inclusionProof(readerOf(leaves), index, size) };
        expect(verifyInclusion(head, claim)).toBe(true);
        expect(verifyInclusion(head, { ...claim, leafHash: leafHash(Buffer.from('another')) })).toBe(false);
        expect(verifyInclusion(head, { ...claim, proof: [...claim.proof, EMPTY_ROOT] })).toBe(false);
        if (claim.proof.length > 0) expect(verifyInclusion(head, { ...claim, proof: claim.proof.slice(1) })).toBe(false);
        if (other % size !== index) expect(verifyInclusion(head, { ...claim, index: other % size })).toBe(false);
        expect(verifyInclusion(head, { ...claim, index: size })).toBe(false);
      }),
      { seed: SEED },
    );
  });

  it(`of consistency hold between any two sizes of one tree, and for no tree that was altered below (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.nat(), async (size, some, changed) => {
        const leaves = leavesOf(size);
        const old = some % (size + 1);
        const [former, head] = [headOf(leaves.slice(0, old)), headOf(leaves)];
        const proof = await consistencyProof(readerOf(leaves), old, size);
        expect(verifyConsistency(former, head, proof)).toBe(true);
        if (old === 0) return;
        const forked = leaves.map((leaf, n) => (n === changed % old ? Buffer.from('another') : leaf));
        expect(verifyConsistency(former, headOf(forked), await consistencyProof(readerOf(forked), old, size))).toBe(false);
        expect(verifyConsistency(headOf(forked.slice(0, old)), head, proof)).toBe(false);
        expect(verifyConsistency(head, former, proof)).toBe(old === size);
      }),
      { seed: SEED },
    );
  });

  it('are none where a hash has another length, or a size is no number of leaves', async () => {
    const leaves = leavesOf(5);
    const head = headOf(leaves);
    const claim = { index: 2, leafHash: leafHash(leaves[2]!), proof: await inclusionProof(readerOf(leaves), 2, 5) };
    const cut = claim.proof.map((hash) => hash.subarray(1));
    expect(verifyInclusion(head, { ...claim, proof: cut })).toBe(false);
    expect(verifyInclusion({ ...head, size: 5.5 }, claim)).toBe(false);
    expect(verifyInclusion(head, { ...claim, index: -1 })).toBe(false);
    expect(verifyConsistency(headOf([]), head, cut)).toBe(false);
    expect(verifyConsistency({ size: 0, root: head.root }, head, [])).toBe(false);
  });

  it('take no byte that a hash lacks from the proof before', async () => {
    const head = headOf(leavesOf(2));
    const [sibling] = await inclusionProof(readerOf(leavesOf(2)), 0, 2);
    const claim = { index: 0, leafHash: leafHash(leavesOf(1)[0]!) };
    expect(verifyInclusion(head, { ...claim, proof: [sibling!] })).toBe(true);
    expect(verifyInclusion(head, { ...claim, proof: [sibling!.subarray(0, 31)] })).toBe(false);
  });

  it('end at the root of the size that is told, not below one that is larger', async () => {
    const leaves = leavesOf(4);
    const claim = { index: 2, leafHash: leafHash(leaves[2]!), proof: await inclusionProof(readerOf(leaves), 2, 4) };
    expect(verifyInclusion({ ...headOf(leaves), size: 8 }, claim)).toBe(false);
  });

  it('are refused for what no tree has', async () => {
    await expect(inclusionProof(readerOf(known), 8, 8)).rejects.toThrow('no such leaf');
    await expect(consistencyProof(readerOf(known), 8, 7)).rejects.toThrow('does not begin with a larger one');
  });

  it('go beyond 2^32 leaves, where bit operations end', () => {
    const lone = leafHash(Buffer.from('a leaf'));
    const size = 2 ** 33;
    const proof = Array.from({ length: 33 }, () => EMPTY_ROOT);
    const root = proof.reduce((hash, sibling) => nodeHash(sibling, hash), lone);
    expect(verifyInclusion({ size, root }, { index: size - 1, leafHash: lone, proof })).toBe(true);
    expect(verifyInclusion({ size, root }, { index: size - 1 - 2 ** 32, leafHash: lone, proof })).toBe(false);
  });
});
