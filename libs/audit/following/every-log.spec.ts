import { copyLog } from '#event-store/copy/log-copy';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-log';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { fillLog, logWith, rootOf, sampleEvents } from '../filled-log.fixture';
import { MemoryTreeStore } from '../memory/memory-tree-store';
import { postgresTreeStore } from '../postgres/postgres-tree-store';
import { growTree } from './grow-tree';

const { signal } = new AbortController();

describe('the tree of the same events', () => {
  let database: TestDatabase;
  let double: EventStoreDbDouble;
  let [inPostgres, inEventStore]: [PostgresLog, EventStoreDbLog] = [] as never;
  beforeAll(async () => {
    [database, double] = await Promise.all([testDatabase(), EventStoreDbDouble.start()]);
    [inPostgres, inEventStore] = [await PostgresLog.open(database.url), await EventStoreDbLog.open(double.url)];
    await fillLog(inPostgres, sampleEvents(300));
  });
  afterAll(async () => {
    await Promise.all([inPostgres.close(), inEventStore.close()]);
    await Promise.all([database.drop(), double.stop()]);
  });

  it('is the same on every log, and goes on with a copy in another engine', async () => {
    const store = await postgresTreeStore(database.pool, 'savoirs.example/copied');
    const expected = await rootOf(await logWith(sampleEvents(300)));
    const before = await growTree({ log: inPostgres, store, signal });
    expect([before!.state.size, await before!.tree.root()]).toEqual([300, expected]);

    await copyLog({ source: inPostgres, target: inEventStore, pace: 'one-by-one', signal });
    const alone = await growTree({ log: inEventStore, store: new MemoryTreeStore(), signal });
    expect(await alone!.tree.root()).toEqual(expected);

    await fillLog(inEventStore, sampleEvents(520).slice(300));
    const after = await growTree({ log: inEventStore, store, signal });
    expect(await after!.tree.root()).toEqual(await rootOf(await logWith(sampleEvents(520))));
    const places: number[] = [];
    for await (const { position } of inEventStore.readAll({ after: '00000000000000000000' as never }))
      places.push((await store.tileWith(position))!.index);
    expect(places).toEqual(Array.from({ length: 520 }, (_, n) => Math.floor(n / 256)));
  });
});
