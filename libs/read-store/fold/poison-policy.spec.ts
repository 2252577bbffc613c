import type { RecordedEvent } from '#event-store/codec.port';
import { CodecFault } from '#event-store/codec.port';
import type { StoredEvent } from '#event-store/log.port';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { createChanges } from '../change-feed/changes';
import { dumpReadModels } from '../certificates/dump';
import { dumpFolded, foldInMemory } from './in-memory-fold';
import { parkedCounts, parkedOf } from '../parked/parked';
import { retryParked, skipParked } from '../parked/retry-parked';
import { ParkedRefused, type ParkedParts } from '../parked/parked-queue';
import type { AnyReadModel } from '../read-model';
import { startRuntime, type Runtime } from '../subscriptions/runtime';
import { hoursModel, linesOf, testClock, testLog, type HoursRow, type TestLog } from '../testing/hours-log';

let db: TestDatabase;
let source: TestLog;
const running: Runtime[] = [];

beforeEach(async () => {
  db = await testDatabase();
  source = testLog();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((runtime) => runtime.stop()));
  await db.drop();
});

class Poisoned extends Error {
  override readonly name = 'Poisoned';
}

/** Throws for these events, until mended; a row for each member and one for each session. */
const poison = { ids: new Set<string>(), keys: new Set<string>(), unreadable: new Set<string>() };
beforeEach(() => Object.values(poison).forEach((set) => set.clear()));

const fragile = (changes: Partial<AnyReadModel> = {}): AnyReadModel => ({
  ...hoursModel,
  ...changes,
  projection: {
    ...hoursModel.projection,
    keys: (event: RecordedEvent) => {
      if (poison.keys.has(event.meta.eventId)) throw new Poisoned('whose are these?');
      const [member = ''] = hoursModel.projection.keys(event as never);
      return event.type === 'TrainingHoursRecorded' ? [member, event.data.sessionId] : [member];
    },
    evolve: (row: HoursRow | undefined, event: RecordedEvent, key: string) => {
      if (poison.ids.has(event.meta.eventId) && key.startsWith('member')) throw new Poisoned('Ana’s words');
      return hoursModel.projection.evolve(row, event as never, key);
    },
  },
});

const codec = () => ({
  ...source.codec,
  decode: (stored: StoredEvent) => {
    if (poison.unreadable.has(stored.eventId))
      throw new CodecFault({ eventId: stored.eventId, type: stored.type, version: 1, path: '' }, 'not as its schema says');
    return source.codec.decode(stored);
  },
});

const start = async (models: readonly AnyReadModel[] = [fragile()]): Promise<Runtime> => {
  const common = { log: source.log, codec: codec(), pool: db.pool, processes: [], clock: testClock(), personalTexts: false };
  const runtime = await startRuntime({ ...common, readModels: models, mode: 'driven' });
  running.push(runtime);
  return runtime;
};
const parts = (): ParkedParts => ({ pool: db.pool, log: source.log, codec: codec(), models: [fragile()] });
const lines = (): Promise<readonly string[]> => linesOf(dumpReadModels(db.pool, [fragile()]));
const parked = async () => (await parkedOf(db.pool, { page: { limit: 100 } })).parked;
const folded = async (without: (event: RecordedEvent, key: string) => boolean = () => false): Promise<readonly string[]> => {
  const model = fragile();
  const keys = (event: RecordedEvent) => model.projection.keys(event).filter((key) => !without(event, key));
  return dumpFolded(model, foldInMemory({ ...model, projection: { ...model.projection, keys } }, await source.events()));
};
const hours = async (member: number, stream: string): Promise<string> =>
  (
    await source.write('TrainingHoursRecorded', stream, {
      memberId: `member-${member}` as never,
      sessionId: `session-of-${stream}` as never,
    })
  ).eventId;

const name = 'hours-by-member';

