import { Pool } from 'pg';
import { templateDatabase, testDatabase } from './test-database';

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

it('fills a template once, whoever asks meanwhile, and gives each a copy that the others do not see', async () => {
  let filled = 0;
  const fill = async (url: string): Promise<void> => {
    filled++;
    const pool = new Pool({ connectionString: url });
    await pool.query('create table story as select 7 as told');
    await pool.end();
  };
  await expect(templateDatabase('template_of_a_test', () => Promise.reject(new Error('half way')))).rejects.toThrow('half way');
  await Promise.all([templateDatabase('template_of_a_test', fill), templateDatabase('template_of_a_test', fill)]);
  expect(filled).toBe(1);
  const [mine, yours] = await Promise.all([testDatabase('template_of_a_test'), testDatabase('template_of_a_test')]);
  await mine.pool.query('update story set told = 8');
  expect((await yours.pool.query('select told from story')).rows).toEqual([{ told: 7 }]);
  await Promise.all([mine.drop(), yours.drop()]);
});
