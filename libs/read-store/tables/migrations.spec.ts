import { testDatabase, type TestDatabase } from '#testing/test-database';
import { migrateReadStore } from './migrations';

let db: TestDatabase;
beforeEach(async () => {
  db = await testDatabase();
});
afterEach(() => db.drop());

/** Makes a schema full of tables and throws it away, over and over, as who evicts past versions does. */
const comeAndGo = async (until: { over: boolean }): Promise<number> => {
  let times = 0;
  const tables = Array.from({ length: 40 }, (_, n) => `create table passing.t${n} (id integer)`).join('; ');
  for (; !until.over; times += 1)
    await db.pool.query(`create schema passing; ${tables}`).then(() => db.pool.query('drop schema passing cascade'));
  return times;
};

it('starts while other processes drop what is theirs in the same database', async () => {
  const until = { over: false };
  const others = comeAndGo(until);
  try {
    for (let n = 0; n < 12; n += 1) await migrateReadStore(db.pool, `read_${n}`);
  } finally {
    until.over = true;
  }
  expect(await others).toBeGreaterThan(12);
});

it('refuses tables of a newer Savoirs, and of a build from before the first release, each with what to do', async () => {
  await migrateReadStore(db.pool);
  await migrateReadStore(db.pool);
  const madeBy = (name: string) => db.pool.query('update read.migration set name = $1', [name]);
  await madeBy('9999-later');
  await expect(migrateReadStore(db.pool)).rejects.toThrow('made by a newer Savoirs (9999-later): start that version');
  await madeBy('0001-positions-and-evidence');
  await expect(migrateReadStore(db.pool)).rejects.toThrow(/before the first release: back up with that build, and restore with this one/);
});
