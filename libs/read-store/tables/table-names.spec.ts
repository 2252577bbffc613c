import { testDatabase, type TestDatabase } from '#testing/test-database';
import { inRetriedTransaction, inTransaction } from './table-names';

let db: TestDatabase;
beforeEach(async () => {
  db = await testDatabase();
  await db.pool.query('create table told (id integer primary key, times integer); insert into told values (1, 0), (2, 0)');
});
afterEach(() => db.drop());

const tell = (id: number): string => `update told set times = times + 1 where id = ${id}`;

/** Both take the two rows, in opposite orders; the other one is patient, so that PostgreSQL undoes ours. */
const againstAnother = async (ours: (wait: () => Promise<void>) => Promise<void>): Promise<unknown> => {
  const other = await db.pool.connect();
  try {
    await other.query(`set deadlock_timeout = '20s'; begin`);
    await other.query(tell(2));
    let waits: Promise<unknown> | undefined;
    const begun = new Promise<void>((resolve) => {
      waits = ours(async () => resolve()).catch((fault: unknown) => fault);
    });
    await begun;
    await other.query(tell(1));
    await other.query('commit');
    return await waits;
  } finally {
    other.release();
  }
};

const bothRows =
  (wait: () => Promise<void>, attempts: { count: number }) =>
  async (client: { query: (text: string) => Promise<unknown> }): Promise<void> => {
    attempts.count += 1;
    await client.query(tell(1));
    await wait();
    await client.query(tell(2));
  };

it('does anew what PostgreSQL undid for the sake of others, once', async () => {
  const attempts = { count: 0 };
  expect(await againstAnother((wait) => inRetriedTransaction(db.pool, bothRows(wait, attempts)))).toBeUndefined();
  expect(attempts.count).toBe(2);
  expect((await db.pool.query('select times from told order by id')).rows).toEqual([{ times: 2 }, { times: 2 }]);
});

it('tells of it where the work may not be done anew', async () => {
  const fault = await againstAnother((wait) => inTransaction(db.pool, 'begin', bothRows(wait, { count: 0 })));
  expect(fault).toMatchObject({ code: '40P01' });
});

it('does nothing anew that failed by itself', async () => {
  const attempts = { count: 0 };
  const work = (): Promise<void> => {
    attempts.count += 1;
    return Promise.reject(new Error('its own'));
  };
  await expect(inRetriedTransaction(db.pool, work)).rejects.toThrow('its own');
  expect(attempts.count).toBe(1);
});
