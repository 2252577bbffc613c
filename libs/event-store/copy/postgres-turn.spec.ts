import type { MemoryLog } from '../memory/memory-log';
import { PostgresLog } from '../postgres/postgres-log';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { aLogOf, contents, copying } from './copying.fixture';

describe('a copy into PostgreSQL', () => {
  let database: TestDatabase;
  let target: PostgresLog;
  beforeAll(async () => {
    database = await testDatabase();
    target = await PostgresLog.open(database.url);
  });
  afterAll(async () => {
    await target.close();
    await database.drop();
  });

  it('stores what it sends in one turn in one transaction, so that none of it can stand before what comes earlier', async () => {
    const source: MemoryLog = await aLogOf(600);
    await copying({ source, target, pace: 'in-one-transaction' });
    const { rows } = await database.pool.query<{ first: number; events: number }>(
      'select min(position)::int as first, count(*)::int as events from log.events group by xmin::text order by 1',
    );
    expect(rows).toEqual([
      { first: 1, events: 256 },
      { first: 257, events: 256 },
      { first: 513, events: 88 },
    ]);
    expect(await contents(target)).toEqual(await contents(source));
  });
});
