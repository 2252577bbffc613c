import { HASH_BYTES } from '../merkle/hashing';
import type { NodeReader } from '../merkle/subtrees';
import { subtreeHash, TILE_HEIGHT, TILE_WIDTH, widthAt, type TileId } from './tile';

/** Gives the hashes of one tile, at least `width` of them. */
export type TileReader = (id: TileId) => Promise<Uint8Array>;

/** A store lacks part of a tile that the tree must have. */
export class TileMissing extends Error {
  constructor({ level, index }: TileId) {
    super(`the tree has no whole tile ${index} of level ${level}`);
    this.name = 'TileMissing';
  }
}

/** Tiles kept for the next proof: those near the root are in each. */
const KEPT = 256;

/** The nodes of a tree of `size` leaves, out of its tiles. */
export const nodesIn = (read: TileReader, size: number): NodeReader => {
  const kept = new Map<string, Promise<Uint8Array>>();
  const tile = (id: TileId): Promise<Uint8Array> => {
    const key = `${id.level}/${id.index}`;
    const found = kept.get(key) ?? read(id);
    kept.delete(key);
    kept.set(key, found);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return found;
  };
  return async (level, index) => {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const count = 2 ** (level % TILE_HEIGHT);
    const first = index * count;
    const place = { level: tileLevel, index: Math.floor(first / TILE_WIDTH) };
    const id = { ...place, width: widthAt(place, size) };
    const from = first % TILE_WIDTH;
    if (from + count > id.width) throw new TileMissing(id);
    const hashes = await tile(id);
    if (hashes.length < id.width * HASH_BYTES) throw new TileMissing(id);
    return subtreeHash(hashes, from, count);
  };
};
