import { HASH_BYTES, nodeHash, type Hash } from '../merkle/hashing';

/** Levels of the tree in one tile, and hashes in a full one (c2sp.org/tlog-tiles). */
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256;

export interface TileId {
  readonly level: number;
  readonly index: number;
  /** Hashes in it: 256 in a full one. */
  readonly width: number;
}

const span = (level: number): number => TILE_WIDTH ** level;

/** How many hashes all tiles of a level hold, for a tree of so many leaves. */
export const hashesAt = (level: number, size: number): number => Math.floor(size / span(level));

/** Levels of tiles that a tree of so many leaves has. */
export const levelsOf = (size: number): number => {
  let levels = 0;
  while (hashesAt(levels, size) > 0) levels += 1;
  return levels;
};

/** How wide a tile is once the tree has so many leaves; 0: there is none yet. */
export const widthAt = ({ level, index }: Pick<TileId, 'level' | 'index'>, size: number): number =>
  Math.max(0, Math.min(TILE_WIDTH, hashesAt(level, size) - index * TILE_WIDTH));

/** Every tile of a tree, level after level: full ones, and at the right edge what is there of one. */
export function* tilesOf(size: number): Generator<TileId> {
  for (let level = 0; level < levelsOf(size); level += 1) {
    for (let index = 0; widthAt({ level, index }, size) > 0; index += 1) yield { level, index, width: widthAt({ level, index }, size) };
  }
}

/** 1234067 as `x001/x234/067`. */
const indexPath = (index: number): string => {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
  return (digits.match(/\d{3}/g) ?? []).map((part, at, { length }) => (at === length - 1 ? part : `x${part}`)).join('/');
};

const partial = (width: number): string => (width === TILE_WIDTH ? '' : `.p/${width}`);

/** @example tilePath({ level: 0, index: 1234067, width: 112 }) // tile/0/x001/x234/067.p/112 */
export const tilePath = ({ level, index, width }: TileId): string => `tile/${level}/${indexPath(index)}${partial(width)}`;

/** Of the bundle with the leaves whose hashes the tile of level 0 has. */
export const entriesPath = ({ index, width }: Pick<TileId, 'index' | 'width'>): string =>
  `tile/entries/${indexPath(index)}${partial(width)}`;

export const hashAt = (tile: Uint8Array, at: number): Hash => tile.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);

/** Hash of a whole subtree of `count` hashes, a power of two, in one tile. */
export const subtreeHash = (tile: Uint8Array, from: number, count: number): Hash =>
  count === 1 ? hashAt(tile, from) : nodeHash(subtreeHash(tile, from, count / 2), subtreeHash(tile, from + count / 2, count / 2));
