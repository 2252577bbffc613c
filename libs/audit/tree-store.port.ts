import type { Position } from '#event-store/log.port';
import type { ShortIds } from './finding/short-ids';
import type { Tile } from './tiles/growing-tree';
import type { TileReader } from './tiles/tile-reader';

/** How far a tree has come. */
export interface TreeState {
  /** The log that it follows. */
  readonly logId: string;
  /** Leaves: as many events of the log, from its first on. */
  readonly size: number;
  /** Of the last of them. */
  readonly position: Position;
}

export interface Growth {
  /** What the writer believes; null: there is no tree yet. */
  readonly from: TreeState | null;
  readonly to: TreeState;
  readonly tiles: readonly Tile[];
  /** Of tiles of level 0, by index: position of the last event in each. */
  readonly places: ReadonlyMap<number, Position>;
  /** For those tiles: which events are in each. */
  readonly shortIds: ShortIds;
}

/** A tile of level 0, and the position after which its events begin. */
export interface TilePlace {
  readonly index: number;
  readonly after: Position;
}

/** A checkpoint as it was signed, and maybe cosigned. */
export interface KeptCheckpoint {
  readonly size: number;
  readonly note: string;
}

/** Where one tree lies: its tiles, its checkpoints, and which events are in which tile. */
export interface TreeStore {
  state(): Promise<TreeState | null>;
  /** All of it or nothing; false, and nothing, where the tree is not what the writer believes. */
  grow(growth: Growth): Promise<boolean>;
  /** What there is of the tile: maybe more than is asked for, or less. */
  readonly tile: TileReader;
  /** The tile of level 0 that has this event, and the position after which its events begin; null: the tree is not so far. */
  tileWith(position: Position): Promise<TilePlace | null>;
  /** Tiles of level 0 that may have an event with one of these short ids, and where each begins; with each of which it is not known. */
  tilesWith(shortIds: readonly number[]): Promise<readonly TilePlace[]>;
  /** Position of the last event in this tile of level 0; null: there is no such tile. */
  endOf(index: number): Promise<Position | null>;
  /** Keeps it, in the place of one of the same size. */
  keep(checkpoint: KeptCheckpoint): Promise<void>;
  /** The last one, or the one of this size. */
  checkpoint(size?: number): Promise<KeptCheckpoint | null>;
  /** From the smallest to the largest. */
  checkpoints(): Promise<readonly KeptCheckpoint[]>;
  /** For whoever follows the log, so that it is not done twice; null: another process does. */
  lead(): Promise<Lead | null>;
}

export interface Lead {
  /** Another process may lead by now. */
  isLost(): boolean;
  release(): Promise<void>;
}
