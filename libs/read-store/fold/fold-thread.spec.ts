import { testDatabase, type TestDatabase } from '#testing/test-database';
import { ConsumerFault, LostRace } from '../checkpoints/consumer';
import { upToHead } from '../subscriptions/manual-runner';
import { dumpReadModels } from '../certificates/dump';
import { Follower, type FollowerParts, type Source } from '../subscriptions/subscription-runner';
import { shareOf } from './bloom-filter';
import { lineOfModel } from './model-versions';
import { dumpFolded, foldInMemory } from './in-memory-fold';
import { readModelConsumer } from './projection-runner';
import type { AnyReadModel } from '../read-model';
import { register } from '../builds/register';
import { READ_SCHEMA } from '../tables/table-names';
import { daysModel, hoursModel, linesOf, testLog, type TestLog } from '../testing/hours-log';

const models = [hoursModel, daysModel] as readonly AnyReadModel[];
const file = require.resolve('../testing/fold.aside.fixture');

let db: TestDatabase;
beforeEach(async () => {
  db = await testDatabase();
});
afterEach(async () => {
  await db.drop();
});

const follower = async (source: TestLog, threads: number, changes: Partial<FollowerParts> = {}): Promise<Follower> => {
  const lines = models.map((model) => lineOfModel(model, READ_SCHEMA));
  await register(db.pool, lines, { schema: READ_SCHEMA, log: source.log });
  const parts = { pool: db.pool, codec: source.codec, schema: READ_SCHEMA, limits: { events: 20, bytes: 1e6 }, inOrder: false };
  const made = new Follower(
    models.map((model) => readModelConsumer(model, READ_SCHEMA)),
    { ...parts, aside: { file, threads }, ...changes },
  );
  await made.load();
  return made;
};
const never = new AbortController().signal;
const pass = (one: Follower, source: TestLog, signal = never): Promise<void> => one.run({ source: upToHead(source.log), signal });

const oracle = async (of: TestLog, count = Infinity): Promise<readonly string[]> => {
  const events = (await of.events()).slice(0, count);
  return [daysModel, hoursModel].flatMap((model) => dumpFolded(model as AnyReadModel, foldInMemory(model as AnyReadModel, events)));
};
const tables = (): Promise<readonly string[]> => linesOf(dumpReadModels(db.pool, models));
const position = async (): Promise<number> => {
  const { rows } = await db.pool.query<{ position: string }>('select distinct position from read.projection');
  expect(rows).toHaveLength(1);
  return Number(rows[0]!.position);
};

/** The log up to a place, and there an end as a killed process has it. */
const cutAt = (source: TestLog, place: number): Source =>
  async function* (from) {
    for await (const item of upToHead(source.log)(from)) {
      if (item.kind === 'event' && Number(item.event.position) > place) throw new Error('killed here');
      yield item;
    }
  };

describe('read models that threads fold', () => {
  it.each([
    [1, 1e8],
    [1, 0],
    [3, 1e8],
    [3, 0],
  ])('have the rows and evidence of the fold in memory, with %i threads and %i bytes to remember', async (threads, memoryBytes) => {
    const source = testLog();
    const one = await follower(source, threads, { memoryBytes });
    await source.writeHours(900, 150);
    await pass(one, source);
    await source.writeHours(500, 200);
    await pass(one, source);
    expect(await tables()).toEqual(await oracle(source));
    expect(await position()).toBe(Number(await source.log.head()));
  });

  it('go on where they were when killed, with another number of threads each time', async () => {
    const source = testLog();
    await source.writeHours(2_800, 120);
    let reached = 0;
    for (const [index, place] of [700, 1_400, 2_100].entries()) {
      const one = await follower(source, 3 - index);
      await expect(one.run({ source: cutAt(source, place), signal: never })).rejects.toThrow('killed here');
      expect(await tables()).toEqual(await oracle(source, await position()));
      expect(await position()).toBeGreaterThan(reached);
      reached = await position();
    }
    await pass(await follower(source, 2), source);
    expect(await tables()).toEqual(await oracle(source));
  });

  it('end when told to, with rows and checkpoint of one place', async () => {
    const source = testLog();
    await source.writeHours(1_000, 90);
    const abort = new AbortController();
    const one = await follower(source, 2);
    const stopping: Source = async function* (from) {
      for await (const item of upToHead(source.log)(from)) {
        if (item.kind === 'event' && Number(item.event.position) === 700) abort.abort();
        yield item;
      }
    };
    await one.run({ source: stopping, signal: abort.signal });
    expect(await position()).toBeLessThan(1_000);
    expect(await tables()).toEqual(await oracle(source, await position()));
  });

  it('are begun anew where another moved them', async () => {
    const source = testLog();
    await source.writeHours(800, 90);
    const one = await follower(source, 1);
    const overtaking: Source = async function* (from) {
      for await (const item of upToHead(source.log)(from)) {
        if (item.kind === 'event' && Number(item.event.position) === 600) await pass(await follower(source, 1), source);
        yield item;
      }
    };
    await expect(one.run({ source: overtaking, signal: never })).rejects.toThrow(LostRace);
    await source.writeHours(600, 90);
    await one.load();
    await pass(one, source);
    expect(await tables()).toEqual(await oracle(source));
  });

  it('tell a fold that fails as that read model’s own fault', async () => {
    const source = testLog();
    await source.writeHours(700, 90);
    await source.write('TrainingHoursRecorded', 'exchange-x', { memberId: 'poison' as never });
    await source.writeHours(100, 90);
    const fault = await pass(await follower(source, 1), source).catch((thrown: unknown) => thrown);
    expect(fault).toBeInstanceOf(ConsumerFault);
    expect(String(fault)).toContain('hours-by-member: RangeError: a fold that fails');
    expect(await tables()).toEqual(await oracle(source, await position()));
  });

  it('share the keys between them, about evenly', () => {
    const counts = [0, 0, 0];
    for (let n = 0; n < 3_000; n += 1) counts[shareOf(`member/${n}`, 3)]! += 1;
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});
