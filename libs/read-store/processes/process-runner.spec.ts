import type { SavoirsEvent, SentCommand } from '#domain/catalogue';
import type { Instant } from '#kernel/id';
import type { Due, Process } from '#kernel/process';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { Aborted, type CommandIds, type Execute } from './command-queue';
import type { AnyProcess } from './process-runner';
import { startRuntime, type Runtime, type RuntimeParts } from '../subscriptions/runtime';
import { testClock, testLog, type TestLog } from '../testing/hours-log';

type Handled = Extract<SavoirsEvent, { type: 'TrainingHoursRecorded' | 'MemberPaused' | 'MemberResumed' | 'MemberLeft' }>;
interface Row {
  readonly times: number;
}

/** Counts: each recording orders a warning that tells how often; a pause sets a due time, its end clears it; leaving deletes the row. */
const counting: Process<Handled, Row, SentCommand> = {
  name: 'counting',
  version: 1,
  handles: { TrainingHoursRecorded: true, MemberPaused: true, MemberResumed: true, MemberLeft: true },
  keys: ({ data }) => [data.memberId],
  evolve: (row, event) => {
    const times = row?.times ?? 0;
    if (event.type === 'MemberLeft') return { row: null };
    if (event.type === 'MemberPaused') return { row: { times }, due: { pause: event.data.until } };
    if (event.type === 'MemberResumed') return { row: { times }, due: { pause: null } };
    return { row: { times: times + 1 } };
  },
  react: ({ times }, cause, key) => {
    const text = 'name' in cause ? `${key} is back` : cause.type === 'TrainingHoursRecorded' ? `${key} ${times}` : null;
    return text === null ? [] : [`${text} a`, `${text} b`].map((one) => ({ type: 'Say', data: one }) as unknown as SentCommand);
  },
};

let db: TestDatabase;
const running: Runtime[] = [];

beforeEach(async () => {
  db = await testDatabase();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((runtime) => runtime.stop()));
  await db.drop();
});

interface Said {
  readonly text: string;
  readonly ids: CommandIds;
  readonly at: Instant;
}

/** Executes as run-decider does: a known command id is answered as before and does nothing (R22). */
const executor = () => {
  const done = new Map<string, Said>();
  const asked: string[] = [];
  const execute: Execute<{ data: unknown }> = async ({ data }, ids, at) => {
    const text = String(data);
    asked.push(text);
    const known = done.get(ids.commandId);
    if (known && known.text !== text) throw new Error(`${ids.commandId} was ${known.text}, and now is ${text}`);
    if (!known) done.set(ids.commandId, { text, ids, at });
    return 'done';
  };
  return { done, asked, execute, said: () => [...done.values()].map(({ text }) => text) };
};

const start = async (from: TestLog, changes: Partial<RuntimeParts> & Pick<RuntimeParts, 'execute'>): Promise<Runtime> => {
  const runtime = await startRuntime({
    ...{ log: from.log, codec: from.codec, pool: db.pool, readModels: [], processes: [counting as AnyProcess], clock: testClock() },
    ...{ mode: 'driven' as const, personalTexts: false },
    ...changes,
  });
  running.push(runtime);
  return runtime;
};

const hours = (to: TestLog, memberId: string) => to.write('TrainingHoursRecorded', `exchange-${memberId}`, { memberId: memberId as never });
const pause = (to: TestLog, memberId: string, until: string) =>
  to.write('MemberPaused', `member-${memberId}`, { memberId: memberId as never, until: until as Instant });
const resume = (to: TestLog, memberId: string) => to.write('MemberResumed', `member-${memberId}`, { memberId: memberId as never });

const expectedOf = (counts: Record<string, number>): readonly string[] =>
  Object.entries(counts)
    .flatMap(([key, count]) => Array.from({ length: count }, (_, i) => [`${key} ${i + 1} a`, `${key} ${i + 1} b`]).flat())
    .sort();

