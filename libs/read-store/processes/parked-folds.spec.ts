import type { Instant } from '#kernel/id';
import type { Due } from '#kernel/process';
import { commandIdOf } from './command-ids';
import { parkedCounts, parkedOf } from '../parked/parked';
import type { AnyProcess } from './process-runner';
import {
  type Row,
  Poisoned,
  poison,
  mend,
  counting,
  db,
  clock,
  executor,
  start,
  builds,
  name,
  hours,
  pause,
  parked,
  rows,
  withParkingProcess,
} from './process-parking.fixture';

withParkingProcess();

describe('an event that a process cannot fold', () => {
  it('waits for its key where `evolve` throws, and takes its place when retried (case 6)', async () => {
    const world = executor();
    const bad = await hours('ana');
    poison.evolve.add(bad);
    await hours('ana');
    await hours('bo');
    await (await start(world)).drain();
    expect(world.said()).toEqual(['bo 1 a', 'bo 1 b']);
    mend();
    await builds(world).retry({ name }).run();
    expect(world.said()).toEqual(['bo 1 a', 'bo 1 b', 'ana 1 a', 'ana 1 b', 'ana 2 a', 'ana 2 b']);
  });

  it.each(['keys', 'unreadable'] as const)('waits with its stream where its key is unknown: %s (case 6)', async (kind) => {
    const world = executor();
    const bad = await hours('ana', 'exchange-x');
    poison[kind].add(bad);
    const behind = await hours('bo', 'exchange-x');
    await hours('cleo', 'exchange-y');
    await (await start(world)).drain();
    expect(world.said()).toEqual(['cleo 1 a', 'cleo 1 b']);
    expect(await parked()).toMatchObject([
      { key: 'bo', eventId: behind, fault: null },
      { key: 'exchange-x', eventId: bad, fault: kind === 'keys' ? 'Poisoned' : 'CodecFault' },
    ]);
    await expect(builds(world).retry({ name, key: 'bo' }).run()).rejects.toMatchObject({ code: 'rows-unknown' });
    mend();
    await builds(world).retry({ name, key: 'exchange-x' }).run();
    expect(world.said().slice(2)).toEqual(['ana 1 a', 'ana 1 b', 'bo 1 a', 'bo 1 b']);
    expect(await parked()).toEqual([]);
  });

  it('of several keys waits for all of them, so that each keeps its order (case 6)', async () => {
    const world = executor();
    const both: AnyProcess = { ...counting, keys: ({ data }: { data: { memberId: string } }) => data.memberId.split('+') };
    poison.orders.add('ana 1 a');
    await hours('ana', 'exchange-1');
    await hours('ana+bo', 'exchange-2');
    await hours('bo', 'exchange-3');
    await hours('cleo', 'exchange-4');
    await (await start(world, { processes: [both] })).drain();
    expect(world.said()).toEqual(['cleo 1 a', 'cleo 1 b']);
    expect((await parked()).map(({ key }) => key)).toEqual(['ana', 'ana', 'bo', 'bo']);
    mend();
    await expect(builds(world, [both]).retry({ name, key: 'bo' }).run()).rejects.toMatchObject({ code: 'not-first' });
    await builds(world, [both]).retry({ name }).run();
    expect(world.said().slice(2)).toEqual(['ana 1 a', 'ana 1 b', 'ana 2 a', 'ana 2 b', 'bo 1 a', 'bo 1 b', 'bo 2 a', 'bo 2 b']);
    expect(await parked()).toEqual([]);
  });
});

