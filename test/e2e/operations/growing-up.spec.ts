import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant, StreamName } from '#kernel/id';
import { demoClock } from '#apps/demo/demo-clock';
import { playDemo } from '#apps/demo/play-demo';
import { openInstallation, type Installation } from '#apps/installation/installation';
import { readSettings } from '#apps/installation/settings';
import { copyLog } from '#event-store/copy/log-copy';
import { START } from '#event-store/log.port';
import { renamedPlaces } from '#event-store/copy/renamed-places';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-log';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { readModels } from '#projections/read-models';
import { adoptLog, placesOfProcesses } from '#read-store/checkpoints/adopt-log';
import { dumpReadModels } from '#read-store/certificates/dump';
import { READ_SCHEMA } from '#read-store/tables/table-names';
import { collected, dumpBesides } from '#test/checks/runner/differences';
import { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import { testDatabase, type TestDatabase } from '#testing/test-database';

jest.setTimeout(180_000);

const { signal } = new AbortController();

describe('an installation that outgrows one machine', () => {
  let database: TestDatabase;
  let double: EventStoreDbDouble;
  let folder: string;
  beforeAll(async () => {
    [database, double] = [await testDatabase(), await EventStoreDbDouble.start()];
    folder = mkdtempSync(join(tmpdir(), 'savoirs-e2e-'));
  });
  afterAll(async () => {
    await Promise.all([database.drop(), double.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const clock = demoClock();
  const opening = (more: Record<string, string> = {}): Promise<Installation> =>
    openInstallation(readSettings({ DATABASE_URL: database.url, SAVOIRS_DATA: folder, ...more }), {
      clock,
      cacheMs: 0,
      warn: () => undefined,
    });
  const everything = async ({ pool }: Installation): Promise<readonly string[]> => [
    ...(await collected(dumpReadModels(pool, readModels))),
    ...(await dumpBesides(pool, READ_SCHEMA)),
  ];

  it('finds everything again on a copied log: read models, processes, what these parked, due times and texts, and orders nothing twice (R22, cases 6 and 47)', async () => {
    const before = await opening();
    await playDemo(before, { members: 12, months: 1, seed: 1, until: '2026-11-01T00:00:00.000Z' as Instant, signal });
    await before.pool.query(
      `insert into read.parked (projection, unknown, key, position, event_id, type, stream, revision, fault, attempts)
       select p.id, false, 'a key', lpad(e.position::text, 20, '0'), e.event_id, e.type, e.stream, e.revision, 'RangeError', 1
       from log.events e, read.projection p where e.position in (3, 4) and p.name = 'process/offer-reviews'
       union all select id, false, 'a key', '00000000000000000003', gen_random_uuid(), '', '', 0, null, 0 from read.projection where name = 'risk'`,
    );
    const rows = await everything(before);
    const target = await EventStoreDbLog.open(double.url);
    const { appended } = await copyLog({ source: before.log, target, pace: 'one-by-one', signal });
    const end = await target.head();
    await Promise.all([target.close(), before.close()]);

    const after = await opening({ EVENTSTORE_URL: double.url });
    await expect(after.startRuntime({ mode: 'driven' })).rejects.toMatchObject({
      exitCode: 78,
      message: expect.stringContaining(
        'was built from another log: where this one is its copy, stop every program and run "savoirs log adopt"',
      ),
    });
    const former = await PostgresLog.open(database.url);
    const [from, to] = [await former.logId(), await after.log.logId()];
    await expect(placesOfProcesses(after.pool, to)).rejects.toThrow('were not made from the log that is left');
    const places = await placesOfProcesses(after.pool, from);
    await adoptLog(after.pool, { from, to, places: await renamedPlaces({ source: former, target: after.log, places, signal }) });
    await former.close();
    const at = await after.pool.query<{ position: string }>(`select distinct position from read.projection where name like 'process/%'`);
    expect(at.rows).toEqual([{ position: end }]);
    const { rows: parked } = await after.pool.query<{ position: string; stream: string; revision: number }>(
      `select position, stream, revision from read.parked where state = 'parked' order by position`,
    );
    expect(parked).toHaveLength(2);
    for (const { position, stream, revision } of parked)
      for await (const event of after.log.readStream(stream as StreamName, { from: revision, limit: 1 }))
        expect(event.position).toBe(position);
    const runtime = await after.startRuntime({ mode: 'driven' });
    await runtime.drain();
    expect(appended).toBeGreaterThan(100);
    expect(await after.log.head()).toBe(end);
    expect(await everything(after)).toEqual(rows);
    for await (const { eventId } of after.log.readAll({ after: START, limit: 1 }))
      expect(await after.log.find?.([eventId])).toMatchObject([{ eventId }]);
    await runtime.stop();
    await after.close();
  });
});
