import { START, type EventLog, type Position, type StoredEvent } from '#event-store/log.port';
import { leafHashOf } from '../leaf';
import { sameHash } from '../merkle/hashing';
import { ShortIdsByTile } from '../finding/short-ids';
import { GrowingTree } from '../tiles/growing-tree';
import { hashAt, TILE_WIDTH } from '../tiles/tile';
import { TreeRefused } from '../tree-refused';
import type { TreeState, TreeStore } from '../tree-store.port';
import { compareLog } from './compare-log';

export interface GrowParts {
  readonly log: Pick<EventLog, 'logId' | 'readAll'>;
  readonly store: TreeStore;
  readonly signal: AbortSignal;
  /** After each batch that is stored. */
  readonly onGrown?: (state: TreeState) => void;
}

/** Leaves in one transaction: half a MiB of hashes, and so few commits that reading does not wait for the disk. */
const BATCH = 16_384;

/** Another process let the tree grow meanwhile: the same again goes on from there. */
export class Overtaken extends Error {
  constructor() {
    super('another process let the tree grow meanwhile');
    this.name = 'Overtaken';
  }
}

const tooShort = (events: number, size: number): TreeRefused =>
  new TreeRefused(`This log has ${events} events, and the tree was made of ${size}.`);
const otherEvent = (ordinal: number): TreeRefused =>
  new TreeRefused(`Event ${ordinal} of this log is not the one of which the tree was made.`);

/** A copied or restored log has another id: the tree goes on with it where it begins with all that the tree has. */
const goOn = async ({ log, store, signal }: GrowParts, from: TreeState, logId: string): Promise<TreeState> => {
  const ids = new ShortIdsByTile();
  const onEvent = ({ size }: GrowingTree, { eventId }: StoredEvent): void => ids.add(size, eventId);
  const { events, firstDifference, places } = await compareLog({ log, tile: store.tile, size: from.size, signal, onEvent });
  if (firstDifference !== null) throw events < firstDifference ? tooShort(events, from.size) : otherEvent(firstDifference);
  const to = { logId, size: from.size, position: [...places.values()].at(-1) ?? START };
  if (!(await store.grow({ from, to, tiles: [], places, shortIds: ids.upTo(from.size) }))) throw new Overtaken();
  return to;
};

const stateFor = async (parts: GrowParts): Promise<TreeState | null> => {
  const [state, logId] = [await parts.store.state(), await parts.log.logId()];
  return state === null || state.logId === logId ? state : goOn(parts, state, logId);
};

export interface Grown {
  readonly state: TreeState;
  /** As large as `state` says. */
  readonly tree: GrowingTree;
}

/** Where the last tile of level 0 begins: it is read again each time, so that a log that lost its end, or has another one, is found out. */
const lastTile = async (store: TreeStore, { size }: TreeState) => {
  const index = Math.floor((size - 1) / TILE_WIDTH);
  const after = index === 0 ? START : ((await store.endOf(index - 1)) ?? START);
  return { after, first: index * TILE_WIDTH, kept: await store.tile({ level: 0, index, width: size - index * TILE_WIDTH }) };
};

/**
 * Follows the log to its present end, a batch a transaction. Null: there was no event yet.
 * @throws TreeRefused where the log does not begin with what the tree has; Overtaken; LogUnavailable
 */
export const growTree = async (parts: GrowParts): Promise<Grown | null> => {
  const { log, store, signal, onGrown = () => undefined } = parts;
  let state = await stateFor(parts);
  const [logId, size] = [await log.logId(), state?.size ?? 0];
  const tree = await GrowingTree.from(store.tile, size);
  const { after, first, kept } = state === null ? { after: START, first: 0, kept: Buffer.alloc(0) } : await lastTile(store, state);
  const [places, ids] = [new Map<number, Position>(), new ShortIdsByTile()];
  const storeBatch = async (position: Position): Promise<void> => {
    const to = { logId, size: tree.size, position };
    if (!(await store.grow({ from: state, to, tiles: tree.takeChanged(), places, shortIds: ids.upTo(tree.size) }))) throw new Overtaken();
    state = to;
    places.clear();
    ids.clear();
    onGrown(to);
  };
  let [ordinal, last] = [first, START];
  for await (const event of log.readAll({ after })) {
    signal.throwIfAborted();
    const hash = leafHashOf(event, (ordinal += 1));
    ids.add(ordinal, event.eventId);
    if (ordinal <= size) {
      if (!sameHash(hash, hashAt(kept, ordinal - 1 - first))) throw otherEvent(ordinal);
      continue;
    }
    tree.append(hash);
    last = event.position;
    places.set(Math.floor((ordinal - 1) / TILE_WIDTH), last);
    if (ordinal % BATCH === 0) await storeBatch(last);
  }
  if (ordinal < size) throw tooShort(ordinal, size);
  if (places.size > 0) await storeBatch(last);
  return state === null ? null : { state, tree };
};
