import { MemoryLog } from '#event-store/memory/memory-log';
import { toPosition } from '#event-store/position';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { allVersionsOf } from '../fold/model-versions';
import { loadCheckpoints, moveCheckpoints } from './checkpoints';
import { readModelConsumer } from '../fold/projection-runner';
import type { AnyReadModel } from '../read-model';
import { register } from '../builds/register';
import { inTransaction } from '#postgres/transaction';
import { controlTables, READ_SCHEMA } from '../tables/table-names';
import { hoursModel } from '../testing/hours-log';

let db: TestDatabase;
beforeEach(async () => {
  db = await testDatabase();
});
afterEach(() => db.drop());

const model = hoursModel as AnyReadModel;

/** Moves one place past an event that is none of its own, so long after the move before. */
const passBy = async (after: string): Promise<{ readonly pace: number; readonly pace_spread: number }> => {
  await db.pool.query('update read.projection set moved_at = clock_timestamp() - $1::interval', [after]);
  const [at] = await loadCheckpoints(db.pool, [readModelConsumer(model, READ_SCHEMA)], READ_SCHEMA);
  const move = { to: toPosition(Number(at!.position) + 1), last: null };
  await inTransaction(db.pool, 'begin', (client) =>
    moveCheckpoints(client, controlTables(READ_SCHEMA), { from: [{ at: at!, handled: 0 }], move }),
  );
  return (await db.pool.query('select pace, pace_spread from read.projection')).rows[0];
};

beforeEach(() => register(db.pool, [allVersionsOf(model, READ_SCHEMA)], { schema: READ_SCHEMA, log: new MemoryLog() }));

it('moves at the pace of the log, though it takes none of its events', async () => {
  for (let moves = 0; moves < 20; moves += 1) await passBy('1 second');
  const { pace, pace_spread: spread } = await passBy('1 second');
  expect(pace).toBeCloseTo(1, 0);
  expect(spread).toBeLessThan(0.5);
});

// Nine tenths of the least double precision are too small for the database. Before its last move the clock went back: its pace is 1,000.
it('moves on where its pace has wavered less and less', async () => {
  await db.pool.query('update read.projection set pace = 1000, pace_spread = 5e-324');
  const { pace, pace_spread: spread } = await passBy('-1 hour');
  expect(pace).toBe(1000);
  expect(spread).toBeGreaterThan(1e-10);
});
