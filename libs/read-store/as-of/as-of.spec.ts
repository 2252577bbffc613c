import fc from 'fast-check';
import { sql } from 'kysely';
import { Pool } from 'pg';
import type { Instant } from '#kernel/id';
import { START, type EventLog, type Position } from '#event-store/log.port';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { AsOf, type AsOfParts, type Past } from './as-of';
import { TooManyAsOf } from './as-of-eviction';
import { dumpReadModels } from '../certificates/dump';
import type { Until } from './log-position';
import { dumpFolded, foldInMemory } from '../fold/in-memory-fold';
import { createReadStore } from '../query/postgres-read-store';
import type { AnyReadModel } from '../read-model';
import { startRuntime } from '../subscriptions/runtime';
import { daysModel, hoursModel, linesOf, testClock, testLog, type TestLog } from '../testing/hours-log';

const hours = hoursModel as AnyReadModel;
const days = daysModel as AnyReadModel;
const at = (count: number): Position => String(count).padStart(20, '0') as Position;

describe('a read model as of a past place', () => {
  let db: TestDatabase;
  let source: TestLog;
  const pools: Pool[] = [];

  beforeEach(async () => {
    db = await testDatabase();
    source = testLog();
    await source.writeHours(300, 23);
    const parts = { log: source.log, codec: source.codec, pool: db.pool, readModels: [hours, days], processes: [] };
    const runtime = await startRuntime({ ...parts, clock: testClock(), mode: 'driven' });
    await runtime.drain();
    await runtime.stop();
  });
  afterEach(async () => {
    await Promise.all(pools.splice(0).map((pool) => pool.end()));
    await db.drop();
  });

  /** As another process has it: a pool of its own. */
  const asOf = (changes: Partial<AsOfParts> = {}): AsOf => {
    const pool = new Pool({ connectionString: db.url, max: 4 });
    pool.on('error', () => undefined);
    pools.push(pool);
    const keeping = { versions: 8, idleMs: 3_600_000 };
    return new AsOf({ pool, log: source.log, codec: source.codec, present: createReadStore(pool), keeping, ...changes });
  };

  const schemas = async (): Promise<readonly string[]> => {
    const { rows } = await db.pool.query<{ name: string }>(
      `select nspname as name from pg_namespace where nspname like 'read_as_of_%' order by 1`,
    );
    return rows.map(({ name }) => name);
  };
  const registered = async (): Promise<readonly string[]> => {
    const { rows } = await db.pool.query<{ position: string }>('select position from read.as_of order by position');
    return rows.map(({ position }) => position);
  };
  /** All that a query could read. */
  const keysAndPlace = ({ store, place }: Past) =>
    store.read([hours], async (tx, tableOf) => {
      const { rows } = await sql<{ key: string }>`select key from ${sql.table(tableOf(hours))} order by key`.execute(tx);
      return { keys: rows.map(({ key }) => key), ordinal: place.ordinal };
    });
  const schemaOf = async ({ store }: Past, model: AnyReadModel = hours): Promise<string> => {
    const { result } = await store.read([model], (_, tableOf) => Promise.resolve(tableOf(model)));
    return result.split('.')[0]!;
  };

  it('equals the fold of the prefix, wherever it ends, rows, evidence and columns', async () => {
    const past = asOf({ keeping: { versions: 3, idleMs: 3_600_000, inUseMs: 0 }, budget: 2_000 });
    const events = await source.events();
    await fc.assert(
      fc.asyncProperty(fc.nat(events.length + 5), fc.boolean(), async (count, first) => {
        const model = first ? hours : days;
        const lines = await past.read(model, { position: at(count) }, async (found) =>
          linesOf(dumpReadModels(db.pool, [model], await schemaOf(found, model))),
        );
        expect(lines).toEqual(dumpFolded(model, foldInMemory(model, events.slice(0, count))));
      }),
      { numRuns: 15 },
    );
    const { result } = await past.read(hours, { position: at(50) }, ({ store }) =>
      store.read([hours], (tx, tableOf) =>
        sql`select 1 from ${sql.table(tableOf(hours))} where minutes <> (row::jsonb ->> 'minutes')::int`.execute(tx),
      ),
    );
    expect(result.rows).toEqual([]);
    expect((await schemas()).length).toBeLessThanOrEqual(3);
  });

  it('stands where it says: position, time and log of the last event of the prefix', async () => {
    const date = '2026-01-01T00:01:00.500Z' as Instant;
    const { readPosition } = await asOf().read(hours, { date }, ({ store }) => store.read([hours], () => Promise.resolve(null)));
    expect(readPosition).toMatchObject({ logId: await source.log.logId(), position: at(60), recordedAt: '2026-01-01T00:01:00.000Z' });
  });

  it.each([
    ['before everything', '2025-12-31T00:00:00.000Z', 0],
    ['at the very moment of an event', '2026-01-01T00:00:07.000Z', 7],
    ['after everything', '2027-01-01T00:00:00.000Z', 303],
  ])('%s, a date means the longest prefix recorded by then', async (_, date, ordinal) => {
    expect((await asOf().read(hours, { date: date as Instant }, keysAndPlace)).result.ordinal).toBe(ordinal);
  });

  it('ends a date’s prefix at the first event recorded later, though clocks differ', async () => {
    const clocks = testLog();
    for (let n = 0; n < 3; n += 1) await clocks.write('TrainingHoursRecorded', 'exchange-1');
    const written: { readonly recordedAt: string }[] = [];
    for await (const { meta } of clocks.log.readAll({ after: START })) written.push(JSON.parse(meta) as { recordedAt: string });
    // Its first and second event change clocks: the first was recorded by one that goes ahead.
    const swapped: Pick<EventLog, 'head' | 'readAll' | 'logId'> = {
      head: () => clocks.log.head(),
      logId: () => clocks.log.logId(),
      async *readAll(read) {
        for await (const stored of clocks.log.readAll(read)) {
          const n = Number(stored.position);
          const { recordedAt } = written[n === 1 ? 1 : n === 2 ? 0 : 2]!;
          yield { ...stored, meta: JSON.stringify({ ...(JSON.parse(stored.meta) as object), recordedAt }) };
        }
      },
    };
    const past = asOf({ log: swapped as EventLog });
    const ordinals = [];
    for (const { recordedAt } of written)
      ordinals.push((await past.read(hours, { date: recordedAt as Instant }, keysAndPlace)).result.ordinal);
    expect(ordinals).toEqual([0, 2, 3]);
  });

  it('is built once for all who ask, in two processes at once', async () => {
    const until: Until = { position: at(200) };
    const [one, other] = [asOf(), asOf()];
    const answers = await Promise.all([one, other, one, other].map((each) => each.read(hours, until, keysAndPlace)));
    expect(new Set(answers.map(({ result }) => JSON.stringify(result))).size).toBe(1);
    expect([await registered(), (await schemas()).length]).toEqual([[at(200)], 1]);
  });

  it('leaves nothing behind where its process is killed midway, and is built by the next who asks', async () => {
    const killed = new Pool({ connectionString: db.url, max: 2 });
    killed.on('error', () => undefined);
    killed.on('connect', (client) => client.on('error', () => undefined));
    const victim: EventLog = Object.assign(Object.create(source.log) as EventLog, {
      async *readAll(read: Parameters<EventLog['readAll']>[0]) {
        for await (const stored of source.log.readAll(read)) {
          if (read.filter && Number(stored.position) === 150) {
            expect(await schemas()).toEqual([]);
            await db.pool.query(
              `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
            );
          }
          yield stored;
        }
      },
    });
    const dying = asOf({ pool: killed, log: victim });
    await expect(dying.read(hours, { position: at(200) }, keysAndPlace)).rejects.toThrow();
    expect([await registered(), await schemas()]).toEqual([[], []]);
    expect((await asOf().read(hours, { position: at(200) }, keysAndPlace)).result.ordinal).toBe(200);
    await killed.end();
  });

  it('keeps so many, those used last, and never throws one away under its reader', async () => {
    const past = asOf({ keeping: { versions: 2, idleMs: 3_600_000, inUseMs: 0 } });
    for (const count of [10, 20]) await past.read(hours, { position: at(count) }, keysAndPlace);
    await past.read(hours, { position: at(10) }, keysAndPlace);
    await past.read(hours, { position: at(30) }, keysAndPlace);
    expect(await registered()).toEqual([at(10), at(30)]);
    // A reader within its transaction keeps its version: the other one goes.
    await past.read(hours, { position: at(10) }, ({ store }) =>
      store.read([hours], async (tx, tableOf) => {
        await sql`select * from ${sql.table(tableOf(hours))}`.execute(tx);
        await past.read(hours, { position: at(30) }, keysAndPlace);
        await expect(asOf({ keeping: { versions: 1, idleMs: 0, inUseMs: 0 } }).evict([hours])).resolves.toBe(1);
        await sql`select * from ${sql.table(tableOf(hours))}`.execute(tx);
      }),
    );
    expect(await registered()).toEqual([at(10)]);
  });

  it('is read again where it went between being found and being read', async () => {
    const past = asOf();
    const used: string[] = [];
    const { result } = await past.read(hours, { position: at(100) }, async (found) => {
      used.push(await schemaOf(found));
      if (used.length === 1) {
        await db.pool.query(`drop schema ${used[0]} cascade`);
        await db.pool.query('delete from read.as_of');
      }
      return keysAndPlace(found);
    });
    expect([result.ordinal, used.length, new Set(used).size]).toEqual([100, 2, 2]);
  });

  it('says so where all that may be kept are in use', async () => {
    const past = asOf({ keeping: { versions: 1, idleMs: 3_600_000 } });
    await past.read(hours, { position: at(10) }, keysAndPlace);
    await expect(past.read(hours, { position: at(20) }, keysAndPlace)).rejects.toThrow(TooManyAsOf);
    expect((await past.read(hours, { position: at(10) }, keysAndPlace)).result.ordinal).toBe(10);
  });

  it('lets those go that nobody used for long, that are of another log, or of columns that are no more', async () => {
    const past = asOf({ keeping: { versions: 8, idleMs: 3_600_000, inUseMs: 0 } });
    for (const count of [10, 20, 30, 40]) await past.read(hours, { position: at(count) }, keysAndPlace);
    const change = (what: string, count: number) => db.pool.query(`update read.as_of set ${what} where position = '${at(count)}'`);
    await change(`used_at = now() - interval '2 hours'`, 10);
    await change(`log_id = 'another'`, 20);
    await change(`shape = 'older'`, 30);
    expect(await past.evict([hours, days])).toBe(3);
    expect([await registered(), (await schemas()).length]).toEqual([[at(40)], 1]);
  });

  it('shows texts as they are today: one that was erased does not come back (R19)', async () => {
    const ref = 'b3c4e2a0-0000-4000-8000-000000000001#/wording';
    const past = asOf();
    const textsThen = () => past.read(hours, { position: at(100) }, ({ store }) => store.texts([ref]));
    await db.pool.query(
      `insert into read.personal_text (ref, event_id, path, network, owner, stream, type, text, recorded_at)
       values ($1, 'b3c4e2a0-0000-4000-8000-000000000001', '/wording', 'n', 'ana', 'offer-1', 'OfferPublished', 'Souder', '2026-01-01')`,
      [ref],
    );
    expect([...(await textsThen())]).toEqual([[ref, 'Souder']]);
    await db.pool.query('delete from read.personal_text');
    expect([...(await textsThen())]).toEqual([]);
    const { rows } = await db.pool.query(`select relname from pg_class c join pg_namespace n on n.oid = relnamespace
      where nspname like 'read_as_of_%' and relname like '%text%'`);
    expect(rows).toEqual([]);
  });

  it('stops when told to, with nothing half made', async () => {
    const stopping = new AbortController();
    const tell = ({ told }: { told: string }): void => {
      if (told.includes('folded')) stopping.abort();
    };
    const asked = asOf().read(hours, { position: at(200) }, keysAndPlace, { signal: stopping.signal, tell });
    await expect(asked).rejects.toThrow(/abort/i);
    expect([await registered(), await schemas()]).toEqual([[], []]);
  });
});
