import type { Position } from '#event-store/log.port';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { pruneChanges } from './change-pruning';
import { createChanges, type Change, type Changes } from './changes';
import type { AnyReadModel } from '../read-model';
import { startRuntime, type Runtime } from '../subscriptions/runtime';
import { hoursModel, testClock, testLog, type TestLog } from '../testing/hours-log';

const NAME = 'hours-by-member';
const NETWORK = 'network-1';
const model: AnyReadModel = {
  ...hoursModel,
  columns: { ...hoursModel.columns, network_id: { type: 'text', of: () => NETWORK } },
  keepsChanges: true,
};

let db: TestDatabase;
let source: TestLog;
let runtime: Runtime;
let changes: Changes;

beforeEach(async () => {
  db = await testDatabase();
  source = testLog();
  const { log, codec } = source;
  runtime = await startRuntime({ log, codec, pool: db.pool, readModels: [model], processes: [], clock: testClock(), mode: 'driven' });
  changes = createChanges(db.pool);
});
afterEach(async () => {
  await runtime.stop();
  await db.drop();
});

const built = async () => (await changes.active([NAME])).get(NAME)!;
const start = async () => ({ build: (await built()).id, mended: 0, position: '' as Position, ordinal: null });
const all = async (): Promise<readonly Change[]> => changes.page(await start(), (await built()).position, 10_000);
/** What a table says after some changes. */
const applied = (told: readonly Change[]): ReadonlyMap<string, string> => {
  const rows = new Map<string, string>();
  for (const { key, row } of told) {
    if (row === null) rows.delete(key);
    else rows.set(key, row);
  }
  return rows;
};
const table = async (): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await db.pool.query<{ key: string; row: string }>('select key, row from read.hours_by_member_v1');
  return new Map(rows.map(({ key, row }) => [key, row]));
};

describe('the changes that are kept', () => {
  it('make of nothing what the table says, removals included, each with its network and the position of its checkpoint', async () => {
    for (const count of [40, 200]) {
      await source.writeHours(count, 7);
      await runtime.drain();
    }
    await source.write('EngagementReleased', 'member-4', { memberId: 'member-4' as never });
    await runtime.drain();
    const told = await all();
    expect(applied(told)).toEqual(await table());
    expect(told.some(({ row }) => row === null)).toBe(true);
    expect(new Set(told.map(({ network }) => network))).toEqual(new Set([NETWORK]));
    expect(new Set(told.map(({ position }) => position)).size).toBe(3);
    expect(told.at(-1)!.position).toBe((await built()).position);
  });

  it('are written with the rows, or not at all', async () => {
    await source.writeHours(5, 5);
    await db.pool.query('alter table read.change add constraint nothing check (ordinal < 0)');
    await expect(runtime.drain()).rejects.toThrow();
    expect(await table()).toEqual(new Map());
    await db.pool.query('alter table read.change drop constraint nothing');
    await runtime.drain();
    expect(applied(await all())).toEqual(await table());
  });

  it('are not kept for a model that does not say so', async () => {
    await runtime.stop();
    await db.pool.query('drop schema read cascade');
    const { log, codec } = source;
    const clock = testClock();
    runtime = await startRuntime({
      log,
      codec,
      pool: db.pool,
      readModels: [hoursModel as AnyReadModel],
      processes: [],
      clock,
      mode: 'driven',
    });
    await source.writeHours(20, 5);
    await runtime.drain();
    expect(await all()).toEqual([]);
  });

  it('can be read from any place, also within a checkpoint', async () => {
    await source.writeHours(50, 50);
    await runtime.drain();
    const told = await all();
    const { id: build, position } = await built();
    for (const { position: at, ordinal } of [told[0]!, told[20]!, told.at(-1)!]) {
      const rest = await changes.page({ build, mended: 0, position: at, ordinal }, position, 1_000);
      expect(rest).toEqual(told.slice(ordinal));
      expect(await changes.keeps({ build, mended: 0, position: at, ordinal })).toBe(true);
    }
    expect(await changes.page({ build, mended: 0, position, ordinal: null }, position, 10)).toEqual([]);
    // a place that a crash of the database took back, or that nobody gave
    expect(await changes.keeps({ build, mended: 0, position, ordinal: 1_000 })).toBe(false);
  });

  it('give a snapshot that goes on with exactly what comes after its position', async () => {
    await source.writeHours(30, 6);
    await runtime.drain();
    const rows = new Map<string, string>();
    const build = await changes.snapshot(NAME, NETWORK, (page) => page.forEach(({ key, row }) => rows.set(key, row)));
    expect(rows).toEqual(await table());
    await source.writeHours(98, 6);
    await runtime.drain();
    for (const { key, row } of await changes.page(
      { build: build.id, mended: 0, position: build.position, ordinal: null },
      (await built()).position,
      999,
    )) {
      if (row === null) rows.delete(key);
      else rows.set(key, row);
    }
    expect(rows).toEqual(await table());
    expect(await changes.snapshot(NAME, 'another', (page) => expect(page).toEqual([]))).toMatchObject({ id: build.id });
  });

  it('go with time and number, the oldest checkpoints first, and it is known from where on they are there', async () => {
    for (let round = 0; round < 6; round += 1) {
      await source.writeHours(10, 10);
      await runtime.drain();
    }
    const told = await all();
    const positions = [...new Set(told.map(({ position }) => position))];
    const { id: build } = await built();
    await pruneChanges(db.pool, { changes: 1_000, hours: 24 });
    expect(await all()).toEqual(told);
    await pruneChanges(db.pool, { changes: 25, hours: 24 });
    const from = (first: number): readonly Change[] => told.filter(({ position }) => position >= positions[first]!);
    expect(await all()).toEqual(from(3));
    expect(await changes.keeps({ build, mended: 0, position: positions[2]!, ordinal: null })).toBe(true);
    expect(await changes.keeps({ build, mended: 0, position: positions[1]!, ordinal: null })).toBe(false);
    expect(await changes.keeps({ build, mended: 0, position: positions[2]!, ordinal: 3 })).toBe(false);
    await db.pool.query(`update read.change set at = now() - interval '3 hours' where position <= $1`, [positions[4]]);
    await pruneChanges(db.pool, { changes: 25, hours: 2 });
    expect(await all()).toEqual(from(5));
    await pruneChanges(db.pool, { changes: 1, hours: 2 });
    expect(await all()).toEqual(from(5));
  });
});
