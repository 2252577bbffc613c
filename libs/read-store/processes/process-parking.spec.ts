import { CodecFault } from '#event-store/codec.port';
import { LogUnavailable } from '#event-store/log.port';
import { commandIdOf } from './command-ids';
import { parkedCounts } from '../parked/parked';
import type { AnyProcess } from './process-runner';
import {
  poison,
  mend,
  counting,
  db,
  executor,
  start,
  builds,
  name,
  hours,
  parked,
  rows,
  withParkingProcess,
} from './process-parking.fixture';

withParkingProcess();

describe('an order that throws', () => {
  it('is set aside with what follows on its key, while the rest goes on; retried it is made once, in order (case 6)', async () => {
    const world = executor();
    poison.orders.add('ana 2 b');
    await hours('ana');
    const bad = await hours('ana');
    const behind = await hours('ana');
    await hours('bo');
    const runtime = await start(world);
    await runtime.drain();
    const later = await hours('ana');
    await hours('bo');
    await runtime.drain();
    expect(world.said().filter((text) => text.startsWith('bo'))).toEqual(['bo 1 a', 'bo 1 b', 'bo 2 a', 'bo 2 b']);
    expect(world.said().filter((text) => text.startsWith('ana'))).toEqual(['ana 1 a', 'ana 1 b', 'ana 2 a']);
    expect(await parked()).toEqual([
      { key: 'ana', eventId: bad, fault: 'Poisoned', answered: 1, state: 'parked' },
      { key: 'ana', eventId: behind, fault: null, answered: 0, state: 'parked' },
      { key: 'ana', eventId: later, fault: null, answered: 0, state: 'parked' },
    ]);
    expect(await rows()).toEqual([
      { key: 'ana', row: '{"times":1}' },
      { key: 'bo', row: '{"times":2}' },
    ]);
    expect((await runtime.status()).map(({ lagEvents, parked: waiting, fault }) => ({ lagEvents, waiting, fault }))).toEqual([
      { lagEvents: 0, waiting: 3, fault: null },
    ]);
    expect(await builds(world).retry({ name }).run()).toEqual([
      { name, version: 1, build: 1, key: 'ana', folded: 0, left: 3, fault: 'Poisoned' },
    ]);
    mend();
    const before = world.asked.length;
    expect(await builds(world).retry({ name, key: 'ana' }).run()).toEqual([
      { name, version: 1, build: 1, key: 'ana', folded: 3, left: 0, fault: null },
    ]);
    expect(world.asked.slice(before)).toEqual(['ana 2 b', 'ana 3 a', 'ana 3 b', 'ana 4 a', 'ana 4 b']);
    expect(world.done.get(commandIdOf(bad, 'counting', 1))).toBe('ana 2 b');
    await hours('ana');
    await runtime.drain();
    expect(world.said().slice(-2)).toEqual(['ana 5 a', 'ana 5 b']);
    expect(await parked()).toEqual([]);
  });

  it('is given up by an operator: its row takes the event, and what waited behind goes on (case 6)', async () => {
    const world = executor();
    poison.orders.add('ana 1 a');
    const bad = await hours('ana');
    await hours('ana');
    await (await start(world)).drain();
    await expect(builds(world).skip({ name, eventId: bad, key: 'bo' }).run()).rejects.toMatchObject({ code: 'nothing-parked' });
    expect(await builds(world).skip({ name, eventId: bad }).run()).toEqual([
      { name, version: 1, build: 1, key: 'ana', folded: 1, left: 0, fault: null },
    ]);
    expect(world.said()).toEqual(['ana 2 a', 'ana 2 b']);
    expect(await rows()).toEqual([{ key: 'ana', row: '{"times":2}' }]);
    expect(await parked()).toEqual([{ key: 'ana', eventId: bad, fault: 'Poisoned', answered: 0, state: 'skipped' }]);
  });

  it('goes on beside others while the log is followed, and fences who took the key for parked still (case 6)', async () => {
    const world = executor();
    poison.orders.add('member-3 2 a');
    const runtime = await start(world, { mode: 'live' });
    for (let n = 0; n < 60; n += 1) await hours(`member-${n % 6}`);
    await runtime.drain();
    expect(world.said()).toHaveLength(102);
    mend();
    const writing = (async () => {
      for (let n = 0; n < 60; n += 1) await hours(`member-${n % 6}`);
    })();
    await builds(world).retry({ name }).run();
    await writing;
    await runtime.drain();
    expect(await parked()).toEqual([]);
    expect(world.said()).toHaveLength(240);
    const told = world.said().filter((text) => text.startsWith('member-3 ') && text.endsWith('a'));
    expect(told).toEqual(Array.from({ length: 20 }, (_, n) => `member-3 ${n + 1} a`));
  });

  it('is tried again and never parked where the log or the database is away: that is nobody’s own fault (case 6)', async () => {
    const away = [
      new LogUnavailable('no answer', true),
      new Error('Connection terminated unexpectedly'),
      Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
      Object.assign(new Error('disk full'), { severity: 'ERROR', code: '53100' }),
    ];
    await hours('ana');
    for (const fault of away) {
      const runtime = await start({ execute: () => Promise.reject(fault) });
      await expect(runtime.drain()).rejects.toBe(fault);
    }
    const world = executor();
    await (await start(world)).drain();
    expect(await parked()).toEqual([]);
    expect(world.said()).toEqual(['ana 1 a', 'ana 1 b']);
  });

  it('parks though its fault tells of a connection that people have (case 6)', async () => {
    await hours('ana');
    const fault = new CodecFault({ eventId: 'x', type: 'ConnectionPlanned', version: 1, path: '/start' }, 'no connection at that date');
    await (await start({ execute: () => Promise.reject(fault) })).drain();
    expect(await parked()).toMatchObject([{ key: 'ana', fault: 'CodecFault' }]);
  });

  it('stops that process alone once more than 10,000 wait: that is broken code, not a broken event (case 6)', async () => {
    const world = executor();
    const other = { ...counting, name: 'other' } as AnyProcess;
    const runtime = await start(world, { processes: [counting as AnyProcess, other], mode: 'live' });
    await runtime.drain();
    await db.pool.query(
      `insert into read.parked (projection, unknown, key, position, event_id, type, stream, revision, attempts)
       select id, false, 'bo', lpad(n::text, 20, '0'), gen_random_uuid(), '', '', 0, 0 from read.projection, generate_series(1, 10000) n where name = $1`,
      [name],
    );
    const bad = await hours('ana');
    poison.evolve.add(bad);
    const stateOf = async (of: string) => (await runtime.status()).find((one) => one.name === of)!;
    while ((await stateOf(name)).fault === null || (await stateOf('process/other')).lagEvents > 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await stateOf(name)).fault).toContain('TooManyParked');
    expect(await parkedCounts(db.pool)).toMatchObject([
      { name, parked: 10_000 },
      { name: 'process/other', parked: 1 },
    ]);
  });

  it('leaves no word of what it said', async () => {
    poison.evolve.add(await hours('ana'));
    await (await start(executor())).drain();
    const { rows: all } = await db.pool.query(`select coalesce(json_agg(k), '[]')::text as text from read.parked k`);
    expect(JSON.stringify(all)).not.toContain('Ana’s words');
  });

  it('is parked once, wherever the process is killed: after the order, or before the commit (case 6)', async () => {
    const world = executor();
    poison.orders.add('ana 1 b');
    const bad = await hours('ana');
    const moved = async (order: never, ids: never, at: never) => {
      const answer = await world.execute(order, ids, at);
      await db.pool.query('update read.projection set lease_epoch = lease_epoch + 1');
      return answer;
    };
    let kills = 3;
    await (
      await start({ execute: (...given) => (kills-- > 0 ? moved(...(given as [never, never, never])) : world.execute(...given)) })
    ).drain();
    expect(world.said()).toEqual(['ana 1 a']);
    expect(await parked()).toEqual([{ key: 'ana', eventId: bad, fault: 'Poisoned', answered: 1, state: 'parked' }]);
  });
});
