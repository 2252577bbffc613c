import fc from 'fast-check';
import { createCodec } from '#event-store/codec/codec';
import { type MemoryLog } from '#event-store/memory/memory-log';
import type { Position } from '#event-store/log.port';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { certificateLine, sealing, type Certificate } from './certificate';
import { certifyLog } from './certify-log';
import { certifyTables, NoSuchReadModel } from './certify-tables';
import { NoSuchEvent, type Until } from '../as-of/log-position';
import { foldInMemory } from '../fold/in-memory-fold';
import type { AnyReadModel } from '../read-model';
import { startRuntime } from '../subscriptions/runtime';
import { foldSorted } from '../fold/sorted-fold';
import { daysModel, hoursModel, testClock, testLog, type TestLog } from '../testing/hours-log';

const models = [hoursModel, daysModel] as readonly AnyReadModel[];
const PLENTY = 1_000_000;

const moved = (position: Position, by: number): Position => String(Math.max(0, Number(position) + by)).padStart(20, '0') as Position;

/** The log as another engine has it: the same events at other positions. */
const elsewhere = ({ log }: TestLog): Pick<MemoryLog, 'readAll' | 'head'> => ({
  head: async () => moved(await log.head(), 7_000),
  async *readAll({ after, ...read }) {
    for await (const stored of log.readAll({ after: moved(after, -7_000), ...read }))
      yield { ...stored, position: moved(stored.position, 7_000) };
  },
});

/** No key at all: a fold sees references. */
const keyless = createCodec({
  sealing: () => Promise.reject(new Error('no keys here')),
  opening: () => Promise.reject(new Error('no keys here')),
} as never);

const fromLog = (log: Pick<MemoryLog, 'readAll' | 'head'>, model: AnyReadModel, until: Until = 'head', budget = PLENTY) =>
  certifyLog({ log, codec: keyless, model, until, budget });

