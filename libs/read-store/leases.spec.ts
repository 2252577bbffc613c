import { testDatabase, type TestDatabase } from '#testing/test-database';
import { createLeases } from './leases';
import { lineOfModel, roster } from './line';
import { rebuild } from './operations';
import type { AnyReadModel } from './read-model';
import { register } from './register';
import { inTransaction, READ_SCHEMA } from './schema';
import { hoursModel } from './testing/hours-log';

let db: TestDatabase;
beforeEach(async () => {
  db = await testDatabase();
});
afterEach(() => db.drop());

const schema = READ_SCHEMA;
const logId = 'a log';
const lines = [lineOfModel(hoursModel as AnyReadModel, schema)];

it('does not hold up what serves while the transaction of a build is under way', async () => {
  const { pool } = db;
  await register(pool, lines, { schema, logId });
  const { name, version, build } = await rebuild({ pool, schema, lines, logId }, { name: 'hours-by-member', byHand: true });
  const wanted = await roster(pool, lines, schema);
  expect(wanted).toMatchObject([{ state: 'active' }, { state: 'building' }]);
  const leases = createLeases(pool, { schema, ttlMs: 10_000 });
  const isWaiting = async () =>
    (
      await pool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%lease_epoch%'`,
      )
    ).rowCount === 1;
  try {
    const claimed = await inTransaction(pool, 'begin', async (client) => {
      await client.query('select from read.projection where version = $1 and build = $2 for update', [version, build]);
      const claiming = leases.claim(wanted);
      while (!(await isWaiting())) await new Promise((resolve) => setTimeout(resolve, 10));
      await inTransaction(pool, `begin; set local lock_timeout = '2s'`, (other) =>
        other.query(`update read.projection set position = position where state = 'active'`),
      );
      return { claiming };
    });
    expect(await claimed.claiming).toEqual([
      { name, version: 1, build: 1 },
      { name, version, build },
    ]);
  } finally {
    await leases.release();
  }
});
