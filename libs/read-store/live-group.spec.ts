import { testDatabase, type TestDatabase } from '#testing/test-database';
import { createLeases } from './leases';
import { lineOfModel, roster } from './line';
import { LiveGroup } from './live-group';
import { rebuild } from './operations';
import type { AnyReadModel } from './read-model';
import { register } from './register';
import { silentLogger } from './runtime-logger';
import { READ_SCHEMA } from './schema';
import { daysModel, hoursModel, testLog } from './testing/hours-log';

let db: TestDatabase;
beforeEach(async () => {
  db = await testDatabase();
});
afterEach(() => db.drop());

it('has builds from the start give way, and what serves not', async () => {
  const source = testLog();
  await source.writeHours(300, 20);
  const { pool } = db;
  const schema = READ_SCHEMA;
  const lines = [lineOfModel(hoursModel as AnyReadModel, schema)];
  const asked = { source: 0, yielding: 0, givesWay: 0 };
  const counted =
    (which: 'source' | 'yielding'): typeof source.log.subscribe =>
    (from) => {
      asked[which] += 1;
      return source.log.subscribe(from);
    };
  const givesWay = (): boolean => {
    asked.givesWay += 1;
    return true;
  };
  const leases = createLeases(pool, { schema, ttlMs: 10_000 });
  const group = new LiveGroup({
    ...{ pool, schema, lines, leases, codec: source.codec, logger: silentLogger, limits: { events: 40, bytes: 1e6 }, inOrder: true },
    ...{ source: counted('source'), yielding: { source: counted('yielding'), givesWay }, roster: () => roster(pool, lines, schema) },
  });
  const logId = await source.log.logId();
  await register(pool, lines, { schema, logId });
  const untilAllAtHead = async (): Promise<void> => {
    const head = await source.log.head();
    const isBehind = async () => (await pool.query('select 1 from read.projection where position < $1', [head])).rows.length > 0;
    while (await isBehind()) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  group.start();
  try {
    await untilAllAtHead();
    expect(asked).toMatchObject({ yielding: 0, givesWay: 0 });
    const { source: before } = asked;
    expect(before).toBeGreaterThan(0);
    await rebuild({ pool, schema, lines, logId }, { name: 'hours-by-member', byHand: true });
    group.refresh();
    await untilAllAtHead();
    expect(asked.yielding).toBe(1);
    expect(asked.givesWay).toBeGreaterThan(5);
  } finally {
    await group.stop();
    await leases.release();
  }
});

it('shares a pass again after a fault of none of its own', async () => {
  const source = testLog();
  await source.writeHours(20, 5);
  const { pool } = db;
  const schema = READ_SCHEMA;
  const lines = [hoursModel, daysModel].map((model) => lineOfModel(model as AnyReadModel, schema));
  let passes = 0;
  const faulty: typeof source.log.subscribe = async function* (from) {
    passes += 1;
    if (passes <= 5) throw new Error('connection terminated by the test');
    yield* source.log.subscribe(from);
  };
  const leases = createLeases(pool, { schema, ttlMs: 10_000 });
  const group = new LiveGroup({
    ...{ pool, schema, lines, leases, codec: source.codec, logger: silentLogger, limits: { events: 40, bytes: 1e6 }, inOrder: true },
    ...{ source: faulty, yielding: { source: faulty, givesWay: () => false }, roster: () => roster(pool, lines, schema) },
  });
  await register(pool, lines, { schema, logId: await source.log.logId() });
  group.start();
  try {
    const head = await source.log.head();
    const isBehind = async () => (await pool.query('select 1 from read.projection where position < $1', [head])).rows.length > 0;
    while (await isBehind()) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(passes).toBe(6);
  } finally {
    await group.stop();
    await leases.release();
  }
});
