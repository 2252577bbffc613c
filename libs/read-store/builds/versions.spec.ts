import { createBuilds } from './builds';
import { byActiveVersion } from '../by-active-version';
import { compare } from './comparison';
import { compareBuilds, retireExpired, rollBack, verifiedSwitch } from './cut-over';
import { dumpBuild } from '../certificates/dump';
import { dumpFolded, foldInMemory } from '../fold/in-memory-fold';
import { rebuild } from './operations';
import type { AnyReadModel } from '../read-model';
import { NotActive } from '../read-store.port';
import { linesOf } from '../testing/hours-log';
import { first, second, db, store, source, NAME, start, parts, states, stands, operating, withTwoVersions } from './versions.fixture';

withTwoVersions();

const keysOf = async (model: AnyReadModel) =>
  (await store.read([model], (tx, table) => tx.selectFrom(table(model)).select('key').orderBy('key').execute())).result.length;

describe('a new version of a read model', () => {
  it('is built beside the one that serves, compared, and takes over; the former one is kept and follows', async () => {
    await source.writeHours(60, 5);
    await (await start(first)).drain();
    const next = second({});
    const runtime = await start(next);
    expect(await states()).toEqual(['1.1 active', '2.1 building']);
    await expect(keysOf(next)).rejects.toThrow(NotActive);
    expect(await keysOf(first)).toBe(5);
    await runtime.drain();
    expect(await states()).toEqual(['1.1 ready kept', '2.1 active']);
    await source.writeHours(20, 7);
    await runtime.drain();
    expect(await stands(1)).toBe(await stands(2));
    expect(await byActiveVersion([() => keysOf(next), () => keysOf(first)])).toBe(7);
    const oracle = dumpFolded(first, foldInMemory(first, await source.events()));
    expect(await linesOf(dumpBuild(db.pool, { name: NAME, version: 1, build: 1 }))).toEqual(oracle);
  });

  it('lives as the specification says: building, catching up, ready, active, ready again, retired', async () => {
    await source.writeHours(60, 5);
    await (await start(first)).drain();
    await db.pool.query(`create table life (version integer, state text, place serial);
      create function told() returns trigger language plpgsql as $$ begin
        if old.state <> new.state then insert into life values (new.version, new.state); end if; return new; end $$;
      create trigger told before update on read.projection for each row execute function told()`);
    const runtime = await start(second({}), { keepMs: 1 });
    await runtime.drain();
    await new Promise((resolve) => setTimeout(resolve, 10));
    await retireExpired(parts());
    const { rows } = await db.pool.query<{ one: string }>(`select concat(version, ' ', state) as one from life order by place`);
    expect(rows.map(({ one }) => one)).toEqual(['2 catching-up', '2 ready', '1 ready', '2 active', '1 retired']);
  });

  it('is not cleaned by PostgreSQL while nobody reads it, and has its statistics before it serves', async () => {
    const of = async (table: string) =>
      (
        await db.pool.query<{ options: string[] | null; known: boolean }>(
          `select coalesce(c.reloptions, '{}') || coalesce(t.reloptions, '{}') as options, exists (select from pg_statistic s where s.starelid = c.oid) as known
           from pg_class c left join pg_class t on t.oid = c.reltoastrelid where c.oid = $1::regclass`,
          [table],
        )
      ).rows[0];
    await source.writeHours(60, 5);
    await (await start(first)).drain();
    expect(await of('read.hours_by_member_v1')).toEqual({ options: [], known: false });
    const runtime = await start(second({}));
    expect(await of('read.hours_by_member_v2')).toEqual({ options: ['autovacuum_enabled=off', 'autovacuum_enabled=off'], known: false });
    await runtime.drain();
    expect(await states()).toEqual(['1.1 ready kept', '2.1 active']);
    expect(await of('read.hours_by_member_v2')).toEqual({ options: [], known: true });
  });

  it('leaves its read model unserved where the code of the version that serves is gone', async () => {
    await source.writeHours(10, 3);
    await (await start(first)).drain();
    const { previous: _, ...alone } = second({});
    const builds = (model: AnyReadModel) =>
      createBuilds({ pool: db.pool, log: source.log, codec: source.codec, models: [model], keepMs: 1_000 });
    const runtime = await start(alone);
    expect([await builds(alone).unserved(), await builds(second({})).unserved()]).toEqual([[NAME], []]);
    await runtime.drain();
  });

  it('does not take over where rows differ in a way that it does not declare; the report says how, and an operator may insist', async () => {
    await source.writeHours(60, 5);
    await (await start(first)).drain();
    const next = second({}, 1);
    await (await start(next)).drain();
    expect(await states()).toEqual(['1.1 active', '2.1 ready']);
    const report = await compareBuilds(parts(), [next], { name: NAME });
    expect(report).toMatchObject({
      ...{ agrees: false, rows: { from: 5, to: 5 }, onlyFrom: 0, onlyTo: 0, differing: 5, foreign: ['row.longest'], declared: null },
      examples: ['member-0', 'member-1', 'member-2', 'member-3', 'member-4'],
    });
    expect(report.compared).toEqual(['busy', 'minutes', 'nothing', 'sessions', 'row.minutes', 'row.sessions']);
    await expect(verifiedSwitch(parts(), [next], { name: NAME, force: false })).rejects.toMatchObject({ code: 'differs' });
    await verifiedSwitch(parts(), [next], { name: NAME, force: true });
    expect(await states()).toEqual(['1.1 ready kept', '2.1 active']);
  });

  it('takes over where it differs as it declares', async () => {
    await source.writeHours(60, 5);
    await (await start(first)).drain();
    const declared = { fields: ['row.minutes', 'minutes', 'busy'], because: 'breaks count' };
    await (await start(second({ differs: declared }, 1))).drain();
    expect(await states()).toEqual(['1.1 ready kept', '2.1 active']);
  });

  it('misses no row that only one of both has', async () => {
    await source.writeHours(60, 5);
    await (await start(first)).drain();
    const next = second({});
    const runtime = await start(next);
    await db.pool.query(`delete from read.hours_by_member_v1 where key = 'member-3'`);
    await runtime.drain();
    expect(await compareBuilds(parts(), [next], { name: NAME })).toMatchObject({ agrees: false, onlyTo: 1, examples: ['member-3'] });
  });

  it.each([
    ['a field', `row = replace(row, '"minutes":', '"minutes":1')`],
    ['a column', 'minutes = minutes + 1'],
  ])('is compared by what it shares with the former one, a rebuild by all: %s alone may differ', async (_, changed) => {
    await source.writeHours(60, 5);
    await (await start(first)).drain();
    const next = second({});
    await (await start(next)).drain();
    await rebuild(await operating(next), { name: NAME, byHand: true });
    await (await start(next)).drain();
    const [former, active, again] = [
      { name: NAME, version: 1, build: 1 },
      { name: NAME, version: 2, build: 1 },
      { name: NAME, version: 2, build: 2 },
    ] as const;
    const differing = async (from: typeof former | typeof active, to: typeof active | typeof again) =>
      (await compare(db.pool, 'read', { from, to, model: next })).differing;
    expect([await differing(former, active), await differing(active, again)]).toEqual([0, 0]);
    await db.pool.query(`update read.hours_by_member_v1 set ${changed} where key = 'member-2'`);
    await db.pool.query(`update read.hours_by_member_v2 set ${changed} where key in ('member-3', 'member-4')`);
    expect([await differing(former, active), await differing(active, again)]).toEqual([3, 2]);
  });

  it('can be gone back from while the former one is kept, and does not take over again by itself', async () => {
    await source.writeHours(60, 5);
    await (await start(first)).drain();
    const next = second({});
    await (await start(next)).drain();
    expect(await rollBack(parts(), NAME)).toMatchObject({ from: { version: 2 }, to: { version: 1 } });
    await source.writeHours(10, 5);
    await (await start(next)).drain();
    expect(await states()).toEqual(['1.1 active', '2.1 ready kept']);
    expect(await byActiveVersion([() => keysOf(next), () => keysOf(first)])).toBe(5);
  });

  it('lets the former one go, with its table and evidence, when it is no longer kept', async () => {
    await source.writeHours(60, 5);
    await (await start(first)).drain();
    await (await start(second({}), { keepMs: 1 })).drain();
    await new Promise((resolve) => setTimeout(resolve, 10));
    const reading = await db.pool.connect();
    await reading.query('begin; select 1 from read.hours_by_member_v1');
    expect(await retireExpired(parts())).toEqual([]);
    await reading.query('rollback');
    reading.release();
    expect(await retireExpired(parts())).toMatchObject([{ name: NAME, version: 1 }]);
    expect(await states()).toEqual(['1.1 retired', '2.1 active']);
    const left = await db.pool.query(
      `select to_regclass('read.hours_by_member_v1') as old, (select count(distinct projection) from read.evidence)::int as of`,
    );
    expect(left.rows).toEqual([{ old: null, of: 1 }]);
    await expect(rollBack(parts(), NAME)).rejects.toMatchObject({ code: 'nothing-kept' });
  });

  it('never lets a position go back: what stands behind does not take over', async () => {
    await source.writeHours(60, 5);
    await (await start(first)).drain();
    const next = second({}, 1);
    await (await start(next)).drain();
    await db.pool.query(`update read.projection set position = lpad('3', 20, '0') where version = 2`);
    await expect(verifiedSwitch(parts(), [next], { name: NAME, force: true })).rejects.toMatchObject({ code: 'behind' });
  });

  it('is refused by an older Savoirs, which does not know it', async () => {
    await start(second({}));
    await expect(start(first)).rejects.toThrow('stands at a newer version than 1');
  });
});
