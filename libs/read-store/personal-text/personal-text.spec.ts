import type { StreamName } from '#kernel/id';
import { offerContent } from '#testing/content';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { ana, bo } from '#testing/people';
import { lyon } from '#testing/network-facts';
import { clearTexts } from './postgres-clear-texts';
import { createReadStore } from '../query/postgres-read-store';
import { startRuntime, type Runtime } from '../subscriptions/runtime';
import { testClock, testLog, type TestLog } from '../testing/hours-log';

let db: TestDatabase;

beforeEach(async () => {
  db = await testDatabase();
});
afterEach(() => db.drop());

const start = (from: TestLog): Promise<Runtime> =>
  startRuntime({ log: from.log, codec: from.codec, pool: db.pool, readModels: [], processes: [], clock: testClock(), mode: 'driven' });

const EXCHANGE = 'exchange-exchange-1' as StreamName;

const written = async (): Promise<TestLog> => {
  const source = testLog();
  await source.write('MembershipRequested', `member-${ana}`, { memberId: ana });
  await source.write('ExchangeAgreed', EXCHANGE);
  await source.write('EvaluationSubmitted', EXCHANGE, { memberId: bo, role: 'learner' });
  await source.write('EvaluationSubmitted', 'exchange-exchange-2', { memberId: bo, role: 'learner' });
  await source.write('OfferPublished', 'offer-offer-1');
  return source;
};

const texts = async (): Promise<readonly { owner: string; stream: string; type: string }[]> =>
  (await db.pool.query('select owner, stream, type from read.personal_text order by type, path, stream')).rows;

const destroyKeys = async (source: TestLog): Promise<void> => {
  await source.keys.eraseMember(lyon, ana);
  await source.keys.eraseStreams(lyon, [EXCHANGE]);
};
const erased = { network: lyon, members: [ana], streams: [EXCHANGE] };

/** Every byte of the table, its indexes and its TOAST, as the server's files hold them. */
const bytesHold = async (word: string): Promise<boolean> => {
  const { rows } = await db.pool.query<{ there: boolean }>(
    `select bool_or(position(convert_to($1, 'UTF8') in pg_read_binary_file(pg_relation_filepath(c.oid))) > 0) as there
     from pg_class c where c.oid = 'read.personal_text'::regclass or c.oid in (select indexrelid from pg_index where indrelid = 'read.personal_text'::regclass)
     or c.oid = 'pg_statistic'::regclass`,
    [word],
  );
  return rows[0]!.there;
};

const PTERODACTYLS = ['Pterodactyles', 'pterodactyles', 'pterodactyl', 'ptrodactyles'];

