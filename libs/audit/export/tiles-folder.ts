import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { START, type EventLog, type StoredEvent } from '#event-store/log.port';
import { leafOf } from '../leaf';
import { HASH_BYTES, leafHash, sameHash } from '../merkle/hashing';
import { entriesPath, hashAt, TILE_WIDTH, tilePath, tilesOf, widthAt, type TileId } from '../tiles/tile';
import { TileMissing } from '../tiles/tile-reader';
import type { KeptCheckpoint, TreeStore } from '../tree-store.port';

export interface TilesExport {
  readonly log: Pick<EventLog, 'readAll'>;
  readonly store: Pick<TreeStore, 'tile' | 'endOf'>;
  readonly checkpoint: KeptCheckpoint;
  readonly folder: string;
  readonly signal: AbortSignal;
  /** After each tile of events, with how many lie there. */
  readonly onEvents?: (events: number) => void;
}

/** An event is not the one in the tree. */
export class NotInTree extends Error {
  /** Data (docs/exit-codes.md). */
  readonly exitCode = 65;

  constructor(ordinal: number) {
    super(`Event ${ordinal} of the log is not the one in its tree: one of the two was altered. \`savoirs audit check\` tells more.`);
    this.name = 'NotInTree';
  }
}

/** Whole or not at all: a web server may serve the folder meanwhile. */
const put = async (path: string, bytes: Uint8Array | string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, bytes);
  await rename(`${path}.new`, path);
};

const lengthed = (entry: Uint8Array): Buffer => {
  const framed = Buffer.alloc(2 + entry.length);
  framed.writeUInt16BE(entry.length);
  framed.set(entry, 2);
  return framed;
};

/** How many full tiles, from the first on, lie there already: they never change. */
const fullThere = ({ folder, checkpoint }: TilesExport): number => {
  let index = 0;
  while ((index + 1) * TILE_WIDTH <= checkpoint.size && existsSync(join(folder, entriesPath({ index, width: TILE_WIDTH })))) index += 1;
  return index;
};

const entryOf = (event: StoredEvent, ordinal: number, tile: Uint8Array): Buffer => {
  const leaf = leafOf(event, ordinal);
  const at = (ordinal - 1) % TILE_WIDTH;
  if (tile.length < (at + 1) * HASH_BYTES || !sameHash(leafHash(leaf), hashAt(tile, at))) throw new NotInTree(ordinal);
  return lengthed(Buffer.from(leaf));
};

const putEntries = async (parts: TilesExport): Promise<void> => {
  const { log, store, checkpoint, folder, signal, onEvents } = parts;
  const there = fullThere(parts);
  const after = there === 0 ? START : ((await store.endOf(there - 1)) ?? START);
  let ordinal = there * TILE_WIDTH;
  let [entries, tile]: [Buffer[], Uint8Array] = [[], Buffer.alloc(0)];
  for await (const event of log.readAll({ after, limit: checkpoint.size - ordinal })) {
    signal.throwIfAborted();
    const index = Math.floor(ordinal / TILE_WIDTH);
    if (entries.length === 0) tile = await store.tile({ level: 0, index, width: TILE_WIDTH });
    entries.push(entryOf(event, (ordinal += 1), tile));
    if (ordinal % TILE_WIDTH !== 0 && ordinal < checkpoint.size) continue;
    await put(join(folder, entriesPath({ index, width: entries.length })), Buffer.concat(entries));
    entries = [];
    onEvents?.(ordinal);
  }
  if (ordinal < checkpoint.size) throw new NotInTree(ordinal + 1);
};

const putTile = async ({ store, folder }: TilesExport, id: TileId): Promise<void> => {
  const path = join(folder, tilePath(id));
  if (id.width === TILE_WIDTH && existsSync(path)) return;
  const hashes = await store.tile(id);
  if (hashes.length < id.width * HASH_BYTES) throw new TileMissing(id);
  await put(path, hashes.subarray(0, id.width * HASH_BYTES));
};

/**
 * The tree of a checkpoint as static files (c2sp.org/tlog-tiles), which any web server serves: entries, tiles, and the checkpoint last.
 * A folder that holds an earlier one gets what is new.
 * @throws NotInTree, TileMissing
 */
export const exportTiles = async (parts: TilesExport): Promise<void> => {
  await putEntries(parts);
  for (const id of tilesOf(parts.checkpoint.size)) await putTile(parts, { ...id, width: widthAt(id, parts.checkpoint.size) });
  await put(join(parts.folder, 'checkpoint'), parts.checkpoint.note);
};
