import { testDatabase } from './test-database';

it('gives each caller an empty database of its own', async () => {
  const [mine, yours] = await Promise.all([testDatabase(), testDatabase()]);
  await mine.pool.query('create table only_mine ()');
  const { rows } = await yours.pool.query(`select to_regclass('only_mine') as found`);
  expect(rows).toEqual([{ found: null }]);
  await Promise.all([mine.drop(), yours.drop()]);
});

it('drops its database while others are still connected to it', async () => {
  const database = await testDatabase();
  const client = await database.pool.connect();
  client.on('error', () => undefined);
  client.release();
  await database.drop();
  await expect(testDatabase().then(async (next) => (await next.drop(), 'gone'))).resolves.toBe('gone');
});
