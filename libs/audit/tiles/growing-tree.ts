import { HASH_BYTES, type Hash } from '../merkle/hashing';
import { rootHash } from '../merkle/subtrees';
import { hashesAt, levelsOf, subtreeHash, TILE_WIDTH, type TileId } from './tile';
import { nodesIn, TileMissing, type TileReader } from './tile-reader';

export interface Tile extends TileId {
  /** `width` hashes, one after the other. */
  readonly hashes: Uint8Array;
}

/** The last tile of a level: its first hashes are filled. */
interface Edge {
  index: number;
  width: number;
  /** Whether a hash came since the last `takeChanged`. */
  isChanged: boolean;
  readonly hashes: Buffer;
}

const newEdge = (index: number): Edge => ({ index, width: 0, isChanged: false, hashes: Buffer.alloc(TILE_WIDTH * HASH_BYTES) });

/**
 * A tree to which leaves are added. It holds the last tile of each level, and nothing else: that is all that the next leaf and the root
 * need, whatever the size.
 */
export class GrowingTree {
  private readonly edges: Edge[] = [];
  private readonly full: Tile[] = [];
  private leaves = 0;

  /** One that goes on where tiles end. @throws TileMissing */
  static async from(read: TileReader, size: number): Promise<GrowingTree> {
    const tree = new GrowingTree();
    tree.leaves = size;
    for (let level = 0; level < levelsOf(size); level += 1) {
      const hashes = hashesAt(level, size);
      const edge = newEdge(Math.floor(hashes / TILE_WIDTH));
      edge.width = hashes % TILE_WIDTH;
      const id = { level, index: edge.index, width: edge.width };
      const kept = edge.width === 0 ? Buffer.alloc(0) : await read(id);
      if (kept.length < edge.width * HASH_BYTES) throw new TileMissing(id);
      edge.hashes.set(kept.subarray(0, edge.width * HASH_BYTES));
      tree.edges.push(edge);
    }
    return tree;
  }

  get size(): number {
    return this.leaves;
  }

  append(leafHash: Hash): void {
    this.leaves += 1;
    this.put(0, leafHash);
  }

  /** Tiles that are new, or wider than they were: what a store lacks. */
  takeChanged(): readonly Tile[] {
    const partial = this.edges.flatMap(({ index, width, isChanged, hashes }, level) =>
      isChanged && width > 0 ? [{ level, index, width, hashes: Buffer.from(hashes.subarray(0, width * HASH_BYTES)) }] : [],
    );
    for (const edge of this.edges) edge.isChanged = false;
    return [...this.full.splice(0), ...partial];
  }

  /** Every whole part of the tree lies in the last tiles. Nothing may be added until it is answered. */
  root(): Promise<Hash> {
    return rootHash(
      nodesIn(async ({ level }) => this.edges[level]!.hashes, this.leaves),
      this.leaves,
    );
  }

  private put(level: number, hash: Hash): void {
    const edge = (this.edges[level] ??= newEdge(0));
    edge.hashes.set(hash, edge.width * HASH_BYTES);
    edge.width += 1;
    edge.isChanged = true;
    if (edge.width < TILE_WIDTH) return;
    const hashes = Buffer.from(edge.hashes);
    this.full.push({ level, index: edge.index, width: TILE_WIDTH, hashes });
    [edge.index, edge.width] = [edge.index + 1, 0];
    this.put(level + 1, subtreeHash(hashes, 0, TILE_WIDTH));
  }
}