describe('an event whose fold throws', () => {
  it('is parked for that row alone, with what follows on the row; the rest goes on, and so does the checkpoint', async () => {
    await hours(1, 'a');
    const bad = await hours(1, 'b');
    poison.ids.add(bad);
    const behind = await hours(1, 'c');
    await hours(2, 'd');
    const runtime = await start();
    await runtime.drain();
    const later = await hours(1, 'e');
    await runtime.drain();
    const waits = new Set([bad, behind, later]);
    expect(await lines()).toEqual(await folded((event, key) => waits.has(event.meta.eventId) && key === 'member-1'));
    expect((await parked()).map(({ key, eventId, fault, attempts }) => ({ key, eventId, fault, attempts }))).toEqual([
      { key: 'member-1', eventId: bad, fault: 'Poisoned', attempts: 1 },
      { key: 'member-1', eventId: behind, fault: null, attempts: 0 },
      { key: 'member-1', eventId: later, fault: null, attempts: 0 },
    ]);
    expect(await parkedCounts(db.pool)).toEqual([{ name, version: 1, build: 1, parked: 3, rows: 1, skipped: 0 }]);
    expect((await runtime.status()).map(({ lagEvents, fault }) => ({ lagEvents, fault }))).toEqual([{ lagEvents: 0, fault: null }]);
  });

  it('leaves no word of what it said', async () => {
    poison.ids.add(await hours(1, 'a'));
    await (await start()).drain();
    expect(JSON.stringify((await db.pool.query('select * from read.parked')).rows)).not.toContain('Ana');
  });

  it('is folded again by a retry once the fold is mended, in log order; till then the retry is counted, and changes nothing', async () => {
    await hours(1, 'a');
    const bad = await hours(1, 'b');
    poison.ids.add(bad);
    await hours(1, 'c');
    const runtime = await start();
    await runtime.drain();
    const before = await lines();
    const changes = createChanges(db.pool);
    const { id, position } = (await changes.active([name])).get(name)!;
    const place = { build: id, mended: 0, position, ordinal: null };
    expect(await retryParked(parts(), { name, key: 'member-1' })).toMatchObject([{ folded: 0, left: 2, fault: 'Poisoned' }]);
    expect(await lines()).toEqual(before);
    expect(await changes.keeps(place)).toBe(true);
    expect((await parked()).map(({ attempts }) => attempts)).toEqual([2, 0]);
    poison.ids.clear();
    expect(await retryParked(parts(), { name, key: 'member-1' })).toMatchObject([{ folded: 2, left: 0, fault: null }]);
    expect(await parked()).toEqual([]);
    // Whoever follows its changes was told this position: what they know is void.
    expect(await Promise.all([0, 1].map((mended) => changes.keeps({ ...place, mended })))).toEqual([false, true]);
    expect(await changes.page(place, place.position, 10)).toEqual([]);
    // The worker had the row in mind as it was before.
    await hours(1, 'd');
    await runtime.drain();
    expect(await lines()).toEqual(await folded());
  });

  it('is dropped by a skip, up to the next that throws', async () => {
    const [first, behind, second, last] = [await hours(1, 'a'), await hours(1, 'b'), await hours(1, 'c'), await hours(1, 'd')];
    poison.ids.add(first).add(second);
    const runtime = await start();
    await runtime.drain();
    const skip = { name, key: 'member-1', unknown: false };
    await expect(skipParked(parts(), { ...skip, eventId: behind })).rejects.toMatchObject({ code: 'not-first' });
    expect(await skipParked(parts(), { ...skip, eventId: first })).toMatchObject([{ folded: 1, left: 2, fault: 'Poisoned' }]);
    await expect(skipParked(parts(), { ...skip, eventId: first })).rejects.toMatchObject({ code: 'nothing-parked' });
    const waits = new Set([first, second, last]);
    const without = (event: RecordedEvent, key: string) => waits.has(event.meta.eventId) && key === 'member-1';
    expect(await lines()).toEqual(await folded(without));
    await skipParked(parts(), { ...skip, eventId: second });
    waits.delete(last);
    expect(await lines()).toEqual(await folded(without));
    expect((await parked()).map(({ eventId, state }) => ({ eventId, state }))).toEqual([
      { eventId: first, state: 'skipped' },
      { eventId: second, state: 'skipped' },
    ]);
  });

  it('is skipped by a rebuild where it was skipped, and parked again where it still throws', async () => {
    const [first, other] = [await hours(1, 'a'), await hours(2, 'b')];
    await hours(1, 'c');
    poison.ids.add(first).add(other);
    await (await start()).drain();
    await skipParked(parts(), { name, key: 'member-1', unknown: false, eventId: first });
    const before = await lines();
    const next = { ...fragile(), projection: { ...fragile().projection, version: 2 } };
    await (await start([next])).drain();
    expect((await linesOf(dumpReadModels(db.pool, [next]))).map((line) => line.replace('"version":2', '"version":1'))).toEqual(before);
    expect(await parkedCounts(db.pool)).toContainEqual({ name, version: 2, build: 1, parked: 1, rows: 1, skipped: 0 });
  });

  it('stops an audit read model instead', async () => {
    poison.ids.add(await hours(1, 'a'));
    const runtime = await start([fragile({ onPoison: 'stop' })]);
    await expect(runtime.drain()).rejects.toThrow('Poisoned: Ana’s words');
    expect(await parked()).toEqual([]);
  });
});

