import { START, type EventLog, type Position, type StoredEvent } from '#event-store/log.port';
import { leafHashOf } from '../leaf';
import { HASH_BYTES, sameHash } from '../merkle/hashing';
import { hashAt, TILE_WIDTH, widthAt } from '../tiles/tile';
import { GrowingTree } from '../tiles/growing-tree';
import type { TileReader } from '../tiles/tile-reader';

export interface LogComparison {
  /** Events of the log that were compared, at most as many as the tree has. */
  readonly events: number;
  /** Number of the first event, from 1, that is not the one in the tree, or that the log lacks; null where there is none. */
  readonly firstDifference: number | null;
  /** What the log's first events make, whatever the tree's tiles say. */
  readonly tree: GrowingTree;
  /** Where each tile of level 0 ends in this log. */
  readonly places: ReadonlyMap<number, Position>;
}

export interface ComparedParts {
  readonly log: Pick<EventLog, 'readAll'>;
  readonly tile: TileReader;
  /** Leaves of the tree. */
  readonly size: number;
  readonly signal: AbortSignal;
  /** After each event; the tree that its predecessors and it make may be asked for its root. */
  readonly onEvent?: (tree: GrowingTree, event: StoredEvent) => Promise<void> | void;
}

/** Reads the log up to the tree's size, and compares event by event. @throws where `signal` aborts, its reason */
export const compareLog = async ({ log, tile, size, signal, onEvent }: ComparedParts): Promise<LogComparison> => {
  const tree = new GrowingTree();
  const places = new Map<number, Position>();
  let firstDifference: number | null = null;
  let kept: Uint8Array = new Uint8Array();
  for await (const event of log.readAll({ after: START, limit: size })) {
    signal.throwIfAborted();
    const [index, at] = [Math.floor(tree.size / TILE_WIDTH), tree.size % TILE_WIDTH];
    if (at === 0) kept = await tile({ level: 0, index, width: widthAt({ level: 0, index }, size) });
    const hash = leafHashOf(event, tree.size + 1);
    tree.append(hash);
    if (at === TILE_WIDTH - 1) tree.takeChanged(); // nobody stores it: memory stays flat
    places.set(index, event.position);
    const isThere = kept.length >= (at + 1) * HASH_BYTES && sameHash(hash, hashAt(kept, at));
    if (!isThere) firstDifference ??= tree.size;
    await onEvent?.(tree, event);
  }
  if (tree.size < size) firstDifference ??= tree.size + 1;
  return { events: tree.size, firstDifference, tree, places };
};
