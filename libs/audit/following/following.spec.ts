import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StreamName } from '#kernel/id';
import { anEvent } from '#event-store/contract/subject';
import { type EventLog, type EventToAppend, type StoredEvent } from '#event-store/log.port';
import { MemoryLog } from '#event-store/memory/memory-log';
import { rootOf, tamperedLog } from '../filled-log.fixture';
import { MemoryTreeStore } from '../memory/memory-tree-store';
import { openCheckpoint } from '../notes/checkpoint';
import { signingKey } from '../notes/note-key';
import { checkpointFolder } from './checkpoint-folder';
import { followLog } from './follow-log';
import { growTree } from './grow-tree';
import { makeCheckpoint, type CheckpointParts, type Due } from './make-checkpoint';

const key = signingKey('savoirs.example/log', 'ed25519', Buffer.alloc(32, 7));
const NOW: Due = { cadence: null, lastAt: 0, now: 0 };
const { signal } = new AbortController();

const events = Array.from({ length: 700 }, (_, n) => anEvent({ data: `{"n":${n}}` }));
const fill = async (log: EventLog, some: readonly EventToAppend[]): Promise<void> => {
  for (const event of some) await log.append('exchange-1' as StreamName, 'any', [event]);
};
const logOf = async (some: readonly EventToAppend[]): Promise<MemoryLog> => {
  const log = new MemoryLog();
  await fill(log, some);
  return log;
};

describe('the tree of a log', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'savoirs-audit-'))));
  afterEach(() => rm(folder, { recursive: true }));

  const partsOf = (log: EventLog, more: Partial<CheckpointParts> = {}): CheckpointParts => ({
    ...{ log, store: new MemoryTreeStore(), key, signal, folder: checkpointFolder(folder) },
    ...more,
  });

  it('has a leaf for each event in the log’s order, however it grew', async () => {
    const log = await logOf(events.slice(0, 300));
    const parts = partsOf(log);
    await growTree(parts);
    await fill(log, events.slice(300));
    const grown = await growTree(parts);
    expect([grown!.state.size, await grown!.tree.root()]).toEqual([700, await rootOf(log)]);
  });

  it('is signed under its name, and kept apart from the log, each checkpoint and the last', async () => {
    const log = await logOf(events.slice(0, 10));
    const parts = partsOf(log);
    const first = await makeCheckpoint(parts, NOW);
    await fill(log, events.slice(10, 12));
    const second = await makeCheckpoint(parts, NOW);
    expect(openCheckpoint(second.made!.note, key)).toMatchObject({ origin: key.name, size: 12, root: await rootOf(log) });
    expect(await readFile(join(folder, 'checkpoint'), 'utf8')).toBe(second.made!.note);
    expect(await readFile(join(folder, 'checkpoints/10'), 'utf8')).toBe(first.made!.note);
    expect((await readdir(join(folder, 'checkpoints'))).sort()).toEqual(['10', '12']);
    await parts.folder!.keep(first.made!);
    expect(await parts.folder!.last()).toBe(second.made!.note);
  });

  it('is signed again after so many events, or so long after the last time, and never where nothing is new', async () => {
    const log = await logOf(events.slice(0, 10));
    const parts = partsOf(log);
    const cadence = { events: 5, ms: 1_000 };
    const madeAt = async (now: number) => (await makeCheckpoint(parts, { cadence, lastAt: 0, now })).made?.size ?? null;
    expect(await madeAt(1)).toBe(10);
    expect(await madeAt(5_000)).toBeNull();
    await fill(log, events.slice(10, 14));
    expect([await madeAt(2), await madeAt(1_000)]).toEqual([null, 14]);
    await fill(log, events.slice(14, 19));
    expect(await madeAt(3)).toBe(19);
  });

  it('goes on with a copy of its log, wherever that has its events', async () => {
    const parts = partsOf(await logOf(events.slice(0, 600)));
    await makeCheckpoint(parts, NOW);
    const copy = await logOf(events);
    const signed = await makeCheckpoint({ ...parts, log: copy }, NOW);
    expect(openCheckpoint(signed.made!.note, key)).toMatchObject({ size: 700, root: await rootOf(copy) });
    expect(await parts.store.state()).toMatchObject({ logId: await copy.logId(), size: 700 });
  });

  it('refuses another log, and says where it begins to be another one, or what it lacks', async () => {
    const parts = partsOf(await logOf(events.slice(0, 600)));
    await makeCheckpoint(parts, NOW);
    const altered = await logOf(events.map((event, n) => (n === 400 ? { ...event, data: '{"n":-1}' } : event)));
    await expect(makeCheckpoint({ ...parts, log: altered }, NOW)).rejects.toThrow('Event 401 of this log is not the one');
    const shorter = await logOf(events.slice(0, 599));
    await expect(makeCheckpoint({ ...parts, log: shorter }, NOW)).rejects.toThrow('This log has 599 events, and the tree was made of 600.');
  });

  it('refuses its own log where that lost its end, or has another one since', async () => {
    for (const size of [600, 512]) {
      const log = await logOf(events.slice(0, size));
      const parts = partsOf(log, { folder: null });
      await makeCheckpoint(parts, NOW);
      const as = (alter: (all: StoredEvent[]) => StoredEvent[]) => ({ ...tamperedLog(log, alter), logId: () => log.logId() });
      await expect(makeCheckpoint({ ...parts, log: as((all) => all.slice(0, -3)) }, NOW)).rejects.toThrow(
        `This log has ${size - 3} events`,
      );
      await fill(log, events.slice(600));
      const others = as((all) => all.map((event, n) => (n === size - 1 ? { ...event, data: '{"n":-1}' } : event)));
      await expect(makeCheckpoint({ ...parts, log: others }, NOW)).rejects.toThrow(`Event ${size} of this log is not the one`);
      expect((await parts.store.checkpoints()).map((kept) => kept.size)).toEqual([size]);
    }
  });

  it('made anew after a restore, signs nothing but what continues the checkpoint that was kept apart', async () => {
    await makeCheckpoint(partsOf(await logOf(events.slice(0, 600))), NOW);
    const older = partsOf(await logOf(events.slice(0, 500)));
    await expect(makeCheckpoint(older, NOW)).rejects.toThrow('signed for 600 events, and this log has 500');
    const forked = partsOf(await logOf([...events.slice(0, 599), anEvent(), anEvent()]));
    await expect(makeCheckpoint(forked, NOW)).rejects.toThrow('The first 600 events are not those');
    await expect(makeCheckpoint(partsOf(await logOf([])), NOW)).rejects.toThrow('and this log has none');
    for (const { store } of [older, forked]) expect(await store.checkpoints()).toEqual([]);
    expect((await makeCheckpoint(partsOf(await logOf(events)), NOW)).made?.size).toBe(700);
  });

  it('signs nothing beside a checkpoint that was altered, or signed by somebody else', async () => {
    const parts = partsOf(await logOf(events.slice(0, 5)));
    await makeCheckpoint(parts, NOW);
    const path = join(folder, 'checkpoint');
    await writeFile(path, (await readFile(path, 'utf8')).replace('\n5\n', '\n4\n'));
    await expect(makeCheckpoint(parts, NOW)).rejects.toThrow('was not made with its key');
    const other = signingKey(key.name, 'ed25519', Buffer.alloc(32, 8));
    await expect(makeCheckpoint({ ...parts, folder: null, key: other }, NOW)).rejects.toThrow('did not sign');
  });

  it('is right whoever lets it grow at once', async () => {
    const log = await logOf(events);
    const store = new MemoryTreeStore();
    const signed = await Promise.allSettled([1, 2, 3].map(() => makeCheckpoint(partsOf(log, { store }), NOW)));
    const made = signed.flatMap((one) => (one.status === 'fulfilled' && one.value.made ? [one.value.made.note] : []));
    expect(new Set(made).size).toBe(1);
    expect(openCheckpoint(made[0]!, key).root).toEqual(await rootOf(log));
  });
});

