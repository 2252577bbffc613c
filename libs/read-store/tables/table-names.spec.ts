import { testDatabase, type TestDatabase } from '#testing/test-database';
import { inRetriedTransaction, inTransaction } from '#postgres/transaction';

let db: TestDatabase;
beforeEach(async () => {
  db = await testDatabase();
  await db.pool.query('create table told (id integer primary key, times integer); insert into told values (1, 0), (2, 0)');
});
afterEach(() => db.drop());

const tell = (id: number): string => `update told set times = times + 1 where id = ${id}`;

/** Both take the two rows, in opposite orders. The other one waits first and is patient, so that PostgreSQL undoes ours. */
const againstAnother = async (ours: (between: () => Promise<void>) => Promise<void>): Promise<unknown> => {
  const other = await db.pool.connect();
  let rest: Promise<unknown> | undefined;
  const otherWaits = async (): Promise<void> => {
    if (rest) return;
    rest = other.query(tell(1)).then(() => other.query('commit'));
    const { rows } = await db.pool.query<{ pid: number }>(`select pid from pg_stat_activity where application_name = 'the other'`);
    const waits = `select 1 from pg_locks where pid = $1 and not granted`;
    while ((await db.pool.query(waits, [rows[0]!.pid])).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  try {
    await other.query(`set application_name = 'the other'; set deadlock_timeout = '60s'; begin`);
    await other.query(tell(2));
    const fault: unknown = await ours(otherWaits).catch((thrown: unknown) => thrown);
    await rest;
    return fault;
  } finally {
    other.release(true);
  }
};

const bothRows =
  (between: () => Promise<void>, attempts: { count: number }) =>
  async (client: { query: (text: string) => Promise<unknown> }): Promise<void> => {
    attempts.count += 1;
    await client.query(tell(1));
    await between();
    await client.query(tell(2));
  };

it('does anew what PostgreSQL undid for the sake of others, once', async () => {
  const attempts = { count: 0 };
  expect(await againstAnother((between) => inRetriedTransaction(db.pool, bothRows(between, attempts)))).toBeUndefined();
  // the other one may be slow to take what it waited for, and ours be undone once more
  expect(attempts.count).toBeGreaterThan(1);
  expect((await db.pool.query('select times from told order by id')).rows).toEqual([{ times: 2 }, { times: 2 }]);
}, 30_000);

it('tells of it where the work may not be done anew', async () => {
  const fault = await againstAnother((between) => inTransaction(db.pool, 'begin', bothRows(between, { count: 0 })));
  expect(fault).toMatchObject({ code: '40P01' });
}, 30_000);

it('does nothing anew that failed by itself', async () => {
  const attempts = { count: 0 };
  const work = (): Promise<void> => {
    attempts.count += 1;
    return Promise.reject(new Error('its own'));
  };
  await expect(inRetriedTransaction(db.pool, work)).rejects.toThrow('its own');
  expect(attempts.count).toBe(1);
});
