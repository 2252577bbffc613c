import { toPosition } from '#event-store/position';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { lineOfModel } from './line';
import { loadStandpoints, moveCheckpoints } from './positions';
import { readModelConsumer } from './projection-runner';
import type { AnyReadModel } from './read-model';
import { register } from './register';
import { controlTables, inTransaction, READ_SCHEMA } from './schema';
import { hoursModel } from './testing/hours-log';

let db: TestDatabase;
beforeEach(async () => {
  db = await testDatabase();
});
afterEach(() => db.drop());

const model = hoursModel as AnyReadModel;

/** Moves one place, past an event that is none of its own. */
const passBy = async (): Promise<{ readonly rate: number; readonly rate_spread: number }> => {
  const [at] = await loadStandpoints(db.pool, [readModelConsumer(model, READ_SCHEMA)], READ_SCHEMA);
  const move = { to: toPosition(Number(at!.position) + 1), last: null };
  await inTransaction(db.pool, 'begin', (client) =>
    moveCheckpoints(client, controlTables(READ_SCHEMA), { from: [{ at: at!, handled: 0 }], move }),
  );
  return (await db.pool.query('select rate, rate_spread from read.projection')).rows[0];
};

// 0.9 to the power of 7,000 is less than a double precision can hold.
it.each([1_000, 5e-324])('moves on and on past events of others, from a rate of %d on', async (rate) => {
  await register(db.pool, [lineOfModel(model, READ_SCHEMA)], { schema: READ_SCHEMA, logId: 'a log' });
  await db.pool.query('update read.projection set rate = $1, rate_spread = $1', [rate]);
  for (let moves = 0; moves < 50; moves += 1) await passBy();
  const { rate: slower, rate_spread: spread } = await passBy();
  for (const left of [slower, spread]) {
    expect(left).toBeGreaterThan(1e-10);
    expect(left).toBeLessThan(Math.max(rate, 1e-8));
  }
});