describe('who follows a log', () => {
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  const following = (log: MemoryLog, store: MemoryTreeStore, warn: (sentence: string) => void = () => undefined) =>
    followLog({
      ...{ log, store, key, warn, folder: null, now: () => 0 },
      ...{ cadence: { events: 5, ms: 1_000_000 }, pollMs: 1, retryMs: 1 },
    });

  it('takes what is appended, signs it when it is due, and stops', async () => {
    const log = await logOf(events.slice(0, 3));
    const follower = following(log, new MemoryTreeStore());
    await until(() => follower.state()?.signed === 3);
    await fill(log, events.slice(3, 7));
    await until(() => follower.state()?.size === 7);
    expect(follower.state()?.signed).toBe(3);
    await fill(log, events.slice(7, 20));
    await until(() => follower.state()?.size === 20);
    await follower.stop();
    expect(follower.state()).toBeNull();
  });

  it('leaves the log to one of them, and takes over where that one stopped', async () => {
    const [log, store] = [await logOf(events.slice(0, 3)), new MemoryTreeStore()];
    const one = following(log, store);
    await until(() => one.state()?.size === 3);
    const other = following(log, store);
    await fill(log, events.slice(3, 9));
    await until(() => one.state()?.size === 9);
    expect(other.state()).toBeNull();
    await one.stop();
    await fill(log, events.slice(9, 12));
    await until(() => other.state()?.size === 12);
    await other.stop();
  });

  it('tells once why the tree does not grow, and goes on once it can', async () => {
    const [store, told] = [new MemoryTreeStore(), [] as string[]];
    const first = following(await logOf(events.slice(0, 10)), store);
    await until(() => first.state()?.signed === 10);
    await first.stop();
    const log = await logOf(events.slice(0, 9));
    const follower = following(log, store, (sentence) => told.push(sentence));
    await until(() => told.length > 0);
    await fill(log, events.slice(9, 12));
    await until(() => follower.state()?.size === 12);
    await follower.stop();
    expect(told).toEqual([expect.stringContaining('This log has 9 events, and the tree was made of 10.')]);
  });
});
