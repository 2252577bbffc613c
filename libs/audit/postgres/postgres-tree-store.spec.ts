import { testDatabase, type TestDatabase } from '#testing/test-database';
import { treeStoreContract } from '../tree-store.contract';
import { postgresTreeStore } from './postgres-tree-store';
import { migrateTrees } from './tree-tables';

describe('a tree in PostgreSQL', () => {
  let database: TestDatabase;
  let trees = 0;
  beforeAll(async () => (database = await testDatabase()));
  afterAll(() => database.drop());

  treeStoreContract(
    () => postgresTreeStore(database.pool, `savoirs.example/${(trees += 1)}`),
    () => postgresTreeStore(database.pool, `savoirs.example/${trees}`),
  );

  it('makes its tables once, however many start, and refuses those of a newer program in one sentence', async () => {
    const fresh = await testDatabase();
    try {
      await Promise.all([1, 2, 3].map(() => migrateTrees(fresh.pool)));
      await fresh.pool.query('insert into audit.step values (1000)');
      await expect(migrateTrees(fresh.pool)).rejects.toMatchObject({ exitCode: 78, message: expect.stringContaining('newer Savoirs') });
    } finally {
      await fresh.drop();
    }
  });

  it('keeps the trees of two names apart', async () => {
    const [one, other] = await Promise.all(['a', 'b'].map((name) => postgresTreeStore(database.pool, `savoirs.example/${name}`)));
    await one!.grow({
      from: null,
      to: { logId: 'a', size: 0, position: '00000000000000000000' as never },
      tiles: [],
      places: new Map(),
      shortIds: new Map(),
    });
    await one!.keep({ size: 1, note: 'one' });
    expect([await other!.state(), await other!.checkpoint()]).toEqual([null, null]);
  });

  it('has another leader as soon as the connection of the last one is gone', async () => {
    const store = await postgresTreeStore(database.pool, 'savoirs.example/led');
    const lost = await store.lead();
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
    );
    let next = await store.lead();
    for (let tries = 0; (next === null || !lost!.isLost()) && tries < 200; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      next ??= await store.lead();
    }
    const lead = [lost?.isLost(), next?.isLost()];
    await Promise.all([lost?.release(), next?.release()]);
    expect(lead).toEqual([true, false]);
  });
});