describe('a certificate', () => {
  let db: TestDatabase;
  beforeEach(async () => {
    db = await testDatabase();
  });
  afterEach(() => db.drop());

  const follow = async (of: TestLog): Promise<void> => {
    const runtime = await startRuntime({
      ...{ log: of.log, codec: of.codec, pool: db.pool, readModels: models, processes: [], clock: testClock(), mode: 'driven' as const },
    });
    await runtime.drain();
    await runtime.stop();
  };
  const live = (of: TestLog, name: string): Promise<Certificate> => certifyTables({ pool: db.pool, log: of.log, name });

  it('is the same line from the tables and from a copy of the log, on a machine without database and keys', async () => {
    const source = testLog();
    await source.writeHours(700, 31);
    await follow(source);
    const copy = elsewhere(source);
    for (const model of models) {
      const here = await live(source, model.projection.name);
      const there = await fromLog(copy, model);
      expect(certificateLine(there)).toBe(certificateLine(here));
      expect(here).toEqual(there);
      expect(here.rows).toBeGreaterThan(20);
    }
  });

  it('names the place that the tables stood at, however far the log has gone on', async () => {
    const source = testLog();
    await source.writeHours(200, 9);
    await follow(source);
    await source.writeHours(50, 9);
    const here = await live(source, 'hours-by-member');
    expect(here.ordinal).toBe(202);
    expect(await fromLog(source.log, models[0]!)).not.toEqual(here);
    expect(await fromLog(source.log, models[0]!, { eventId: here.event! })).toEqual(here);
  });

  it('comes from one snapshot while the tables move on', async () => {
    const source = testLog();
    await source.writeHours(900, 450);
    await follow(source);
    const before = await live(source, 'hours-by-member');
    await source.writeHours(300, 450);
    const [during] = await Promise.all([live(source, 'hours-by-member'), follow(source)]);
    const whole = await fromLog(source.log, models[0]!, { eventId: during.event! });
    expect(during).toEqual(whole);
    expect(await live(source, 'hours-by-member')).not.toEqual(before);
  });

  it('says one changed row, a lost piece of evidence, and a row too many', async () => {
    const source = testLog();
    await source.writeHours(90, 9);
    await follow(source);
    const whole = await live(source, 'hours-by-member');
    const changes = [
      `update read.hours_by_member_v1 set row = replace(row, '"minutes":', '"minutes":1') where key = 'member-3'`,
      `delete from read.evidence where ctid = (select ctid from read.evidence where key = 'member-4' limit 1)`,
      `insert into read.hours_by_member_v1 (key, row) values ('nobody', '{}')`,
    ];
    for (const change of changes) {
      const before = await live(source, 'hours-by-member');
      await db.pool.query(change);
      expect((await live(source, 'hours-by-member')).hash).not.toBe(before.hash);
    }
    expect(whole.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('of an empty log names its start; of no model at all, says so', async () => {
    const source = testLog();
    await follow(source);
    const line = certificateLine(await live(source, 'hours-by-member'));
    expect(line).toMatch(/^read model hours-by-member, version 1, at the start of the log, hashes to [0-9a-f]{64}$/);
    expect(certificateLine(await fromLog(source.log, models[0]!))).toBe(line);
    await expect(live(source, 'nothing')).rejects.toThrow(NoSuchReadModel);
    await expect(fromLog(source.log, models[0]!, { eventId: 'b3c4e2a0-0000-4000-8000-000000000000' })).rejects.toThrow(NoSuchEvent);
  });

  it('counts each parked event of its own once, waiting or skipped', async () => {
    const source = testLog();
    await source.writeHours(9, 3);
    await follow(source);
    await db.pool.query(
      `create table if not exists read.parked (projection integer, unknown boolean, key text, position text, event_id uuid, type text,
         stream text, revision integer, state text, fault text, attempts integer)`,
    );
    const park = (key: string, event: number, of: string, state: string) =>
      db.pool.query(
        `insert into read.parked (projection, unknown, key, position, event_id, type, stream, revision, state, attempts)
         select id, false, $1, $2, $3, 'TrainingHoursRecorded', 'exchange-1', 0, $4, 1 from read.projection where name = $5`,
        [key, String(event), `b3c4e2a0-0000-4000-8000-00000000000${event}`, state, of],
      );
    await park('ana', 1, 'hours-by-member', 'parked');
    await park('bo', 1, 'hours-by-member', 'parked');
    await park('bo', 2, 'hours-by-member', 'skipped');
    await park('bo', 3, 'days', 'parked');
    expect((await live(source, 'hours-by-member')).parked).toBe(2);
  });

  it('tells parked events in its line', () => {
    const { seal } = sealing({ name: 'risk', version: 3 });
    const line = certificateLine(seal({ eventId: 'e1', ordinal: 7 }, 2));
    expect(line).toMatch(/^read model risk, version 3, at event e1 \(number 7 of the log\), without 2 parked events, hashes to /);
  });
});

describe('the fold in the order of keys', () => {
  it('equals the fold in memory of any prefix, within any budget', async () => {
    const source = testLog();
    await source.writeHours(400, 23);
    const events = await source.events();
    await fc.assert(
      fc.asyncProperty(fc.nat(events.length), fc.integer({ min: 1, max: 20_000 }), fc.boolean(), async (count, budget, first) => {
        const model = models[first ? 0 : 1]!;
        const until = String(count).padStart(20, '0') as Position;
        const rows = [];
        const passes = new Set<number>();
        const onProgress = ({ pass }: { pass: number }): unknown => passes.add(pass);
        for await (const row of foldSorted({ log: source.log, codec: source.codec, model, until, budget, onProgress })) rows.push(row);
        const whole = foldInMemory(model, events.slice(0, count));
        const keys = [...whole.rows.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect(rows.map(({ key }) => key)).toEqual(keys);
        for (const { key, value, evidence } of rows) {
          expect(value).toEqual(whole.rows.get(key));
          expect(evidence).toEqual(whole.evidence.get(key) ?? []);
        }
        if (budget < 100 && rows.length > 1) expect(passes.size).toBeGreaterThan(1);
      }),
      { numRuns: 40 },
    );
  });
});
