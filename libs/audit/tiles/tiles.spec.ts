import fc from 'fast-check';
import { EMPTY_ROOT, leafHash, nodeHash, type Hash } from '../merkle/hashing';
import { rootHash, type NodeReader } from '../merkle/subtrees';
import { entriesPath, tilePath, tilesOf } from './tile';
import { GrowingTree } from './growing-tree';
import { nodesIn, TileMissing, type TileReader } from './tile-reader';

const SEED = 20261130;
const hashesOf = (size: number): readonly Hash[] => Array.from({ length: size }, (_, n) => leafHash(Buffer.from(String(n))));

/** Without tiles: by halving. */
const slowRoot = (hashes: readonly Hash[]): Hash => {
  if (hashes.length === 0) return EMPTY_ROOT;
  if (hashes.length === 1) return hashes[0]!;
  const split = 2 ** Math.ceil(Math.log2(hashes.length) - 1);
  return nodeHash(slowRoot(hashes.slice(0, split)), slowRoot(hashes.slice(split)));
};

const keeping = () => {
  const kept = new Map<string, Uint8Array>();
  const read: TileReader = async ({ level, index }) => kept.get(`${level}/${index}`) ?? Buffer.alloc(0);
  const keep = (tree: GrowingTree): void => {
    for (const { level, index, hashes } of tree.takeChanged()) kept.set(`${level}/${index}`, hashes);
  };
  return { kept, read, keep };
};

describe('tiles (c2sp.org/tlog-tiles)', () => {
  it('have the paths of the specification', () => {
    expect(tilePath({ level: 2, index: 1234067, width: 256 })).toBe('tile/2/x001/x234/067');
    expect(tilePath({ level: 0, index: 273, width: 112 })).toBe('tile/0/273.p/112');
    expect(tilePath({ level: 0, index: 1000, width: 256 })).toBe('tile/0/x001/000');
    expect(entriesPath({ index: 0, width: 7 })).toBe('tile/entries/000.p/7');
  });

  it('are those of its example of 70,000 leaves, and of 256', () => {
    const all = [...tilesOf(70_000)];
    expect(all.filter(({ level, width }) => level === 0 && width === 256)).toHaveLength(273);
    expect(all.filter(({ level, width }) => level > 0 || width < 256)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 0, width: 256 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ]);
    expect([...tilesOf(256)]).toEqual([
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ]);
  });

  it.each([0, 1, 255, 256, 257, 511, 512, 600, 65_536, 65_793])('grow to the tree that halving gives, at %i leaves', async (size) => {
    const { read, keep } = keeping();
    const tree = new GrowingTree();
    for (const hash of hashesOf(size)) tree.append(hash);
    keep(tree);
    const root = slowRoot(hashesOf(size));
    expect(await tree.root()).toEqual(root);
    expect(await rootHash(nodesIn(read, size), size)).toEqual(root);
  });

  it(`go on where they were left, however often, and keep every former tree (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 5 }), async (steps) => {
        const { read, keep } = keeping();
        const hashes = hashesOf(steps.reduce((sum, step) => sum + step, 0));
        const ends: number[] = [];
        for (const step of steps) {
          const size = ends.at(-1) ?? 0;
          const tree = await GrowingTree.from(read, size);
          for (const hash of hashes.slice(size, size + step)) tree.append(hash);
          keep(tree);
          ends.push(size + step);
          expect([tree.size, await tree.root()]).toEqual([size + step, slowRoot(hashes.slice(0, size + step))]);
        }
        const nodes: NodeReader = nodesIn(read, hashes.length);
        for (const end of ends) expect(await rootHash(nodes, end)).toEqual(slowRoot(hashes.slice(0, end)));
      }),
      { seed: SEED, numRuns: 30 },
    );
  });

  it('change alone where leaves came', () => {
    const tree = new GrowingTree();
    for (const hash of hashesOf(300)) tree.append(hash);
    expect(tree.takeChanged().map(tilePath)).toEqual(['tile/0/000', 'tile/0/001.p/44', 'tile/1/000.p/1']);
    expect(tree.takeChanged()).toEqual([]);
    tree.append(leafHash(Buffer.from('one more')));
    expect(tree.takeChanged().map(tilePath)).toEqual(['tile/0/001.p/45']);
  });

  it('that a store lacks, or has cut, are told, and never taken for others', async () => {
    const { kept, read, keep } = keeping();
    const tree = new GrowingTree();
    for (const hash of hashesOf(600)) tree.append(hash);
    keep(tree);
    kept.set('0/1', kept.get('0/1')!.subarray(0, 255 * 32));
    await expect(nodesIn(read, 600)(0, 256)).rejects.toThrow(TileMissing);
    await expect(nodesIn(read, 600)(0, 600)).rejects.toThrow(TileMissing);
    kept.delete('0/2');
    await expect(GrowingTree.from(read, 600)).rejects.toThrow('tile 2 of level 0');
  });
});
