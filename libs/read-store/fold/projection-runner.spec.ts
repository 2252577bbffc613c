import { Pool } from 'pg';
import { LogUnavailable, type Position } from '#event-store/log.port';
import { MemoryLog } from '#event-store/memory/memory-log';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { dumpReadModels } from '../certificates/dump';
import { dumpFolded, foldInMemory } from './in-memory-fold';
import { createReadStore } from '../query/postgres-read-store';
import type { AnyReadModel } from '../read-model';
import { WaitTimedOut } from '../read-store.port';
import { rebuildFromZero } from '../certificates/rebuild-from-zero';
import { startRuntime, type Runtime, type RuntimeParts } from '../subscriptions/runtime';
import { daysModel, hoursModel, linesOf, testClock, testLog, type TestLog } from '../testing/hours-log';

const models = [hoursModel, daysModel] as readonly AnyReadModel[];

let db: TestDatabase;
const running: Runtime[] = [];

beforeEach(async () => {
  db = await testDatabase();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((runtime) => runtime.stop()));
  await Promise.all(pools.splice(0).map((pool) => pool.end()));
  await db.drop();
});

const start = async (from: TestLog, changes: Partial<RuntimeParts> = {}): Promise<Runtime> => {
  const runtime = await startRuntime({
    ...{ log: from.log, codec: from.codec, pool: db.pool, readModels: models, processes: [], clock: testClock(), mode: 'driven' as const },
    ...changes,
  });
  running.push(runtime);
  return runtime;
};

const oracle = async (of: TestLog): Promise<readonly string[]> => {
  const events = await of.events();
  return [daysModel, hoursModel].flatMap((model) => dumpFolded(model as AnyReadModel, foldInMemory(model as AnyReadModel, events)));
};
const tables = (): Promise<readonly string[]> => linesOf(dumpReadModels(db.pool, models));
const positions = async (): Promise<readonly string[]> =>
  (await db.pool.query<{ position: string }>('select distinct position from read.projection')).rows.map(({ position }) => position);

const pools: Pool[] = [];

/** A pool whose statements may be made to fail: `fails` sees each before it is sent. */
const failingPool = (fails: (sql: string) => boolean, when: 'before' | 'after' = 'before'): Pool => {
  const pool = new Pool({ connectionString: db.url });
  pool.on('error', () => undefined); // dropping the database ends what is left of it
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    const query = client.query.bind(client) as (...all: unknown[]) => unknown;
    const guarded = (...all: unknown[]): unknown => {
      if (typeof all[0] !== 'string' || !fails(all[0])) return query(...all);
      const sent = when === 'after' ? Promise.resolve(query(...all)) : Promise.resolve();
      return sent.then(() => Promise.reject(new Error('Connection terminated by the test')));
    };
    Object.assign(client, { query: guarded });
  });
  pools.push(pool);
  return pool;
};