describe.each(['unreadable', 'keys'] as const)('an event whose rows nobody knows (%s)', (kind) => {
  it('parks its stream: later events of it wait under their rows, and all that follows on these', async () => {
    const bad = await hours(1, 'a');
    poison[kind].add(bad);
    const sameStream = await hours(2, 'a');
    const sameRow = await hours(2, 'b');
    await hours(3, 'c');
    await (await start()).drain();
    expect((await parked()).map(({ unknown, key, eventId }) => [unknown, key, eventId])).toEqual([
      [false, 'member-2', sameStream],
      [false, 'member-2', sameRow],
      [false, 'session-of-a', sameStream],
      [true, 'a', bad],
    ]);
    const refusal = { code: 'rows-unknown' };
    await expect(retryParked(parts(), { name, key: 'a' })).rejects.toMatchObject(refusal);
    await expect(retryParked(parts(), { name, key: 'member-2' })).rejects.toMatchObject(refusal);
    await expect(retryParked(parts(), { name, key: 'member-9' })).rejects.toThrow(ParkedRefused);
  });

  it('sets its stream free when it is skipped', async () => {
    const bad = await hours(1, 'a');
    poison[kind].add(bad);
    await hours(2, 'a');
    await hours(2, 'b');
    const runtime = await start();
    await runtime.drain();
    await skipParked(parts(), { name, key: 'a', unknown: true, eventId: bad });
    await hours(2, 'a');
    await runtime.drain();
    poison[kind].clear();
    expect(await lines()).toEqual(await folded(({ meta }) => meta.eventId === bad));
    expect((await parked()).map(({ state }) => state)).toEqual(['skipped']);
    const before = await lines();
    const next = { ...fragile(), projection: { ...fragile().projection, version: 2 } };
    await (await start([next])).drain();
    expect((await linesOf(dumpReadModels(db.pool, [next]))).map((line) => line.replace('"version":2', '"version":1'))).toEqual(before);
  });
});

it('lists page by page', async () => {
  for (const stream of ['a', 'b', 'c']) poison.ids.add(await hours(1, stream));
  await (await start()).drain();
  const first = await parkedOf(db.pool, { name, page: { limit: 2 } });
  const rest = await parkedOf(db.pool, { name, page: { limit: 2, after: first.next! } });
  expect([...first.parked, ...rest.parked]).toEqual(await parked());
  expect(rest.next).toBeNull();
  expect((await parkedOf(db.pool, { name: 'days', page: { limit: 2 } })).parked).toEqual([]);
});
