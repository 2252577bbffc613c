import { testDatabase, type TestDatabase } from '#testing/test-database';
import type { Source } from './subscription-runner';
import { createLeases } from '../checkpoints/leases';
import { allVersionsOf, listBuilds, type ModelVersions } from '../fold/model-versions';
import { ConsumerSupervisor, type ConsumerSupervisorParts } from './consumer-supervisor';
import { rebuild } from '../builds/operations';
import type { AnyReadModel } from '../read-model';
import { register } from '../builds/register';
import { silentLogger } from '../logger';
import { READ_SCHEMA } from '../tables/table-names';
import { daysModel, hoursModel, testLog, type TestLog } from '../testing/hours-log';

let db: TestDatabase;
beforeEach(async () => {
  db = await testDatabase();
});
afterEach(() => db.drop());

const schema = READ_SCHEMA;

/** A group that follows these read models, at work while `meanwhile` lasts. */
const atWork = async (
  { log, codec }: TestLog,
  models: readonly unknown[],
  parts: Pick<ConsumerSupervisorParts, 'source' | 'throttle'>,
  meanwhile: (at: {
    readonly group: ConsumerSupervisor;
    readonly lines: readonly ModelVersions[];
    readonly untilAllAtHead: () => Promise<void>;
  }) => Promise<void>,
): Promise<void> => {
  const { pool } = db;
  const lines = models.map((model) => allVersionsOf(model as AnyReadModel, schema));
  const leases = createLeases(pool, { schema, ttlMs: 10_000 });
  const group = new ConsumerSupervisor({
    ...{ pool, schema, lines, leases, codec, logger: silentLogger, limits: { events: 40, bytes: 1e6 }, inOrder: true },
    ...{ ...parts, listBuilds: () => listBuilds(pool, lines, schema) },
  });
  await register(pool, lines, { schema, log });
  const untilAllAtHead = async (): Promise<void> => {
    const head = await log.head();
    const isBehind = async () => (await pool.query('select 1 from read.projection where position < $1', [head])).rows.length > 0;
    while (await isBehind()) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  group.start();
  try {
    await meanwhile({ group, lines, untilAllAtHead });
  } finally {
    await group.stop();
    await leases.release();
  }
};

it('has builds from the start give way, and what serves not', async () => {
  const source = testLog();
  await source.writeHours(300, 20);
  const asked = { source: 0, throttle: 0, shouldThrottle: 0 };
  const counted =
    (which: 'source' | 'throttle'): Source =>
    (from) => {
      asked[which] += 1;
      return source.log.subscribe(from);
    };
  const shouldThrottle = (): boolean => {
    asked.shouldThrottle += 1;
    return true;
  };
  const parts = { source: counted('source'), throttle: { source: counted('throttle'), shouldThrottle, pace: () => Promise.resolve() } };
  await atWork(source, [hoursModel], parts, async ({ group, lines, untilAllAtHead }) => {
    await untilAllAtHead();
    expect(asked).toMatchObject({ throttle: 0, shouldThrottle: 0 });
    expect(asked.source).toBeGreaterThan(0);
    await rebuild({ pool: db.pool, schema, lines, logId: await source.log.logId() }, { name: 'hours-by-member', byHand: true });
    group.refresh();
    await untilAllAtHead();
    expect(asked.throttle).toBe(1);
    expect(asked.shouldThrottle).toBeGreaterThan(5);
  });
});

it('shares a pass again after a fault of none of its own', async () => {
  const source = testLog();
  await source.writeHours(20, 5);
  let passes = 0;
  const faulty: Source = async function* (from) {
    passes += 1;
    if (passes <= 5) throw new Error('connection terminated by the test');
    yield* source.log.subscribe(from);
  };
  const parts = { source: faulty, throttle: { source: faulty, shouldThrottle: () => false, pace: () => Promise.resolve() } };
  await atWork(source, [hoursModel, daysModel], parts, async ({ untilAllAtHead }) => {
    await untilAllAtHead();
    expect(passes).toBe(6);
  });
});