describe('a process in PostgreSQL', () => {
  it('orders what each event asks for, on the row as evolved by that event, in order within a key', async () => {
    const source = testLog();
    for (const key of ['ana', 'bo', 'ana', 'ana', 'bo']) await hours(source, key);
    const { execute, asked, done } = executor();
    await (await start(source, { execute })).drain();
    expect(asked.filter((text) => text.startsWith('ana'))).toEqual(['ana 1 a', 'ana 1 b', 'ana 2 a', 'ana 2 b', 'ana 3 a', 'ana 3 b']);
    expect([...asked].sort()).toEqual(expectedOf({ ana: 3, bo: 2 }));
    const first = [...done.values()][0]!;
    const [event] = await source.events();
    expect(first.ids).toMatchObject({
      causationId: event!.meta.eventId,
      correlationId: event!.meta.correlationId,
      network: event!.meta.network,
    });
  });

  it('acts once, wherever it is killed: before or after each command, and before the commit', async () => {
    const source = testLog();
    const { execute, said, asked } = executor();
    const counts: Record<string, number> = { ana: 0, bo: 0 };
    for (let crash = 0; crash < 14; crash++) {
      const key = crash % 2 === 0 ? 'ana' : 'bo';
      await hours(source, key);
      await hours(source, key);
      counts[key]! += 2;
      let calls = 0;
      const dying: Execute<never> = async (order, ids, at) => {
        const now = calls++ === crash % 5;
        if (now && crash % 3 === 0) throw new Aborted('killed before the command');
        const answer = await execute(order, ids, at);
        if (now && crash % 3 === 1) throw new Aborted('killed after the command');
        if (now && crash % 3 === 2) await db.pool.query(`update read.projection set lease_epoch = lease_epoch + 1`);
        return answer;
      };
      await (await start(source, { execute: dying })).drain().catch(() => undefined);
    }
    await (await start(source, { execute })).drain();
    expect([...said()].sort()).toEqual(expectedOf(counts));
    expect(asked.length).toBeGreaterThan(said().length);
    const { rows } = await db.pool.query('select key, row from read.process_row order by key');
    expect(rows).toEqual([
      { key: 'ana', row: `{"times":${counts['ana']}}` },
      { key: 'bo', row: `{"times":${counts['bo']}}` },
    ]);
  });

  it('asks again under the same id while a command has no answer, and takes a rejection as final', async () => {
    const source = testLog();
    await hours(source, 'ana');
    const answers = ['unknown', 'unknown', 'done', { rejected: 'member-left' }] as const;
    const ids: string[] = [];
    const rejected: string[] = [];
    const execute: Execute<never> = async (_, { commandId }) => answers[ids.push(commandId) - 1] ?? 'done';
    await (await start(source, { execute, onRejected: (process, code) => rejected.push(`${process} ${code}`) })).drain();
    expect(ids.length).toBe(4);
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    expect(rejected).toEqual(['counting member-left']);
  });

  it('acts once where several projectors run it at the same time', async () => {
    const source = testLog();
    const { execute, said } = executor();
    const runtimes = await Promise.all([1, 2, 3].map(() => start(source, { execute })));
    const counts: Record<string, number> = {};
    for (let round = 0; round < 12; round++) {
      const key = `member-${round % 4}`;
      counts[key] = (counts[key] ?? 0) + 1;
      await hours(source, key);
      await Promise.all(runtimes.map((runtime) => runtime.drain()));
    }
    expect([...said()].sort()).toEqual(expectedOf(counts));
  });

  it('judges nothing on rows that another projector has moved on: it reloads first', async () => {
    const source = testLog();
    const { execute, said, asked } = executor();
    const [late, early] = [await start(source, { execute }), await start(source, { execute })];
    await hours(source, 'ana');
    await late.drain();
    await hours(source, 'ana');
    await early.drain();
    await late.drain();
    await hours(source, 'ana');
    await late.drain();
    expect(asked).toEqual(said());
    expect([...said()].sort()).toEqual(expectedOf({ ana: 3 }));
  });

  it('follows the log by itself, keys side by side and each key in order', async () => {
    const source = testLog();
    const { execute, asked } = executor();
    const runtime = await start(source, { execute, mode: 'live' });
    const counts: Record<string, number> = {};
    for (let n = 0; n < 120; n++) {
      const key = `member-${n % 11}`;
      counts[key] = (counts[key] ?? 0) + 1;
      await hours(source, key);
    }
    await runtime.drain();
    expect([...asked].sort()).toEqual(expectedOf(counts));
    const told = asked.filter((text) => text.startsWith('member-7 ') && text.endsWith('a')).map((text) => Number(text.split(' ')[1]));
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect((await runtime.status()).map(({ name, state, lagEvents }) => ({ name, state, lagEvents }))).toEqual([
      { name: 'process/counting', state: 'live', lagEvents: 0 },
    ]);
  });

  it('lets a new version fold what the old one has answered, and answer only what comes after', async () => {
    const source = testLog();
    const { execute, asked } = executor();
    await hours(source, 'ana');
    await (await start(source, { execute })).drain();
    await hours(source, 'ana');
    const next = {
      ...counting,
      version: 2,
      react: (row: Row, _: unknown, key: string) => [{ type: 'Say', data: `v2 ${key} ${row.times}` }],
    };
    const old = await start(source, { execute });
    await (await start(source, { execute, processes: [next as unknown as AnyProcess] })).drain();
    expect(asked).toEqual(['ana 1 a', 'ana 1 b', 'v2 ana 2']);
    expect(old).toBeDefined();
  });
});

