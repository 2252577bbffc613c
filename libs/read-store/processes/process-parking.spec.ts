import type { SavoirsEvent, SentCommand } from '#domain/catalogue';
import { CodecFault } from '#event-store/codec.port';
import { LogUnavailable, type StoredEvent } from '#event-store/log.port';
import type { Instant } from '#kernel/id';
import type { Due, Process } from '#kernel/process';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { createBuilds, type Builds } from '../builds/builds';
import { commandIdOf } from './command-ids';
import type { Execute } from './command-queue';
import { parkedCounts, parkedOf } from '../parked/parked';
import type { AnyProcess } from './process-runner';
import { startRuntime, type Runtime, type RuntimeParts } from '../subscriptions/runtime';
import { testClock, testLog, type TestLog } from '../testing/hours-log';

type Handled = Extract<SavoirsEvent, { type: 'TrainingHoursRecorded' | 'MemberPaused' | 'MemberResumed' }>;
interface Row {
  readonly times: number;
}

class Poisoned extends Error {
  override readonly name = 'Poisoned';
}

/** What throws, until it is mended: an order by its text; a member's event by its id. */
const poison = {
  orders: new Set<string>(),
  evolve: new Set<string>(),
  keys: new Set<string>(),
  unreadable: new Set<string>(),
  due: new Set<string>(),
};
const mend = (): void => Object.values(poison).forEach((set) => set.clear());
beforeEach(mend);

/** Each recording orders two warnings that tell how often; a pause sets a due time, its end clears it. */
const counting: Process<Handled, Row, SentCommand> = {
  name: 'counting',
  version: 1,
  handles: { TrainingHoursRecorded: true, MemberPaused: true, MemberResumed: true },
  keys: ({ data, meta }) => {
    if (poison.keys.has(meta.eventId)) throw new Poisoned('whose is it?');
    return [data.memberId];
  },
  evolve: (row, event) => {
    if (poison.evolve.has(event.meta.eventId)) throw new Poisoned('Ana’s words');
    const times = row?.times ?? 0;
    if (event.type === 'MemberPaused') return { row: { times }, due: { pause: event.data.until } };
    if (event.type === 'MemberResumed') return { row: { times }, due: { pause: null } };
    return { row: { times: times + 1 } };
  },
  react: ({ times }, cause, key) => {
    if ('name' in cause && poison.due.has(key)) throw new Poisoned('at no time');
    const text = 'name' in cause ? `${key} is back` : cause.type === 'TrainingHoursRecorded' ? `${key} ${times}` : null;
    // The runtime never looks into an order.
    return text === null ? [] : [`${text} a`, `${text} b`].map((one) => ({ type: 'Say', data: one }) as unknown as SentCommand);
  },
};

let db: TestDatabase;
let source: TestLog;
let clock: ReturnType<typeof testClock>;
const running: Runtime[] = [];

beforeEach(async () => {
  db = await testDatabase();
  source = testLog();
  clock = testClock('2026-03-01T00:00:00.000Z');
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((runtime) => runtime.stop()));
  await db.drop();
});

/** Executes as run-decider does: a known command id does nothing again (R22). Tells what was asked, and what was done. */
const executor = () => {
  const done = new Map<string, string>();
  const asked: string[] = [];
  const execute: Execute<{ data: unknown }> = async ({ data }, { commandId }) => {
    const text = String(data);
    asked.push(text);
    if (poison.orders.has(text)) throw new Poisoned(`cannot say ${text}`);
    done.set(commandId, text);
    return 'done';
  };
  return { asked, execute, done, said: () => [...done.values()] };
};
type Executor = ReturnType<typeof executor>;

const codec = () => ({
  ...source.codec,
  decode: (stored: StoredEvent) => {
    const { eventId, type, version } = stored;
    if (poison.unreadable.has(eventId)) throw new CodecFault({ eventId, type, version, path: '' }, 'not as its schema says');
    return source.codec.decode(stored);
  },
});

const start = async ({ execute }: Pick<Executor, 'execute'>, changes: Partial<RuntimeParts> = {}): Promise<Runtime> => {
  const common = { log: source.log, codec: codec(), pool: db.pool, readModels: [], clock, execute, personalTexts: false };
  const runtime = await startRuntime({ ...common, processes: [counting as AnyProcess], mode: 'driven', ...changes });
  running.push(runtime);
  return runtime;
};
const builds = ({ execute }: Pick<Executor, 'execute'>, processes: readonly AnyProcess[] = [counting as AnyProcess]): Builds =>
  createBuilds({
    ...{ pool: db.pool, log: source.log, codec: codec(), models: [], keepMs: 1_000 },
    ordering: { processes, clock, execute },
  });

const name = 'process/counting';
const hours = async (member: string, stream = `exchange-${member}`): Promise<string> =>
  (await source.write('TrainingHoursRecorded', stream, { memberId: member as never })).eventId;
const pause = async (member: string, until: string): Promise<string> =>
  (await source.write('MemberPaused', `member-${member}`, { memberId: member as never, until: until as Instant })).eventId;
const parked = async () =>
  (await parkedOf(db.pool, { page: { limit: 100 } })).parked.map(({ key, eventId, fault, answered, state }) => ({
    ...{ key, eventId, fault, answered, state },
  }));
const rows = async (): Promise<readonly unknown[]> =>
  (
    await db.pool.query(
      "select key, row from read.process_row r join read.projection p on p.id = r.process and p.state <> 'retired' order by key",
    )
  ).rows;

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
