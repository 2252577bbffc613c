import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventLog } from '#event-store/log.port';
import { fillLog, logWith, rootOf, sampleEvents, tamperedLog } from '../filled-log.fixture';
import { makeCheckpoint } from '../following/make-checkpoint';
import { MemoryTreeStore } from '../memory/memory-tree-store';
import { leafHash } from '../merkle/hashing';
import { rootHash } from '../merkle/subtrees';
import { openCheckpoint } from '../notes/checkpoint';
import { signingKey } from '../notes/note-key';
import { entriesPath, tilePath, tilesOf } from '../tiles/tile';
import { nodesIn } from '../tiles/tile-reader';
import { exportTiles } from './tiles-folder';

const key = signingKey('savoirs.example/log', 'ed25519', Buffer.alloc(32, 7));
const { signal } = new AbortController();

/** What somebody sees who has the folder and the key alone. */
const seenIn = async (folder: string) => {
  const { size, root } = openCheckpoint(await readFile(join(folder, 'checkpoint'), 'utf8'), key);
  const tile = nodesIn((id) => readFile(join(folder, tilePath(id))), size);
  const leaves: Buffer[] = [];
  for (const id of [...tilesOf(size)].filter(({ level }) => level === 0)) {
    const bundle = await readFile(join(folder, entriesPath(id)));
    for (let at = 0; at < bundle.length; at += 2 + bundle.readUInt16BE(at))
      leaves.push(bundle.subarray(at + 2, at + 2 + bundle.readUInt16BE(at)));
  }
  const hashes = await Promise.all(leaves.map((_, index) => tile(0, index)));
  return {
    size,
    root,
    computed: await rootHash(tile, size),
    leaves,
    areInTree: leaves.every((leaf, n) => leafHash(leaf).equals(hashes[n]!)),
  };
};

describe('a tree as files', () => {
  let folder: string;
  const store = new MemoryTreeStore();
  let log: EventLog;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'savoirs-tiles-'));
    log = await logWith(sampleEvents(600));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const exported = async (from: Pick<EventLog, 'readAll'> = log) => {
    const { made } = await makeCheckpoint({ log, store, key, folder: null, signal }, { cadence: null, lastAt: 0, now: 0 });
    const checkpoint = made ?? (await store.checkpoint())!;
    await exportTiles({ log: from, store, checkpoint, folder, signal });
  };

  it('holds all that a reader needs to arrive at the signed hash from the leaves', async () => {
    await exported();
    const { leaves, ...seen } = await seenIn(folder);
    expect(seen).toEqual({ size: 600, root: await rootOf(log), computed: await rootOf(log), areInTree: true });
    expect(leaves).toHaveLength(600);
    expect(JSON.parse(leaves[57]!.toString())).toMatchObject({
      leaf: 1,
      ordinal: 58,
      stream: 'exchange-1',
      revision: 8,
      type: 'SessionHeld',
    });
  });

  it('holds no text of an event', async () => {
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    for (const file of files) expect(await readFile(join(file.parentPath, file.name), 'utf8')).not.toMatch(/"actor"|"note"/);
  });

  it('gets what is new, and leaves full tiles as they are', async () => {
    const before = await stat(join(folder, 'tile/entries/000'));
    await fillLog(log, sampleEvents(900).slice(600));
    await exported();
    expect((await stat(join(folder, 'tile/entries/000'))).mtimeMs).toBe(before.mtimeMs);
    expect(await seenIn(folder)).toMatchObject({ size: 900, root: await rootOf(log), computed: await rootOf(log), areInTree: true });
  });

  it('is not written of a log that is another one than its tree, nor of one that is shorter', async () => {
    const altered = tamperedLog(log, (all) => all.map((event, n) => (n === 890 ? { ...event, type: 'Other' } : event)));
    await expect(exported(altered)).rejects.toThrow('Event 891 of the log is not the one in its tree');
    await expect(exported(tamperedLog(log, (all) => all.slice(0, 880)))).rejects.toThrow('Event 881');
  });

  it('shows a reader that a file was altered', async () => {
    const path = join(folder, 'tile/entries/001');
    const bytes = await readFile(path);
    bytes[40]! ^= 1;
    await writeFile(path, bytes);
    expect(await seenIn(folder)).toMatchObject({ areInTree: false });
  });
});