describe('a projection in PostgreSQL', () => {
  it('holds the same rows and evidence as the fold in memory, and again after more events', async () => {
    const source = testLog();
    await source.writeHours(700, 31);
    const runtime = await start(source);
    await runtime.drain();
    expect(await tables()).toEqual(await oracle(source));
    await source.writeHours(333, 31);
    await runtime.drain();
    expect(await tables()).toEqual(await oracle(source));
    expect(await positions()).toEqual([await source.log.head()]);
  });

  it('fills the columns from the row', async () => {
    const source = testLog();
    await source.writeHours(3, 1);
    await (await start(source)).drain();
    const { rows } = await db.pool.query('select minutes, busy, sessions, nothing from read.hours_by_member_v1');
    expect(rows).toEqual([{ minutes: 39, busy: false, sessions: ['session-0', 'session-1', 'session-2'], nothing: null }]);
  });

  it('keeps rows and checkpoint together: what fails before the commit leaves neither', async () => {
    const source = testLog();
    await source.writeHours(200, 10);
    await (await start(source)).drain();
    const before = { lines: await tables(), positions: await positions() };
    await source.writeHours(200, 10);
    let armed = false;
    for (const statement of [/^insert into "read"."hours/, /^insert into "read"."evidence"/, /^commit/, /^update "read"."projection"/]) {
      armed = false;
      const failing = await start(source, { pool: failingPool((sql) => armed && statement.test(sql)) });
      armed = true;
      await expect(failing.drain()).rejects.toThrow('terminated by the test');
      expect({ lines: await tables(), positions: await positions() }).toEqual(before);
    }
    await (await start(source)).drain();
    expect(await tables()).toEqual(await oracle(source));
  });

  it('loses and doubles nothing when the answer to a commit is lost', async () => {
    const source = testLog();
    let armed = false;
    const pool = failingPool((sql) => armed && sql === 'commit', 'after');
    const runtime = await start(source, { pool });
    await source.writeHours(60, 6);
    armed = true;
    await expect(runtime.drain()).rejects.toThrow('terminated by the test');
    armed = false;
    await source.writeHours(60, 6);
    await runtime.drain();
    expect(await tables()).toEqual(await oracle(source));
  });

  it('goes on from its checkpoint after a restart in the middle', async () => {
    const source = testLog();
    for (const count of [50, 1, 0, 170]) {
      await source.writeHours(count, 9);
      await (await start(source)).drain();
    }
    expect(await tables()).toEqual(await oracle(source));
  });

  it('stays right when two runners race for the same rows: the loser reloads', async () => {
    const source = testLog();
    const runtimes = await Promise.all([start(source), start(source), start(source)]);
    for (let round = 0; round < 15; round++) {
      await source.writeHours(20, 7);
      await Promise.allSettled(runtimes.map((runtime) => runtime.drain()));
    }
    expect(await tables()).toEqual(await oracle(source));
  });

  it('lets the others go on when one fold throws, and takes it up again', async () => {
    const source = testLog();
    await source.writeHours(40, 5);
    const broken = { is: true };
    const fragile: AnyReadModel = {
      ...daysModel,
      onPoison: 'stop',
      projection: {
        ...daysModel.projection,
        evolve: (row, event, key) => {
          if (broken.is) throw new Error('a fold that fails');
          return daysModel.projection.evolve(row, event, key);
        },
      },
    };
    const runtime = await start(source, { mode: 'live', readModels: [hoursModel as AnyReadModel, fragile] });
    const store = createReadStore(db.pool);
    await store.waitFor(['hours-by-member'], await source.log.head(), 20_000);
    await source.writeHours(10, 5);
    await store.waitFor(['hours-by-member', 'personal-text'], await source.log.head(), 20_000);
    const days = (await runtime.status()).find(({ name }) => name === 'days');
    expect(days?.position).toBe('0'.repeat(20));
    expect(days?.fault).toContain('a fold that fails');
    expect(days?.lagEvents).toBe(50);
    broken.is = false;
    await runtime.drain();
    expect(await tables()).toEqual(await oracle(source));
    expect((await runtime.status()).map(({ lagEvents }) => lagEvents)).toEqual([0, 0, 0]);
  });

  it('waits out a log and a database that are away', async () => {
    let away = 3;
    class Flickering extends MemoryLog {
      override async *subscribe(from: Parameters<MemoryLog['subscribe']>[0]) {
        if (away-- > 0) throw new LogUnavailable('away', false);
        yield* super.subscribe(from);
      }
    }
    const source = testLog(new Flickering());
    await source.writeHours(30, 5);
    let failures = 0;
    const runtime = await start(source, { mode: 'live', pool: failingPool((sql) => sql === 'commit' && failures > 0 && failures-- > 0) });
    failures = 4;
    await runtime.drain();
    expect(await tables()).toEqual(await oracle(source));
  });

  it('has one holder among several projectors, and another takes over when it leaves', async () => {
    const source = testLog();
    const first = await start(source, { mode: 'live' });
    await source.writeHours(20, 5);
    await first.drain();
    const second = await start(source, { mode: 'live', leaseMs: 300 });
    await first.stop();
    await source.writeHours(25, 5);
    await second.drain();
    expect(await tables()).toEqual(await oracle(source));
    expect((await second.status()).map(({ state }) => state)).toEqual(['live', 'live', 'live']);
  });

  it('refuses tables of a newer version, of another shape and of another log, in one sentence (cases 47 and 53)', async () => {
    const source = testLog();
    await start(source);
    const wider = { ...hoursModel, columns: {} } as AnyReadModel;
    await expect(start(source, { readModels: [wider] })).rejects.toThrow('raise its version');
    const other = testLog();
    await expect(start(other)).rejects.toThrow(/was built from another log, and this one is empty: .* another data folder/);
    await other.writeHours(1, 1);
    await expect(start(other)).rejects.toThrow(/was built from another log: where this one is its copy, .* "savoirs log adopt"/);
    await db.pool.query(`insert into read.migration (name, timestamp) values ('9999-later', 'x')`);
    await expect(start(source)).rejects.toThrow('made by a newer Savoirs (9999-later)');
  });

  it('equals a rebuild from zero, byte for byte', async () => {
    const source = testLog();
    await source.writeHours(150, 12);
    await (await start(source)).drain();
    const rebuilt = await linesOf(rebuildFromZero({ log: source.log, codec: source.codec, pool: db.pool, models, schema: 'read_again' }));
    expect(rebuilt).toEqual(await tables());
  });

  it('catches up with 20,000 events', async () => {
    const source = testLog();
    await source.writeHours(20_000, 3_000);
    await (await start(source)).drain();
    expect(await tables()).toEqual(await oracle(source));
  });
});

describe('the read store', () => {
  it('answers rows and readPosition of one moment, and waits for a position', async () => {
    const source = testLog();
    const store = createReadStore(db.pool);
    await start(source, { mode: 'live' });
    await source.writeHours(30, 4);
    const head = await source.log.head();
    await store.waitFor(['hours-by-member', 'days'], head, 20_000);
    const { readPosition, result } = await store.read([hoursModel, daysModel], (tx, tableOf) =>
      tx.selectFrom(tableOf(hoursModel)).select('key').orderBy('key').execute(),
    );
    expect(readPosition).toEqual({
      ...{ logId: await source.log.logId(), position: head, recordedAt: '2026-01-01T00:00:30.000Z' },
      builds: 'days_v2 hours_by_member_v1',
    });
    expect(result.map(({ key }) => key)).toEqual(['member-0', 'member-1', 'member-2', 'member-3']);
    const beyond = head.replace(/.$/, '9') as Position;
    await expect(store.waitFor(['days'], beyond, 30)).rejects.toThrow(WaitTimedOut);
  });

  it('pages the evidence of several rows in log order', async () => {
    const source = testLog();
    const store = createReadStore(db.pool);
    await source.writeHours(10, 5);
    await (await start(source)).drain();
    const wanted = foldInMemory(hoursModel as AnyReadModel, await source.events()).evidence;
    const all = [...wanted.get('member-1')!, ...wanted.get('member-2')!].sort();
    const first = await store.evidence('hours-by-member', ['member-1', 'member-2'], { limit: 3 });
    const rest = await store.evidence('hours-by-member', ['member-1', 'member-2'], { after: first.next!, limit: 3 });
    expect([...first.eventIds, ...rest.eventIds]).toEqual(all);
    expect(rest.next).toBeNull();
  });
});
