import { createBuilds } from './builds';
import { verifiedSwitch } from './cut-over';
import { dumpBuild } from '../certificates/dump';
import { allVersionsOf } from '../fold/model-versions';
import { dumpFolded, foldInMemory } from '../fold/in-memory-fold';
import { rebuild, setPaused, stopBuild } from './operations';
import { progressOf } from './progress';
import type { AnyReadModel } from '../read-model';
import { linesOf } from '../testing/hours-log';
import { first, second, db, store, source, NAME, start, parts, states, stands, operating, withTwoVersions } from './versions.fixture';

withTwoVersions();

describe('a rebuild of the same version', () => {
  it('heals what was wrong, once an operator has read the report', async () => {
    await source.writeHours(60, 5);
    const runtime = await start(first);
    await runtime.drain();
    await db.pool.query(`update read.hours_by_member_v1 set row = '{"minutes":0,"sessions":[]}', minutes = 0 where key = 'member-2'`);
    expect(await rebuild(await operating(first), { name: NAME, byHand: false })).toEqual({ name: NAME, version: 1, build: 2 });
    await expect(rebuild(await operating(first), { name: NAME, byHand: false })).rejects.toMatchObject({ code: 'already-building' });
    await (await start(first)).drain();
    expect(await states()).toEqual(['1.1 active', '1.2 ready']);
    await verifiedSwitch(parts(), [first], { name: NAME, force: true });
    const { result } = await store.read([first], (tx, table) => tx.selectFrom(table(first)).select('row').orderBy('key').execute());
    const folded = foldInMemory(first, await source.events());
    expect(result.map(({ row }) => JSON.parse(row as string) as unknown)).toEqual(
      [...folded.rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row),
    );
    expect((await store.evidence(NAME, ['member-2'], { limit: 100 })).eventIds).toEqual(folded.evidence.get('member-2'));
  });

  it('goes on live, beside the one that serves, and takes over by itself where both agree', async () => {
    await source.writeHours(300, 9);
    const runtime = await start(first, { mode: 'live', leaseMs: 1_500 });
    await runtime.drain();
    await rebuild(await operating(first), { name: NAME, byHand: false });
    runtime.refresh();
    await source.writeHours(50, 9);
    while (!(await states()).includes('1.2 active')) await new Promise((resolve) => setTimeout(resolve, 20));
    await source.writeHours(30, 9);
    await runtime.drain();
    expect(await states()).toEqual(['1.1 ready kept', '1.2 active']);
    const oracle = dumpFolded(first, foldInMemory(first, await source.events()));
    for (const build of [1, 2]) expect(await linesOf(dumpBuild(db.pool, { name: NAME, version: 1, build }))).toEqual(oracle);
  });

  it('can be given up, and is not begun again by a start; the one that serves cannot', async () => {
    await source.writeHours(20, 5);
    await (await start(first)).drain();
    await start(second({}));
    expect(await stopBuild(parts(), { name: NAME })).toMatchObject([{ version: 2 }]);
    await (await start(second({}))).drain();
    expect(await states()).toEqual(['1.1 active', '2.1 retired']);
    await expect(stopBuild(parts(), { name: NAME })).rejects.toMatchObject({ code: 'is-active' });
    await expect(stopBuild(parts(), { name: 'nobody' })).rejects.toMatchObject({ code: 'unknown-projection' });
  });
});

describe('a pause', () => {
  it('holds a build where it stands until it is resumed', async () => {
    const runtime = await start(first, { mode: 'live', leaseMs: 1_500 });
    await source.writeHours(10, 3);
    await runtime.drain();
    const before = await stands(1);
    await setPaused(parts(), { name: NAME }, true);
    runtime.refresh();
    while ((await runtime.status())[0]?.state !== 'paused') await new Promise((resolve) => setTimeout(resolve, 10));
    await source.writeHours(10, 3);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await stands(1)).toBe(before);
    expect((await runtime.status())[0]).toMatchObject({ pace: 'behind', lagEvents: 10 });
    await setPaused(parts(), { name: NAME }, false);
    runtime.refresh();
    await runtime.drain();
    expect(await stands(1)).toBe(await source.log.head());
  });
});

describe('what an operator is told of a build', () => {
  const until = async (told: () => Promise<boolean>): Promise<void> => {
    while (!(await told())) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it('is the fault that stops it, in every process and until it has caught up again; and that it is stuck, not slow', async () => {
    let broken = true;
    const fragile: AnyReadModel = {
      ...first,
      onPoison: 'stop',
      projection: {
        ...first.projection,
        evolve: (...given: Parameters<typeof first.projection.evolve>) => {
          if (broken) throw new RangeError('of nobody');
          return first.projection.evolve(...given);
        },
      },
    };
    const builds = createBuilds({ pool: db.pool, log: source.log, codec: source.codec, models: [fragile], keepMs: 1_000 });
    await source.writeHours(5, 3);
    const runtime = await start(fragile, { mode: 'live', leaseMs: 1_500 });
    await until(async () => (await builds.progress(NAME))[0]?.fault === 'RangeError: of nobody');
    expect((await runtime.status())[0]).toMatchObject({ pace: 'behind', lagEvents: 5 });
    await db.pool.query(`update read.projection set moved_at = now() - interval '31 seconds'`);
    expect((await runtime.status())[0]).toMatchObject({ pace: 'stuck' });
    broken = false;
    await runtime.drain();
    await until(async () => (await builds.progress(NAME))[0]?.fault === null);
    expect((await runtime.status())[0]).toMatchObject({ pace: 'current', lagEvents: 0 });
  });

  it('is how much is done and to do: counted where the log can count, else estimated and marked', async () => {
    await source.writeHours(96, 5);
    await (await start(first)).drain();
    await source.write('OfferPaused', 'offer-1');
    await source.writeHours(40, 5);
    const lines = [allVersionsOf(first, 'read')];
    const told = { pool: db.pool, schema: 'read', lines };
    const [counted] = await progressOf({ ...told, log: source.log }, NAME);
    expect(counted).toMatchObject({ done: 96, toDo: { events: 40, estimated: false } });
    const head = () => source.log.head();
    const [estimated] = await progressOf({ ...told, log: { head } }, NAME);
    expect(estimated).toMatchObject({ done: 96, toDo: { events: 41, estimated: true } });
    await (await start(first)).drain();
    expect((await progressOf({ ...told, log: { head } }, NAME))[0]).toMatchObject({
      ...{ done: 136, toDo: { events: 0, estimated: false }, secondsLeft: { least: 0, most: 0 } },
    });
    await db.pool.query(`update read.projection set pace = 10, pace_spread = 2, moved_at = now()`);
    await source.writeHours(60, 5);
    const [moving] = await progressOf({ ...told, log: source.log }, NAME);
    expect(moving).toMatchObject({ eventsPerSecond: 10, secondsLeft: { least: 5, most: 8 } });
  });
});
