import { consistencyProof, inclusionProof } from '#audit/merkle/proofs';
import { leafHash, sameHash, type Hash } from '#audit/merkle/hashing';
import { rootHash, type NodeReader } from '#audit/merkle/subtrees';
import { GrowingTree } from '#audit/tiles/growing-tree';
import { nodesIn } from '#audit/tiles/tile-reader';
import { seededRandom, type SeededRandom } from '#apps/demo/seeded-random';
import type { Subject, TamperFinding } from './subject';

const LEAVES = 600;

const nodesOfLeaves = (): { readonly hashes: readonly Hash[]; readonly nodes: NodeReader } => {
  const hashes = Array.from({ length: LEAVES }, (_, n) => leafHash(Buffer.from(String(n))));
  const tree = new GrowingTree();
  for (const hash of hashes) tree.append(hash);
  const tiles = new Map(tree.takeChanged().map((tile) => [`${tile.level}/${tile.index}`, tile.hashes]));
  return { hashes, nodes: nodesIn(async ({ level, index }) => tiles.get(`${level}/${index}`)!, LEAVES) };
};

const flipped = (chance: SeededRandom, hash: Hash): Hash => {
  const other = Buffer.from(hash);
  other[chance.whole(0, other.length - 1)]! ^= 1 << chance.whole(0, 7);
  return other;
};

/** Another list of hashes than the proof. */
const mutated = (chance: SeededRandom, proof: readonly Hash[], stray: Hash): readonly Hash[] => {
  const at = chance.whole(0, Math.max(0, proof.length - 1));
  const one = proof[at];
  const longer = [...proof.slice(0, at), stray, ...proof.slice(at)];
  if (one === undefined) return longer;
  const changed = (hash: Hash) => [...proof.slice(0, at), hash, ...proof.slice(at + 1)];
  return chance.of([
    () => longer,
    () => changed(flipped(chance, one)),
    () => changed(stray),
    () => changed(one.subarray(0, 31)),
    () => changed(Buffer.concat([one, Buffer.of(0)])),
    () => [...proof.slice(0, at), ...proof.slice(at + 1)],
    () => [...proof.slice(0, at), one, ...proof.slice(at)],
    () => [...proof].reverse(),
  ])();
};

const isSame = (one: readonly Hash[], other: readonly Hash[]): boolean =>
  one.length === other.length && one.every((hash, at) => sameHash(hash, other[at]!));

type Forgery = (chance: SeededRandom) => Promise<string | null>;

/** Whatever of a claim is another one: its leaf, its place, its root, its hashes. */
const inclusions =
  (subject: Subject, { hashes, nodes }: ReturnType<typeof nodesOfLeaves>): Forgery =>
  async (chance) => {
    const size = chance.whole(1, LEAVES);
    const index = chance.whole(0, size - 1);
    const head = { size, root: await rootHash(nodes, size) };
    const claim = { index, leafHash: hashes[index]!, proof: await inclusionProof(nodes, index, size) };
    if (!subject.verifyInclusion(head, claim)) return `refused the right proof of ${index} in ${size}`;
    const stray = hashes[chance.whole(0, LEAVES - 1)]!;
    const another = (index + chance.whole(1, LEAVES)) % (LEAVES + 1);
    const proof = mutated(chance, claim.proof, stray);
    const forged = chance.of([
      ...(isSame(proof, claim.proof) ? [] : [{ head, claim: { ...claim, proof } }]),
      { head, claim: { ...claim, leafHash: flipped(chance, claim.leafHash) } },
      { head: { ...head, root: flipped(chance, head.root) }, claim },
      { head, claim: { ...claim, index: another } },
    ]);
    return subject.verifyInclusion(forged.head, forged.claim) ? `a leaf at ${forged.claim.index} in ${size}` : null;
  };

const consistencies =
  (subject: Subject, { hashes, nodes }: ReturnType<typeof nodesOfLeaves>): Forgery =>
  async (chance) => {
    const size = chance.whole(1, LEAVES);
    const oldSize = chance.whole(1, size);
    const [old, head] = [
      { size: oldSize, root: await rootHash(nodes, oldSize) },
      { size, root: await rootHash(nodes, size) },
    ];
    const right = await consistencyProof(nodes, oldSize, size);
    if (!subject.verifyConsistency(old, head, right)) return `refused the right proof from ${oldSize} to ${size}`;
    const proof = mutated(chance, right, hashes[chance.whole(0, LEAVES - 1)]!);
    const forged = chance.of([
      ...(isSame(proof, right) ? [] : [{ old, head, proof }]),
      { old: { ...old, root: flipped(chance, old.root) }, head, proof: right },
      { old, head: { ...head, root: flipped(chance, head.root) }, proof: right },
    ]);
    return subject.verifyConsistency(forged.old, forged.head, forged.proof) ? `sizes ${oldSize} and ${size}` : null;
  };

/** So many proofs, each with something changed, drawn one by one. */
export const forgedProofs = async (
  subject: Subject,
  { seed, count, signal }: { readonly seed: number; readonly count: number; readonly signal: AbortSignal },
): Promise<readonly TamperFinding[]> => {
  const tree = nodesOfLeaves();
  const forgeries = [inclusions(subject, tree), consistencies(subject, tree)];
  const findings: TamperFinding[] = [];
  for (let n = 0; n < count && !signal.aborted; n += 1) {
    const what = await forgeries[n % 2]!(seededRandom(seed + n, 'forged proof'));
    if (what !== null) findings.push({ count: what.startsWith('refused') ? 'undetected' : 'acceptedForged', what: `proof ${n}: ${what}` });
  }
  return findings;
};
