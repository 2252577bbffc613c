import type { Position } from '#event-store/log.port';
import { ChangeReader, type Watched } from './change-reader';
import type { ShownChange } from './change-buffer';
import type { FollowedBuild, Change, Changes, ChangePosition } from './changes';

const at = (position: number): Position => String(position).padStart(20, '0') as Position;
const show = (row: string): string => row;

/** Kept changes in memory, that count how often they are asked. */
const keptChanges = () => {
  const all: Change[] = [];
  let build: FollowedBuild = { id: 7, name: 'queue', version: 1, build: 1, position: at(0), mended: 0 };
  const asked = { active: 0, page: 0 };
  const isAfter = ({ position, ordinal }: Change, after: ChangePosition): boolean =>
    position === after.position ? after.ordinal !== null && ordinal > after.ordinal : position > after.position;
  const changes: Changes = {
    active: () => {
      asked.active += 1;
      return Promise.resolve(new Map([[build.name, build]]));
    },
    page: (after, upTo, limit) => {
      asked.page += 1;
      return Promise.resolve(all.filter((one) => isAfter(one, after) && one.position <= upTo).slice(0, limit));
    },
    keeps: ({ mended, position, ordinal }) =>
      Promise.resolve(
        mended === build.mended && (ordinal === null || all.some((one) => one.position === position && one.ordinal === ordinal)),
      ),
    snapshot: () => Promise.reject(new Error('not asked')),
  };
  return {
    changes,
    asked,
    all,
    /** A checkpoint with so many changes; 0: it only moved. */
    move: (to: number, count: number): void => {
      for (let ordinal = 1; ordinal <= count; ordinal += 1)
        all.push({ position: at(to), ordinal, key: `key/${to}/${ordinal}`, network: 'n', row: `{"n":${to}}` });
      build = { ...build, position: at(to) };
    },
    become: (other: Partial<FollowedBuild>): void => void (build = { ...build, ...other }),
  };
};

type Kept = ReturnType<typeof keptChanges>;

const readers: ChangeReader[] = [];
const readerOf = ({ changes }: Kept, sizes: { ringBytes?: number; partBytes?: number } = {}): ChangeReader => {
  const reader = new ChangeReader({ changes, lookMs: 1, ...sizes });
  readers.push(reader);
  return reader;
};
afterEach(() => Promise.all(readers.splice(0).map((reader) => reader.close())));

const never = (): AbortSignal => new AbortController().signal;

/** Waits until the reader knows of it. */
const known = async (watched: Watched, is: (build: FollowedBuild) => boolean): Promise<void> => {
  for (let waits = 0; !is(watched.build()); waits += 1) {
    if (waits === 3) throw new Error('the reader does not come to know it');
    await watched.moved(1_000, never());
  }
};

/** Follows from a place until a position is reached, as a feed does. */
const follow = async (reader: ChangeReader, watched: Watched, from: ChangePosition, to: Position): Promise<readonly string[]> => {
  const told: ShownChange[] = [];
  let place = from;
  while (place.position < to || place.ordinal !== null) {
    const next = watched.after(place);
    if (next === 'switched') throw new Error('switched');
    if (next === 'gone') {
      const upTo = watched.build().position;
      const parts = await reader.behind(place, { upTo, show });
      if (parts === 'reset') throw new Error('reset');
      for (const { changes, position, ends } of parts) {
        told.push(...changes);
        place = { ...place, position, ordinal: ends ? null : changes.at(-1)!.ordinal };
      }
      if (parts.length === 0) place = { ...place, position: upTo, ordinal: null };
    } else if ('part' in next) {
      const { changes, position, ends } = next.part;
      told.push(...changes);
      place = { ...place, position, ordinal: ends ? null : changes.at(-1)!.ordinal };
    } else if (next.tip > place.position) place = { ...place, position: next.tip, ordinal: null };
    else await watched.moved(1_000, never());
  }
  return told.map(({ key }) => key);
};