describe('due times', () => {
  it('fire once, when the clock says so, and survive a restart', async () => {
    const source = testLog();
    const clock = testClock('2026-03-01T00:00:00.000Z');
    const { execute, asked, done } = executor();
    await pause(source, 'ana', '2026-03-02T00:00:00.000Z');
    await (await start(source, { execute, clock })).drain();
    expect(asked).toEqual([]);
    clock.set('2026-03-02T00:00:00.000Z');
    await (await start(source, { execute, clock })).drain();
    await (await start(source, { execute, clock })).drain();
    expect(asked).toEqual(['ana is back a', 'ana is back b']);
    const [paused] = await source.events();
    expect([...done.values()][0]).toMatchObject({
      at: clock.now(),
      ids: { network: paused!.meta.network, causationId: paused!.meta.eventId },
    });
  });

  it('move when set again, go when cleared, and go with their row', async () => {
    const source = testLog();
    const clock = testClock('2026-03-01T00:00:00.000Z');
    const { execute, asked } = executor();
    const runtime = await start(source, { execute, clock });
    for (const key of ['ana', 'bo', 'cleo']) await pause(source, key, '2026-03-02T00:00:00.000Z');
    await runtime.drain();
    await pause(source, 'ana', '2026-03-05T00:00:00.000Z');
    await resume(source, 'bo');
    await source.write('MemberLeft', 'member-cleo', { memberId: 'cleo' as never });
    clock.set('2026-03-03T00:00:00.000Z');
    await runtime.drain();
    expect(asked).toEqual([]);
    clock.set('2026-03-06T00:00:00.000Z');
    await runtime.drain();
    expect(asked).toEqual(['ana is back a', 'ana is back b']);
  });

  it('come in the order of their moments, whoever waits', async () => {
    const source = testLog();
    const { execute, asked } = executor();
    const runtime = await start(source, { execute });
    await pause(source, 'bo', '2026-04-02T00:00:00.000Z');
    await pause(source, 'cleo', '2026-04-01T00:00:00.000Z');
    await pause(source, 'ana', '2026-04-02T00:00:00.000Z');
    await runtime.drain();
    expect(await runtime.fireDue('2026-05-01T00:00:00.000Z' as Instant)).toBe(3);
    expect(asked.filter((text) => text.endsWith('a'))).toEqual(['cleo is back a', 'ana is back a', 'bo is back a']);
    expect(await runtime.fireDue('2026-05-01T00:00:00.000Z' as Instant)).toBe(0);
  });

  it('see first what an earlier one brought about: a wait ended meanwhile does not fire', async () => {
    const source = testLog();
    const { execute, asked } = executor();
    const runtime = await start(source, {
      execute: async (order, ids, at) => {
        if ((order as { data: string }).data === 'ana is back b') await resume(source, 'bo');
        return execute(order, ids, at);
      },
    });
    await pause(source, 'ana', '2026-04-01T00:00:00.000Z');
    await pause(source, 'bo', '2026-04-02T00:00:00.000Z');
    await runtime.drain();
    await runtime.fireDue('2026-05-01T00:00:00.000Z' as Instant);
    expect(asked).toEqual(['ana is back a', 'ana is back b']);
  });

  it('are made once when killed between the commands and the commit', async () => {
    const source = testLog();
    const clock = testClock('2026-03-01T00:00:00.000Z');
    const { execute, said, asked } = executor();
    await pause(source, 'ana', '2026-03-02T00:00:00.000Z');
    await (await start(source, { execute, clock })).drain();
    clock.set('2026-03-03T00:00:00.000Z');
    const dying: Execute<never> = async (order, ids, at) => {
      await execute(order, ids, at);
      throw new Aborted('killed after the command');
    };
    await expect((await start(source, { execute: dying, clock })).drain()).rejects.toThrow('killed');
    await (await start(source, { execute, clock })).drain();
    expect(said()).toEqual(['ana is back a', 'ana is back b']);
    expect(asked).toEqual(['ana is back a', 'ana is back a', 'ana is back b']);
  });

  it('strike again and again where a process says when, and bring the answer to what it asks', async () => {
    const source = testLog();
    const clock = testClock('2026-03-01T00:00:00.000Z');
    const { execute, asked } = executor();
    const questions: unknown[] = [];
    const striking = {
      ...counting,
      name: 'striking',
      next: (_: Row, { at }: Due) => ({ pause: new Date(Date.parse(at) + 86_400_000).toISOString() as Instant }),
      asks: (_: Row, { at }: Due) => ({ day: at }),
      react: (_: Row, cause: object, key: string, answer?: unknown) =>
        'name' in cause ? [{ type: 'Say', data: `${key} ${String(answer)}` } as unknown as SentCommand] : [],
    };
    const ask = (question: never) => Promise.resolve(questions.push(question));
    const runtime = await start(source, { execute, ask, clock, processes: [striking as unknown as AnyProcess] });
    await pause(source, 'ana', '2026-03-02T00:00:00.000Z');
    await runtime.drain();
    clock.set('2026-03-03T12:00:00.000Z');
    await runtime.drain();
    await runtime.drain();
    expect(questions).toEqual([{ day: '2026-03-02T00:00:00.000Z' }, { day: '2026-03-03T00:00:00.000Z' }]);
    expect(asked).toEqual(['ana 1', 'ana 2']);
  });

  it('fire by themselves while the log is followed', async () => {
    const source = testLog();
    const clock = testClock('2026-03-01T00:00:00.000Z');
    const { execute, asked } = executor();
    const runtime = await start(source, { execute, clock, mode: 'live' });
    await pause(source, 'ana', '2026-03-02T00:00:00.000Z');
    await pause(source, 'bo', '2026-03-09T00:00:00.000Z');
    await runtime.drain();
    expect(asked).toEqual([]);
    clock.set('2026-03-02T00:00:00.001Z');
    await runtime.drain();
    expect(asked).toEqual(['ana is back a', 'ana is back b']);
  });
});
