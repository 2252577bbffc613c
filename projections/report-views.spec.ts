import { Pool } from 'pg';
import type { Instant } from '#kernel/id';
import { createCodec } from '#event-store/codec/codec';
import { MemoryLog } from '#event-store/memory/memory-log';
import { memoryKeys } from '#keys/memory-keys';
import { createBuilds, type Builds } from '#read-store/builds/builds';
import { createReadStore } from '#read-store/query/postgres-read-store';
import { prepareReportViews, refreshReportViews, REPORT_ROLE } from '#read-store/reporting-views/report-views';
import { startRuntime } from '#read-store/subscriptions/runtime';
import { eventExamples, exampleMeta } from '#testing/event-examples';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { readModels } from './read-models';
import { reportViews } from './report-views';
import { TrainingHoursByMonth, TrainingHoursByMonthHandler } from './training-hours/training-hours.queries';

const clock = { now: () => '2026-06-01T00:00:00.000Z' as Instant };

/** The promise: a name or a type that changes here breaks reports that others have built. */
const PROMISED = {
  training_hours_by_month: 'network_id text, month text, learner_minutes bigint, giver_minutes bigint, minutes_outside_hours bigint',
  match_queue_by_reason: 'network_id text, kind text, reason text, waiting bigint, overdue bigint, oldest_since text',
  directory_by_topic: 'network_id text, topic_uri text, offers bigint, requests bigint, requests_matched bigint',
  exchanges_by_month: 'network_id text, month text, agreed bigint, running bigint, held bigint, ended_unheld bigint',
};

const LATER = { now: '2999-01-01T00:00:00.000Z' as Instant, toTheDay: false };