describe('a due time', () => {
  const LATER = '2026-03-02T00:00:00.000Z';

  it('waits behind what is parked on its key, and strikes once that is answered (case 6)', async () => {
    const world = executor();
    await pause('ana', LATER);
    await pause('bo', LATER);
    poison.orders.add('ana 1 a');
    await hours('ana');
    const runtime = await start(world);
    await runtime.drain();
    clock.set('2026-03-03T00:00:00.000Z');
    await runtime.drain();
    expect(world.said()).toEqual(['bo is back a', 'bo is back b']);
    mend();
    await builds(world).retry({ name }).run();
    await runtime.drain();
    expect(world.said().slice(2)).toEqual(['ana 1 a', 'ana 1 b', 'ana is back a', 'ana is back b']);
  });

  it.each(['its order', 'react'])(
    'is parked where %s throws, and later events of its key wait; retried under the same id (case 6)',
    async (what) => {
      const world = executor();
      const set = await pause('ana', LATER);
      await pause('bo', LATER);
      const runtime = await start(world);
      if (what === 'react') poison.due.add('ana');
      else poison.orders.add('ana is back b');
      clock.set('2026-03-03T00:00:00.000Z');
      await runtime.drain();
      await hours('ana');
      await hours('bo');
      await runtime.drain();
      expect((await parkedOf(db.pool, { name, page: { limit: 9 } })).parked[0]).toMatchObject({
        ...{ key: 'ana', eventId: set, fault: 'Poisoned', due: { name: 'pause', at: LATER }, answered: what === 'react' ? 0 : 1 },
      });
      expect(world.said().filter((text) => text.startsWith('bo'))).toEqual(['bo is back a', 'bo is back b', 'bo 1 a', 'bo 1 b']);
      mend();
      await builds(world).retry({ name }).run();
      expect(world.said().filter((text) => text.startsWith('ana'))).toEqual(['ana is back a', 'ana is back b', 'ana 1 a', 'ana 1 b']);
      expect(world.done.get(commandIdOf(`ana/pause/${LATER}`, 'counting', 1))).toBe('ana is back b');
      await runtime.drain();
      expect(await runtime.fireDue('2026-05-01T00:00:00.000Z' as Instant)).toBe(0);
      expect(await parked()).toEqual([]);
    },
  );

  it('that is given up does not fire again, though the next one of its kind does (case 6)', async () => {
    const world = executor();
    const daily: AnyProcess = {
      ...counting,
      next: (_: Row, { at }: Due) => ({ pause: new Date(Date.parse(at) + 86_400_000).toISOString() as Instant }),
    };
    const set = await pause('ana', LATER);
    const runtime = await start(world, { processes: [daily] });
    await runtime.drain();
    poison.due.add('ana');
    clock.set('2026-03-02T12:00:00.000Z');
    await runtime.drain();
    mend();
    await builds(world, [daily]).skip({ name, eventId: set }).run();
    await runtime.drain();
    expect(world.said()).toEqual([]);
    clock.set('2026-03-03T12:00:00.000Z');
    await runtime.drain();
    expect(world.said()).toEqual(['ana is back a', 'ana is back b']);
  });

  it('that throws leaves the due times of other processes alone (case 6)', async () => {
    const world = executor();
    const other = { ...counting, name: 'other' } as AnyProcess;
    await pause('ana', LATER);
    const runtime = await start(
      {
        execute: async (order, ids, at) => {
          if (ids.commandId === commandIdOf(`ana/pause/${LATER}`, 'counting', 0)) throw new Poisoned('only there');
          return world.execute(order, ids, at);
        },
      },
      { processes: [counting as AnyProcess, other], mode: 'live' },
    );
    await runtime.drain();
    clock.set('2026-03-03T00:00:00.000Z');
    await runtime.drain();
    expect(world.said()).toEqual(['ana is back a', 'ana is back b']);
    expect(await parkedCounts(db.pool)).toMatchObject([{ name, parked: 1 }]);
  });
});

describe('a new version of a process', () => {
  it('answers what the one before had parked, from the order that threw on, and nothing else of the past (case 6)', async () => {
    const world = executor();
    poison.orders.add('ana 2 b');
    await hours('ana');
    const bad = await hours('ana');
    await hours('ana');
    await hours('bo');
    await (await start(world)).drain();
    mend();
    const before = world.asked.length;
    await (await start(world, { processes: [{ ...counting, version: 2 } as AnyProcess] })).drain();
    expect(world.asked.slice(before)).toEqual(['ana 2 b', 'ana 3 a', 'ana 3 b']);
    expect(world.done.get(commandIdOf(bad, 'counting', 1))).toBe('ana 2 b');
    expect(await rows()).toEqual([
      { key: 'ana', row: '{"times":3}' },
      { key: 'bo', row: '{"times":1}' },
    ]);
    expect(await parked()).toEqual([]);
    expect((await db.pool.query('select 1 from read.parked')).rowCount).toBe(0);
  });

  it('parks what throws on its way through the past, and folds it without a word when retried (case 6)', async () => {
    const world = executor();
    const bad = await hours('ana');
    await hours('ana');
    await (await start(world)).drain();
    const next = { ...counting, version: 2 } as AnyProcess;
    poison.evolve.add(bad);
    const runtime = await start(world, { processes: [next] });
    await runtime.drain();
    await hours('ana');
    await runtime.drain();
    expect(await parked()).toHaveLength(3);
    mend();
    const before = world.asked.length;
    await builds(world, [next]).retry({ name }).run();
    expect(world.asked.slice(before)).toEqual(['ana 3 a', 'ana 3 b']);
  });

  it('does not give orders that an operator gave up (case 6)', async () => {
    const world = executor();
    poison.orders.add('ana 1 a');
    const bad = await hours('ana');
    await (await start(world)).drain();
    await builds(world).skip({ name, eventId: bad }).run();
    mend();
    await (await start(world, { processes: [{ ...counting, version: 2 } as AnyProcess] })).drain();
    expect(world.said()).toEqual([]);
    expect(await rows()).toEqual([{ key: 'ana', row: '{"times":1}' }]);
    expect(await parked()).toMatchObject([{ eventId: bad, state: 'skipped' }]);
  });
});