describe('the reader of changes', () => {
  it.each([
    ['with room for all', {}],
    ['with room for hardly anything', { ringBytes: 400, partBytes: 60 }],
  ])('tells everybody each change once, from any place, %s', async (_, sizes) => {
    const kept = keptChanges();
    const reader = readerOf(kept, sizes);
    const watched = await reader.watch('queue', show);
    for (const [to, count] of [
      [3, 2],
      [4, 0],
      [9, 40],
      [20, 1],
      [21, 7],
    ] as const) {
      kept.move(to, count);
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
    const keys = kept.all.map(({ key }) => key);
    const places = [{ position: at(0), ordinal: null }, ...kept.all.map(({ position, ordinal }) => ({ position, ordinal }))];
    for (const [index, place] of places.entries())
      if (index < keys.length) expect(await follow(reader, watched, { build: 7, mended: 0, ...place }, at(21))).toEqual(keys.slice(index));
    expect(await follow(reader, watched, { build: 7, mended: 0, position: at(9), ordinal: null }, at(21))).toEqual(keys.slice(42));
  });

  it('pages through a checkpoint that is longer than a page, and says where it ends', async () => {
    const kept = keptChanges();
    const reader = readerOf(kept);
    const watched = await reader.watch('queue', show);
    kept.move(5, 4_500);
    kept.move(6, 1);
    expect(await follow(reader, watched, { build: 7, mended: 0, position: at(0), ordinal: null }, at(6))).toEqual(
      kept.all.map(({ key }) => key),
    );
  });

  it('asks the database once for all who follow', async () => {
    const kept = keptChanges();
    const reader = readerOf(kept);
    const all = await Promise.all(Array.from({ length: 50 }, () => reader.watch('queue', show)));
    kept.asked.page = 0;
    kept.move(1, 3);
    const start: ChangePosition = { build: 7, mended: 0, position: at(0), ordinal: null };
    await Promise.all(all.map((watched) => follow(reader, watched, start, at(1))));
    expect(kept.asked.page).toBe(1);
    for (const watched of all) watched.close();
    await new Promise((resolve) => setTimeout(resolve, 10));
    const { active } = kept.asked;
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(kept.asked.active).toBe(active);
    // and looks again for who comes then
    const late = await reader.watch('queue', show);
    kept.move(2, 1);
    expect(await follow(reader, late, { ...start, position: at(1) }, at(2))).toEqual(['key/2/1']);
  });

  it('tells that another build is asked', async () => {
    const kept = keptChanges();
    const watched = await readerOf(kept).watch('queue', show);
    kept.become({ id: 8, build: 2, position: at(4) });
    await known(watched, ({ id }) => id === 8);
    expect(watched.after({ build: 7, mended: 0, position: at(0), ordinal: null })).toBe('switched');
    expect(watched.after({ build: 8, mended: 0, position: at(4), ordinal: null })).toEqual({ tip: at(4) });
  });

  it('begins anew where rows were mended at a position that was told', async () => {
    const kept = keptChanges();
    const reader = readerOf(kept);
    const watched = await reader.watch('queue', show);
    kept.move(2, 1);
    const place: ChangePosition = { build: 7, mended: 0, position: at(0), ordinal: null };
    await follow(reader, watched, place, at(2));
    kept.become({ mended: 1 });
    await known(watched, ({ mended }) => mended === 1);
    await expect(follow(reader, watched, { ...place, position: at(2) }, at(3))).rejects.toThrow('reset');
    kept.move(3, 2);
    expect(await follow(reader, watched, { ...place, mended: 1, position: at(2) }, at(3))).toEqual(['key/3/1', 'key/3/2']);
  });

  it('goes on after a crash of the database that took the last checkpoints back, and begins anew who stood within one', async () => {
    const kept = keptChanges();
    const reader = readerOf(kept, { partBytes: 30 });
    const watched = await reader.watch('queue', show);
    kept.move(2, 3);
    await follow(reader, watched, { build: 7, mended: 0, position: at(0), ordinal: null }, at(2));
    kept.all.splice(0);
    kept.become({ position: at(0) });
    await known(watched, ({ position }) => position === at(0));
    kept.move(3, 4);
    expect(await follow(reader, watched, { build: 7, mended: 0, position: at(2), ordinal: null }, at(3))).toHaveLength(4);
    await expect(follow(reader, watched, { build: 7, mended: 0, position: at(2), ordinal: 1 }, at(3))).rejects.toThrow('reset');
  });
});
