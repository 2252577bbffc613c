import { Pool } from 'pg';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { LostRace } from '../checkpoints/consumer';
import { upToHead } from './manual-runner';
import { dumpReadModels } from '../certificates/dump';
import { SubscriptionRunner, type SubscriptionRunnerParts } from './subscription-runner';
import { allVersionsOf } from '../fold/model-versions';
import { dumpFolded, foldInMemory } from '../fold/in-memory-fold';
import { readModelConsumer } from '../fold/projection-runner';
import type { AnyReadModel } from '../read-model';
import { register } from '../builds/register';
import { READ_SCHEMA } from '../tables/table-names';
import { daysModel, hoursModel, linesOf, testLog, type TestLog } from '../testing/hours-log';

const models = [hoursModel, daysModel] as readonly AnyReadModel[];

let db: TestDatabase;
const pools: Pool[] = [];
beforeEach(async () => {
  db = await testDatabase();
});
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.end()));
  await db.drop();
});

const watchedPool = (sees: (sql: string) => void): Pool => {
  const pool = new Pool({ connectionString: db.url });
  pool.on('error', () => undefined); // dropping the database ends what is left of it
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    const query = client.query.bind(client) as (...all: unknown[]) => unknown;
    const watched = (...all: unknown[]): unknown => {
      const text = typeof all[0] === 'string' ? all[0] : (all[0] as { text?: string }).text;
      sees(text ?? '');
      return query(...all);
    };
    Object.assign(client, { query: watched });
  });
  pools.push(pool);
  return pool;
};

/** Batches so small that a few hundred events are many transactions, several of them folded ahead. */
const follower = async (source: TestLog, changes: Partial<SubscriptionRunnerParts> = {}): Promise<SubscriptionRunner> => {
  const lines = models.map((model) => allVersionsOf(model, READ_SCHEMA));
  await register(db.pool, lines, { schema: READ_SCHEMA, log: source.log });
  const parts = { pool: db.pool, codec: source.codec, schema: READ_SCHEMA, limits: { events: 40, bytes: 1e6 }, inOrder: true };
  const made = new SubscriptionRunner(
    models.map((model) => readModelConsumer(model, READ_SCHEMA)),
    { ...parts, ...changes },
  );
  await made.load();
  return made;
};
const pass = (one: SubscriptionRunner, source: TestLog): Promise<void> =>
  one.run({ source: upToHead(source.log), signal: new AbortController().signal });

const oracle = async (of: TestLog): Promise<readonly string[]> => {
  const events = await of.events();
  return [daysModel, hoursModel].flatMap((model) => dumpFolded(model as AnyReadModel, foldInMemory(model as AnyReadModel, events)));
};
const tables = (): Promise<readonly string[]> => linesOf(dumpReadModels(db.pool, models));

