import type { EventId } from '#kernel/id';
import { TILE_WIDTH } from '../tiles/tile';

/** The last 32 bits of an id, signed: enough to tell in which tile an event may be; whether it is there, its tile tells. */
export const shortIdOf = (eventId: EventId): number => Number.parseInt(eventId.slice(-8), 16) | 0;

/** Of tiles of level 0, by index: the short id of each event in it. */
export type ShortIds = ReadonlyMap<number, Int32Array>;

/** Short ids of tiles, as their events come. */
export class ShortIdsByTile {
  private readonly tiles = new Map<number, Int32Array>();

  /** `ordinal`: from 1; a tile's events come from its first on. */
  add(ordinal: number, eventId: EventId): void {
    const [index, at] = [Math.floor((ordinal - 1) / TILE_WIDTH), (ordinal - 1) % TILE_WIDTH];
    const tile = this.tiles.get(index) ?? new Int32Array(TILE_WIDTH);
    tile[at] = shortIdOf(eventId);
    this.tiles.set(index, tile);
  }

  /** Of a tree that has so many events by now. */
  upTo(size: number): ShortIds {
    return new Map([...this.tiles].map(([index, tile]) => [index, tile.subarray(0, size - index * TILE_WIDTH)]));
  }

  clear(): void {
    this.tiles.clear();
  }
}
