import { START, type Position } from '#event-store/log.port';
import type { EventId } from '#kernel/id';
import { toPosition } from '#event-store/position';
import { leafHash } from './merkle/hashing';
import { GrowingTree } from './tiles/growing-tree';
import { ShortIdsByTile, shortIdOf } from './finding/short-ids';
import type { Growth, TreeState, TreeStore } from './tree-store.port';

const LOG = 'a log';
/** As EventStoreDB gives them: with gaps. */
const positionOf = (leaf: number): Position => toPosition(leaf * 10);

const idOf = (leaf: number): EventId => `00000000-0000-4000-8000-${leaf.toString(16).padStart(12, '0')}` as EventId;

const at = (size: number, logId = LOG): TreeState => ({ logId, size, position: size === 0 ? START : positionOf(size) });

const growth = async (store: TreeStore, from: TreeState | null, size: number): Promise<Growth> => {
  const tree = await GrowingTree.from(store.tile, from?.size ?? 0);
  const [places, ids] = [new Map<number, Position>(), new ShortIdsByTile()];
  while (tree.size < size) {
    tree.append(leafHash(Buffer.from(String(tree.size))));
    places.set(Math.floor((tree.size - 1) / 256), positionOf(tree.size));
    ids.add(tree.size, idOf(tree.size));
  }
  return { from, to: at(size), tiles: tree.takeChanged(), places, shortIds: ids.upTo(size) };
};

/** What every store of a tree keeps: run unchanged by each. `open` gives an empty one; `again` another door to the last one opened. */
export const treeStoreContract = (open: () => Promise<TreeStore>, again: () => Promise<TreeStore>): void => {
  it('has no tree, no tile and no checkpoint at first', async () => {
    const store = await open();
    expect([await store.state(), await store.checkpoint(), await store.checkpoints()]).toEqual([null, null, []]);
    expect(await store.tile({ level: 0, index: 0, width: 1 })).toHaveLength(0);
    expect(await store.tileWith(positionOf(1))).toBeNull();
  });

  it('grows from what it is, and gives its tiles through another door, too', async () => {
    const store = await open();
    expect(await store.grow(await growth(store, null, 300))).toBe(true);
    const other = await again();
    expect(await other.grow(await growth(other, at(300), 700))).toBe(true);
    expect(await store.state()).toEqual(at(700));
    const expected = new GrowingTree();
    for (let leaf = 0; leaf < 700; leaf += 1) expected.append(leafHash(Buffer.from(String(leaf))));
    expect(await (await GrowingTree.from(store.tile, 700)).root()).toEqual(await expected.root());
  });

  it('changes nothing for a writer that believes another size, another log, or that there is no tree', async () => {
    const store = await open();
    await store.grow(await growth(store, null, 10));
    const next = await growth(store, at(10), 20);
    const before = Buffer.from(await store.tile({ level: 0, index: 0, width: 10 }));
    for (const from of [null, at(9), at(10, 'another log'), { ...at(10), position: positionOf(11) }])
      expect(await store.grow({ ...next, from })).toBe(false);
    expect([await store.state(), Buffer.from(await store.tile({ level: 0, index: 0, width: 10 }))]).toEqual([at(10), before]);
  });

  it('lets one of several writers grow the same tree, however they race', async () => {
    const store = await open();
    await store.grow(await growth(store, null, 256));
    const next = await growth(store, at(256), 400);
    const doors = await Promise.all([again(), again(), again()]);
    const grown = await Promise.all(doors.map((door) => door.grow(next)));
    expect(grown.filter((won) => won)).toHaveLength(1);
    expect(await store.state()).toEqual(at(400));
  });

  it('tells in which tile an event is, and where that one begins', async () => {
    const store = await open();
    await store.grow(await growth(store, null, 300));
    await store.grow(await growth(store, at(300), 600));
    expect(await store.tileWith(positionOf(1))).toEqual({ index: 0, after: START });
    expect(await store.tileWith(positionOf(256))).toEqual({ index: 0, after: START });
    expect(await store.tileWith(positionOf(257))).toEqual({ index: 1, after: positionOf(256) });
    expect(await store.tileWith(positionOf(600))).toEqual({ index: 2, after: positionOf(512) });
    expect(await store.tileWith(positionOf(601))).toBeNull();
    expect([await store.endOf(0), await store.endOf(2), await store.endOf(3)]).toEqual([positionOf(256), positionOf(600), null]);
  });

  it('tells which tiles may have an event of an id, and each of which nobody said', async () => {
    const store = await open();
    const indexesWith = async (...leaves: readonly number[]) =>
      (await store.tilesWith(leaves.map((leaf) => shortIdOf(idOf(leaf))))).map(({ index, after }) => [index, after]);
    await store.grow(await growth(store, null, 256));
    await store.grow(await growth(store, at(256), 600));
    expect(await indexesWith(1)).toEqual([[0, START]]);
    expect(await indexesWith(600, 257, 258)).toEqual([
      [1, positionOf(256)],
      [2, positionOf(512)],
    ]);
    expect(await indexesWith(601)).toEqual([]);
    await store.grow({ ...(await growth(store, at(600), 768)), shortIds: new Map() });
    await store.grow({ ...(await growth(store, at(768), 800)), shortIds: new Map() });
    expect(await indexesWith(1)).toEqual([
      [0, START],
      [2, positionOf(512)],
      [3, positionOf(768)],
    ]);
  });

  it('keeps a checkpoint a size: the last one, each one, and the later word of one', async () => {
    const store = await open();
    await store.grow(await growth(store, null, 10));
    for (const [size, note] of [
      [9, 'nine'],
      [10, 'ten'],
      [2, 'two'],
      [10, 'ten, cosigned'],
    ] as const)
      await store.keep({ size, note });
    expect(await store.checkpoint()).toEqual({ size: 10, note: 'ten, cosigned' });
    expect(await store.checkpoint(2)).toEqual({ size: 2, note: 'two' });
    expect(await store.checkpoint(3)).toBeNull();
    expect((await store.checkpoints()).map(({ size }) => size)).toEqual([2, 9, 10]);
  });

  it('has one leader at a time, and another one once that is gone', async () => {
    const store = await open();
    const lead = await store.lead();
    expect(lead).not.toBeNull();
    expect(await (await again()).lead()).toBeNull();
    await lead!.release();
    const next = await (await again()).lead();
    expect(next).not.toBeNull();
    await next!.release();
  });
};