describe('the reporting views', () => {
  let db: TestDatabase;
  let log: MemoryLog;
  let builds: Builds;
  const codec = createCodec(memoryKeys());
  const onSwitch = async (client: Parameters<typeof refreshReportViews>[0]): Promise<void> =>
    void (await refreshReportViews(client, reportViews));
  const said: string[] = [];
  const prepare = (): Promise<void> => prepareReportViews({ pool: db.pool, views: reportViews, warn: (sentence) => said.push(sentence) });

  const write = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) {
      const types = [
        'MemberEnrolled',
        'OfferPublished',
        'RequestPublished',
        'ExchangeAgreed',
        'ExchangeHeld',
        'TrainingHoursRecorded',
        'MatchProposed',
        'MatchOpened',
      ] as const;
      for (const type of types) {
        const number = Number(await log.head()) + 1;
        // Who asks is a member, too.
        const enters = type === 'MemberEnrolled' && n > 0 ? { memberId: eventExamples.RequestPublished.memberId } : {};
        const event = { type, data: { ...eventExamples[type], ...enters } } as Parameters<typeof codec.encode>[0]['event'];
        const meta = exampleMeta(number, { stream: `${type}-${number}` as never });
        await log.append(meta.stream, 'any', [await codec.encode({ event, meta })]);
      }
    }
  };
  const follow = async (): Promise<void> => {
    const runtime = await startRuntime({ log, codec, pool: db.pool, readModels, processes: [], clock, mode: 'driven', onSwitch });
    await runtime.drain();
    await runtime.stop();
  };
  const rows = async (view: string) =>
    (await db.pool.query(`select * from report.${view} order by 1, 2`)).rows as readonly Record<string, unknown>[];

  beforeEach(async () => {
    db = await testDatabase();
    log = new MemoryLog();
    said.length = 0;
    builds = createBuilds({ pool: db.pool, log, codec, models: readModels, keepMs: 60_000, onSwitch });
    await write(3);
    await follow();
    await prepare();
  });
  afterEach(() => db.drop());

  it('keep their names, columns and types, each with its meaning', async () => {
    const { rows: columns } = await db.pool.query<{ view: string; columns: string; untold: string }>(
      `select c.relname as view, string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum) as columns,
         count(*) filter (where coalesce(col_description(c.oid, a.attnum), '') = '' or coalesce(obj_description(c.oid), '') = '') as untold
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
       where c.relnamespace = 'report'::regnamespace group by 1`,
    );
    expect(Object.fromEntries(columns.map((one) => [one.view, one.columns]))).toEqual(PROMISED);
    expect(columns.filter(({ untold }) => untold !== '0')).toEqual([]);
  });

  it('have a query for every version of their read model that may serve', () => {
    for (const view of reportViews) {
      const model = readModels.find(({ projection }) => projection.name === view.of);
      for (let one = model; one; one = one.previous)
        expect([view.name, view.queries[one.projection.version]]).toEqual([view.name, expect.any(Function)]);
      expect(model).toBeDefined();
    }
  });

  it('say of hours what the query says', async () => {
    const [row, ...more] = await rows('training_hours_by_month');
    const store = createReadStore(db.pool);
    const asked = new TrainingHoursByMonth(String(row!['network_id']), { from: '1970-01-01', to: '9999-12-31' }, LATER);
    const { months } = await new TrainingHoursByMonthHandler(store).execute(asked);
    expect([
      more,
      [row].map((one) => [
        one!['month'],
        Number(one!['learner_minutes']),
        Number(one!['giver_minutes']),
        Number(one!['minutes_outside_hours']),
      ]),
    ]).toEqual([
      [],
      months.map(({ month, learnerMinutes, giverMinutes, minutesOutside }) => [month, learnerMinutes, giverMinutes, minutesOutside]),
    ]);
    expect(months.length).toBe(1);
  });

  it('count offers, requests and exchanges', async () => {
    expect(await rows('directory_by_topic')).toEqual([
      expect.objectContaining({ topic_uri: 'https://example.org/topics/pivot-tables', offers: '1', requests: '0', requests_matched: '0' }),
      expect.objectContaining({ topic_uri: null, offers: '0', requests: '1', requests_matched: '0' }),
    ]);
    expect(await rows('exchanges_by_month')).toEqual([
      expect.objectContaining({ agreed: '1', running: '0', held: '1', ended_unheld: '0' }),
    ]);
  });

  it('count what waits now on the way to an exchange, and nothing of evaluations', async () => {
    const waits = [
      { who: 'ana', why: 'answer-match', since: '2026-01-02', from: '2026-01-02', until: '2026-01-16' },
      { who: 'bo', why: 'answer-match', since: '2026-01-01', from: '2026-01-01', until: '2999-01-01' },
      { who: 'bo', why: 'plan-connection', since: '2026-01-01', from: '2999-01-01', until: null },
      { who: 'bo', why: 'evaluate', since: '2026-01-01', from: '2026-01-01', until: '2026-01-02' },
      { who: 'facilitator', why: 'settle-dispute', since: '2026-01-01', from: '2026-01-01', until: null },
    ];
    const row = JSON.stringify({ kind: 'match', waits });
    await db.pool.query(`insert into read.match_queue_v5 (key, row, network_id, kind) values ('m', $1, 'lyon', 'match')`, [row]);
    expect(await rows('match_queue_by_reason')).toEqual([
      { network_id: 'lyon', kind: 'match', reason: 'answer-match', waiting: '2', overdue: '1', oldest_since: '2026-01-01' },
    ]);
  });

  it('follow the active build across a rebuild, a switch and a rollback; the former tables can go', async () => {
    const before = await rows('training_hours_by_month');
    await builds.rebuild({ name: 'training-hours', byHand: false }).run();
    await follow();
    const tables = await db.pool.query(`select build from read.projection where name = 'training-hours' and state = 'active'`);
    expect(tables.rows).toEqual([{ build: 2 }]);
    await db.pool.query(`update read.training_hours_v2 set minutes = minutes + 1000 where kind = 'hours'`);
    expect(await rows('training_hours_by_month')).toEqual(before);
    await builds.rollBack('training-hours').run();
    expect(await rows('training_hours_by_month')).not.toEqual(before);
    await builds.stop({ name: 'training-hours', build: 2 }).run();
    expect((await rows('training_hours_by_month')).length).toBe(1);
  });

  it('hold a switch back while a report is read, which is tried again, and never the report', async () => {
    await builds.rebuild({ name: 'training-hours', byHand: true }).run();
    await follow();
    await builds.compare({ name: 'training-hours' });
    const reader = await db.pool.connect();
    await reader.query('begin');
    await reader.query('select * from report.training_hours_by_month');
    const change = builds.switch({ name: 'training-hours', force: false });
    await expect(change.run()).rejects.toMatchObject({ code: 'in-use' });
    expect((await reader.query('select * from report.training_hours_by_month')).rowCount).toBe(1);
    await reader.query('commit');
    reader.release();
    expect(await change.run()).toMatchObject({ to: { build: 2 } });
  });

  it('are all that their role may read', async () => {
    const user = `report_reader_${process.pid}_${Date.now()}`;
    await db.pool.query(`create role ${user} login password 'x' in role ${REPORT_ROLE}`);
    const url = new URL(db.url);
    [url.username, url.password] = [user, 'x'];
    const pool = new Pool({ connectionString: url.href, max: 1 });
    // the database is dropped while the connection may still be closing
    pool.on('connect', (client) => client.on('error', () => undefined));
    try {
      for (const { name } of reportViews) await expect(pool.query(`select * from report.${name}`)).resolves.toBeDefined();
      for (const table of ['read.personal_text', 'read.exchange_history_v3', 'read.directory_v3', 'read.projection'])
        await expect(pool.query(`select * from ${table}`)).rejects.toThrow(/permission denied/);
      await expect(pool.query('create view report.own as select 1')).rejects.toThrow(/permission denied/);
    } finally {
      await pool.end();
      await db.pool.query(`drop role ${user}`);
    }
  });

  it('are made again where one was dropped, and are left alone where nothing changed', async () => {
    await db.pool.query('drop view report.exchanges_by_month');
    await prepare();
    expect((await rows('exchanges_by_month')).length).toBe(1);
    const xmin = async () =>
      (await db.pool.query(`select xmin::text from pg_class where relnamespace = 'report'::regnamespace order by relname`)).rows;
    const before = await xmin();
    await prepare();
    expect([await xmin(), said]).toEqual([before, []]);
  });

  it('tell nothing of a person and nothing of an evaluation', async () => {
    const all = JSON.stringify(await Promise.all(reportViews.map(({ name }) => rows(name))));
    expect(all).not.toContain('member-');
    expect(all).not.toMatch(/evaluat|dispute|incident|[@#]/i);
  });
});
