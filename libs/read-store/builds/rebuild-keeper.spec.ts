import { dumpBuild } from '../certificates/dump';
import { dumpFolded, foldInMemory } from '../fold/in-memory-fold';
import { finishBuilds } from '../subscriptions/finish-builds';
import { linesOf } from '../testing/hours-log';
import { setPaused, rebuild } from './operations';
import type { RebuildProcess } from './rebuild-keeper';
import { first, db, source, NAME, operating, parts, start, states, withTwoVersions } from './versions.fixture';

withTwoVersions();

const until = async (isSo: () => Promise<boolean> | boolean): Promise<void> => {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
};

/** Does what such a process does, in this one. */
const working = (): RebuildProcess => {
  const stop = new AbortController();
  const parts = { log: source.log, codec: source.codec, pool: db.pool, readModels: [first], leaseMs: 1_500 };
  return {
    gone: finishBuilds(parts, stop.signal).then(
      () => true,
      () => false,
    ),
    stop: () => stop.abort(),
  };
};

/** Killed before it did anything, or failed. */
const gone = (asItShould: boolean): RebuildProcess => ({ gone: Promise.resolve(asItShould), stop: () => undefined });

/** Serves and follows, and has each of these started for a rebuild, one after the other; the last again and again. */
const serving = async (...processes: readonly (() => RebuildProcess)[]) => {
  const warned: string[] = [];
  let started = 0;
  await source.writeHours(300, 9);
  const runtime = await start(first, {
    ...{ mode: 'live', leaseMs: 1_500 },
    rebuildApart: () => processes[Math.min(started++, processes.length - 1)]!(),
    logger: { info: () => undefined, warn: (_, sentence) => void warned.push(sentence) },
  });
  await runtime.drain();
  return { runtime, warned, started: () => started };
};

const begin = async (): Promise<void> => void (await rebuild(await operating(first), { name: NAME, byHand: false }));

describe('a rebuild in a process of its own', () => {
  it('is begun where one is asked for alone, and handed over once it has reached the head', async () => {
    const { runtime, started } = await serving(working);
    expect(started()).toBe(0);
    await begin();
    runtime.refresh();
    await source.writeHours(50, 9);
    await until(async () => (await states()).includes('1.2 active'));
    await source.writeHours(30, 9);
    await runtime.drain();
    expect(started()).toBe(1);
    const oracle = dumpFolded(first, foldInMemory(first, await source.events()));
    for (const build of [1, 2]) expect(await linesOf(dumpBuild(db.pool, { name: NAME, version: 1, build }))).toEqual(oracle);
  });

  it('goes on in another process where one was killed or failed, which is told', async () => {
    const { runtime, started, warned } = await serving(
      () => gone(true),
      () => gone(false),
      working,
    );
    await begin();
    runtime.refresh();
    await until(async () => (await states()).includes('1.2 active'));
    expect(started()).toBe(3);
    expect(warned).toEqual(['the process that rebuilds read models failed: started again']);
  });

  it('waits where the build is paused, and ends with whoever had it started', async () => {
    const ends: string[] = [];
    const endless = (): RebuildProcess => {
      let end = (_: boolean): void => undefined;
      const gone = new Promise<boolean>((resolve) => (end = resolve));
      return {
        gone,
        stop: () => {
          ends.push('stopped');
          end(true);
        },
      };
    };
    const before = await start(first);
    await before.drain();
    await before.stop();
    await begin();
    await setPaused(parts(), { name: NAME }, true);
    const { runtime, started } = await serving(endless);
    runtime.refresh();
    await runtime.drain();
    expect(started()).toBe(0);
    await setPaused(parts(), { name: NAME }, false);
    runtime.refresh();
    await until(() => started() === 1);
    await runtime.stop();
    expect(ends).toEqual(['stopped']);
  });
});