describe('a group that works ahead of its transactions', () => {
  it.each([0, 3_000, 1e9])('has the rows of the fold in memory when it may remember %i bytes', async (memoryBytes) => {
    const source = testLog();
    const one = await follower(source, { memoryBytes });
    for (const [count, members] of [
      [900, 211],
      [1, 1],
      [700, 500],
    ] as const) {
      await source.writeHours(count, members);
      await pass(one, source);
    }
    expect(await tables()).toEqual(await oracle(source));
  });

  it('writes many rows by COPY, new ones and such as the table has, and the same come out', async () => {
    const source = testLog();
    const seen: string[] = [];
    const pool = watchedPool((sql) => void seen.push(sql));
    const one = await follower(source, { pool, limits: { events: 400, bytes: 1e6 }, memoryBytes: 1 });
    await source.writeHours(4000, 300);
    await pass(one, source);
    expect(seen.filter((sql) => /^copy "read"."hours_by_member/.test(sql)).length).toBeGreaterThan(1);
    expect(seen.some((sql) => /^delete from "read"."hours_by_member/.test(sql))).toBe(true);
    expect(seen.some((sql) => /^copy "read"."evidence/.test(sql))).toBe(true);
    expect(await tables()).toEqual(await oracle(source));
  });

  it.each([false, true])('writes a batch at a time, at its pace, and folds nothing meanwhile, where it gives way: %p', async (givesWay) => {
    const source = testLog();
    const seen = { commits: 0, isWriting: false, foldedMeanwhile: 0, paced: 0, pacedMeanwhile: 0 };
    const pool = watchedPool((sql) => {
      if (sql === 'commit') seen.commits += 1;
      if (/^(begin|commit)/.test(sql)) seen.isWriting = sql !== 'commit';
    });
    const decode: typeof source.codec.decode = (stored) => {
      if (seen.isWriting) seen.foldedMeanwhile += 1;
      return source.codec.decode(stored);
    };
    const pace = async (bytes: number): Promise<void> => {
      seen.paced += bytes;
      if (seen.isWriting) seen.pacedMeanwhile += bytes;
    };
    const throttle = { shouldThrottle: () => givesWay, pace };
    const one = await follower(source, { pool, codec: { decode }, limits: { events: 200, bytes: 1e6 }, throttle });
    await source.writeHours(4_000, 999);
    await pass(one, source);
    if (givesWay) expect(seen.commits).toBeGreaterThanOrEqual(20);
    else expect(seen.commits).toBeLessThan(10);
    expect(seen.foldedMeanwhile > 0).toBe(!givesWay);
    expect(seen.paced > 100_000).toBe(givesWay);
    expect(seen.pacedMeanwhile).toBe(seen.paced);
    expect(await tables()).toEqual(await oracle(source));
  });

  it('asks the table for nothing that it made itself', async () => {
    const source = testLog();
    const asked: string[] = [];
    const pool = watchedPool((sql) => void (/^select key, row/.test(sql) && asked.push(sql)));
    const one = await follower(source, { pool });
    await source.writeHours(500, 40);
    await pass(one, source);
    await source.writeHours(200, 60);
    await pass(one, source);
    expect(asked).toEqual([]);
    await one.load();
    await source.writeHours(10, 5);
    await pass(one, source);
    expect(asked).not.toEqual([]);
    expect(await tables()).toEqual(await oracle(source));
  });

  it.each([10, 300])('throws away what it remembers once another moved the rows, by %i events', async (count) => {
    const source = testLog();
    const [one, other] = [await follower(source), await follower(source)];
    await source.writeHours(300, 30);
    await pass(one, source);
    await source.writeHours(count, 30);
    await other.load();
    await pass(other, source);
    await source.writeHours(count, 30);
    await expect(pass(one, source)).rejects.toThrow(LostRace);
    await one.load();
    await pass(one, source);
    expect(await tables()).toEqual(await oracle(source));
  });

  it('gives up, with a write that failed, what was folded on it meanwhile', async () => {
    const source = testLog();
    let commits = 0;
    const pool = watchedPool((sql) => {
      if (sql === 'commit' && (commits += 1) === 3) throw new Error('Connection terminated by the test');
    });
    const one = await follower(source, { pool });
    await source.writeHours(1_000, 70);
    await expect(pass(one, source)).rejects.toThrow('terminated by the test');
    const events = await source.events();
    const { rows } = await db.pool.query<{ position: string }>('select distinct position from read.projection');
    expect(rows).toHaveLength(1);
    expect(Number(rows[0]!.position)).toBeGreaterThan(0);
    const prefix = events.slice(0, Number(rows[0]!.position));
    const folded = [daysModel, hoursModel].flatMap((model) =>
      dumpFolded(model as AnyReadModel, foldInMemory(model as AnyReadModel, prefix)),
    );
    expect(await tables()).toEqual(folded);
    await one.load();
    await pass(one, source);
    expect(await tables()).toEqual(await oracle(source));
  });
});