describe('personal texts', () => {
  it('lie in one table, in clear, found by reference; by word only what somebody offers or seeks, and what members are called (R19, case 44)', async () => {
    const source = await written();
    await (await start(source)).drain();
    const [event] = (await source.events()).filter(({ type }) => type === 'EvaluationSubmitted');
    const comment = (event as Extract<typeof event, { type: 'EvaluationSubmitted' }>).data.form.comment as { ref: string };
    const store = createReadStore(db.pool);
    expect(await store.texts([comment.ref, 'unknown#/x'])).toEqual(new Map([[comment.ref, 'Très clair, merci Ana']]));
    const { rows } = await db.pool.query<{ path: string }>('select path from read.personal_text where words is not null order by path');
    const formalised = ['/content', '/offers/0/content', '/requests/0/content'];
    const searched = [...formalised.flatMap((of) => [`${of}/topic/text`, `${of}/wording`]), '/profile/name'].sort();
    expect(rows.map(({ path }) => path)).toEqual(searched);
    const found = await db.pool.query(`select 1 from read.personal_text where forms @@ to_tsquery('french', 'tableau')`);
    expect(found.rowCount).toBeGreaterThan(0);
  });

  it('keep no statistics, so that no copy of a text outlives it (R19)', async () => {
    await (await start(await written())).drain();
    await db.pool.query('analyze read.personal_text');
    const { rows } = await db.pool.query(
      `select a.attname from pg_statistic s join pg_attribute a on a.attrelid = s.starelid and a.attnum = s.staattnum
       where s.starelid in (select 'read.personal_text'::regclass union select indexrelid from pg_index where indrelid = 'read.personal_text'::regclass)`,
    );
    expect(rows.map(({ attname }) => attname)).not.toContain('text');
    for (const kept of ['words', 'forms', 'slips']) expect(rows.map(({ attname }) => attname)).not.toContain(kept);
    expect(rows.length).toBeGreaterThan(0);
  });

  it('go with their owner’s erasure, and others’ comments in that member’s exchanges with their keys (R19)', async () => {
    const source = await written();
    await (await start(source)).drain();
    expect((await texts()).some(({ owner }) => owner === ana)).toBe(true);
    await destroyKeys(source);
    await clearTexts(db.pool).erase(erased);
    const left = await texts();
    expect(left.filter(({ owner, stream }) => owner === ana || stream === EXCHANGE)).toEqual([]);
    expect(left.filter(({ type }) => type === 'EvaluationSubmitted')).toEqual([
      { owner: bo, stream: 'exchange-exchange-2', type: 'EvaluationSubmitted' },
    ]);
  });

  it('do not come back by a write that was under way: it is made anew, without their keys (R19, case 28)', async () => {
    const source = await written();
    let decoded = 0;
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const slow: TestLog = {
      ...source,
      codec: {
        ...source.codec,
        personalTexts: async (event) => {
          const found = await source.codec.personalTexts(event);
          decoded += 1;
          await held;
          return found;
        },
      },
    };
    const draining = (await start(slow)).drain();
    while (decoded < 5) await new Promise((resolve) => setTimeout(resolve, 5));
    await destroyKeys(source);
    await clearTexts(db.pool).erase(erased);
    goOn();
    await draining;
    expect((await texts()).map(({ stream }) => stream)).toEqual(['exchange-exchange-2']);
  });

  it('are in no file of the table after an erasure, and a crash before the rewrite leaves it to the next attempt (R19)', async () => {
    const source = await written();
    await source.write('MemberLeft', `member-${ana}`, { memberId: ana, reason: 'Quetzalcoatlus' });
    // found by its words, its stem and its slips, in the table and in three indexes
    await source.write('OfferPublished', 'offer-offer-2', { memberId: ana, content: offerContent({ wording: 'Pterodactyles' }) });
    await (await start(source)).drain();
    await db.pool.query('checkpoint');
    for (const word of ['Quetzalcoatlus', ...PTERODACTYLS]) expect(await bytesHold(word)).toBe(true);
    await destroyKeys(source);
    await clearTexts(db.pool).erase(erased);
    expect(await bytesHold('Quetzalcoatlus')).toBe(true);
    expect(await clearTexts(db.pool).scrub()).toBe(true);
    for (const word of ['Quetzalcoatlus', ...PTERODACTYLS]) expect(await bytesHold(word)).toBe(false);
    expect((await db.pool.query('select 1 from read.scrub')).rowCount).toBe(0);
  });

  it('are not rewritten while somebody sees the older state, whom a rewrite would keep them for (R19, case 29)', async () => {
    const source = await written();
    await source.write('MemberLeft', `member-${ana}`, { memberId: ana, reason: 'Quetzalcoatlus' });
    await (await start(source)).drain();
    const reader = await db.pool.connect();
    await reader.query('begin isolation level repeatable read; select 1');
    await destroyKeys(source);
    await clearTexts(db.pool).erase(erased);
    expect(await clearTexts(db.pool).scrub()).toBe(false);
    await reader.query('commit');
    reader.release();
    expect(await clearTexts(db.pool).scrub()).toBe(true);
    expect(await bytesHold('Quetzalcoatlus')).toBe(false);
  });

  it('nor while somebody writes in another database of the same server: a rewrite sees what was there when they began (R19)', async () => {
    const source = await written();
    await source.write('MemberLeft', `member-${ana}`, { memberId: ana, reason: 'Quetzalcoatlus' });
    await (await start(source)).drain();
    const elsewhere = await testDatabase();
    const writer = await elsewhere.pool.connect();
    await writer.query('begin; select pg_current_xact_id()');
    await destroyKeys(source);
    await clearTexts(db.pool).erase(erased);
    expect(await clearTexts(db.pool).scrub()).toBe(false);
    await writer.query('commit');
    writer.release();
    await elsewhere.drop();
    expect(await clearTexts(db.pool).scrub()).toBe(true);
    expect(await bytesHold('Quetzalcoatlus')).toBe(false);
  });

  it('of many erasures at once are rewritten once for all (R19)', async () => {
    const source = await written();
    await (await start(source)).drain();
    await destroyKeys(source);
    await clearTexts(db.pool).erase(erased);
    expect(await Promise.all([1, 2, 3].map(() => clearTexts(db.pool).scrub()))).toEqual([true, true, true]);
    expect((await db.pool.query('select 1 from read.scrub')).rowCount).toBe(0);
  });
});
