import { randomBytes } from 'node:crypto';
import type { Instant } from '#kernel/id';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { keysContract } from './keys.contract';
import { KeysProblem } from './keys-problem';
import { postgresKeys } from './postgres-keys';

const masterKey = randomBytes(32);
const SECONDS = 1000;
let db: TestDatabase;
let elapsed = 0;
const clock = { now: () => new Date(Date.UTC(2026, 2, 2) + elapsed).toISOString() as Instant };
const open = (key: Uint8Array = masterKey) => postgresKeys({ pool: db.pool, masterKey: key, clock });

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());
beforeEach(() => db.pool.query('drop schema if exists keys cascade'));

keysContract('PostgreSQL', () => open());

const ana = { network: 'lyon', member: 'ana', stream: null };
const anaHere = { ...ana, stream: 'exchange-1' };

describe('keys in PostgreSQL', () => {
  it('are there after a restart, by the same master key', async () => {
    const made = await (await open()).sealing(anaHere);
    expect(await (await open()).opening(made.keyId)).toEqual(made);
  });

  it('agree on one key and one id between processes that start at once', async () => {
    const processes = await Promise.all(Array.from({ length: 6 }, () => open()));
    const made = await Promise.all(processes.map((keys) => keys.sealing(anaHere)));
    const ids = await Promise.all(processes.map((keys, index) => keys.register('lyon', 'subject', `id-${index}`)));
    expect([new Set(made.map(({ keyId }) => keyId)).size, new Set(ids).size]).toEqual([1, 1]);
  });

  it('lie wrapped: a stream’s key by the member’s, which alone the master key opens (R19)', async () => {
    const keys = await open();
    const secrets = [(await keys.sealing(ana)).secret, (await keys.sealing(anaHere)).secret];
    const { rows } = await db.pool.query<{ wrapped: Buffer }>('select wrapped from keys.data_key');
    for (const { wrapped } of rows) for (const secret of secrets) expect(wrapped.includes(Buffer.from(secret))).toBe(false);
    await db.pool.query('update keys.data_key set wrapped = null, erased_at = now() where stream is null');
    const { keyId } = await keys.sealing(anaHere);
    expect(await (await open()).opening(keyId)).toBe('erased');
  });

  it('do not open in another row, or altered', async () => {
    const { keyId } = await (await open()).sealing(ana);
    await db.pool.query("update keys.data_key set member = 'bo'");
    await expect((await open()).opening(keyId)).rejects.toThrow('does not open');
    await db.pool.query("update keys.data_key set member = 'ana', wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1)");
    await expect((await open()).opening(keyId)).rejects.toThrow('does not open');
  });

  it('are cached for a minute at most: so long may another process’s erasure go unseen', async () => {
    const [here, there] = [await open(), await open()];
    const made = await here.sealing(anaHere);
    await here.opening(made.keyId);
    await there.eraseMember('lyon', 'ana');
    elapsed += 59 * SECONDS;
    expect(await here.opening(made.keyId)).toEqual(made);
    elapsed += 1 * SECONDS;
    expect(await here.opening(made.keyId)).toBe('erased');
    await expect(here.sealing(anaHere)).rejects.toThrow('erased');
  });

  it('keep no statistics of keys and links: those would outlive an erasure (R19)', async () => {
    const keys = await open();
    for (const name of ['ana', 'bo', 'cleo', 'dia']) await keys.register('lyon', `subject of ${name}`, name);
    await db.pool.query('analyze keys.data_key, keys.identity');
    const { rows } = await db.pool.query<{ column: string }>(
      `select a.attrelid::regclass || '.' || a.attname as column from pg_statistic s join pg_attribute a on a.attrelid = s.starelid and a.attnum = s.staattnum
       where s.starelid in ('keys.data_key'::regclass, 'keys.identity'::regclass)`,
    );
    const kept = rows.map(({ column }) => column);
    expect(kept).toContain('keys.data_key.member');
    for (const secret of ['keys.data_key.wrapped', 'keys.identity.subject_hash']) expect(kept).not.toContain(secret);
  });

  it('hold no subject in clear anywhere', async () => {
    const keys = await open();
    await keys.register('lyon', 'subject-of-ana', 'ana');
    await keys.register('lille', 'subject-of-ana', 'ana');
    const { rows } = await db.pool.query<{ hash: string; text: string }>(
      "select encode(subject_hash, 'hex') as hash, identity::text as text from keys.identity",
    );
    expect(new Set(rows.map(({ hash }) => hash)).size).toBe(2);
    expect(rows.map(({ text }) => text).join()).not.toContain('subject-of-ana');
  });

  it('write the identity and the member’s key together or not at all', async () => {
    const keys = await open();
    await keys.eraseMember('lyon', 'ana');
    await expect(keys.register('lyon', 'subject-of-ana', 'ana')).rejects.toThrow('erased');
    expect(await keys.find('lyon', 'subject-of-ana')).toBeNull();
  });
});

describe('starting', () => {
  it('with another master key is refused with one sentence', async () => {
    await open();
    await expect(open(randomBytes(32))).rejects.toThrow(
      new KeysProblem('This master key is not the one that the database’s keys are wrapped by: give that one as SAVOIRS_MASTER_KEY.'),
    );
    await open();
  });

  it('on the tables of a newer Savoirs is refused with one sentence', async () => {
    await open();
    await db.pool.query('insert into keys.step values (99)');
    await expect(open()).rejects.toThrow('newer Savoirs (step 99');
  });

  it('says nothing of the master key in its fingerprint', async () => {
    await open();
    const { rows } = await db.pool.query<{ found: string }>('select master_fingerprint as found from keys.installation');
    expect(rows[0]?.found).toMatch(/^[0-9a-f]{32}$/);
    expect(masterKey.toString('hex')).not.toContain(rows[0]?.found);
  });
});
