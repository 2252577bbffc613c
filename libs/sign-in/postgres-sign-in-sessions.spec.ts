import { randomBytes } from 'node:crypto';
import type { Instant } from '#kernel/id';
import { testDatabase } from '#testing/test-database';
import { postgresSignInSessions } from './postgres-sign-in-sessions';
import { sealing } from './sealing';

const MINUTE = 60_000;
const START = Date.parse('2026-03-02T08:00:00Z');

describe('sessions of who is signed in', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let now = START;
  const clock = { now: () => new Date(now).toISOString() as Instant };
  const secret = randomBytes(32);
  const opened = (by: Uint8Array = secret) => postgresSignInSessions(database.pool, sealing(by), clock);

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(async () => await database?.drop());
  beforeEach(() => {
    now = START;
  });

  it('are made once, however many programs start', async () => {
    await expect(Promise.all(Array.from({ length: 8 }, () => opened()))).resolves.toHaveLength(8);
  });

  it('open with their id and our secret, with neither alone', async () => {
    const sessions = await opened();
    const { id } = await sessions.begin('who');
    expect(await sessions.find(id)).toMatchObject({ content: 'who', isStale: false });
    expect(await sessions.find(`${id}A`)).toBeNull();
    expect(await (await opened(randomBytes(32))).find(id)).toBeNull();
    await sessions.end(id);
    expect(await sessions.find(id)).toBeNull();
  });

  it('are asked anew by one alone, and by another one where the first never came back', async () => {
    const [one, other] = [await opened(), await opened()];
    const { id } = await one.begin('who');
    now += 15 * MINUTE - 1;
    expect([(await one.find(id))?.isStale, await one.claim(id)]).toEqual([false, false]);
    now += 1;
    expect((await one.find(id))?.isStale).toBe(true);
    const claims = await Promise.all([one, other, one, other].map((sessions) => sessions.claim(id)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect((await other.find(id))?.isStale).toBe(false);
    now += MINUTE;
    expect(await other.claim(id)).toBe(true);
    await other.replace(id, 'who by now');
    now += MINUTE;
    expect(await one.find(id)).toMatchObject({ content: 'who by now', isStale: false });
  });

  it('go from the table once they have ended, at the latest when another one begins', async () => {
    const sessions = await opened();
    await sessions.begin('who');
    now += 8 * 60 * MINUTE;
    await sessions.begin('another');
    expect((await database.pool.query('select from sign_in.session')).rowCount).toBe(1);
  });
});

describe('what a browser keeps for us', () => {
  const { seal, open } = sealing(randomBytes(32));

  it('opens unaltered alone', () => {
    const sealed = seal('Élise', 'by');
    expect(open(sealed, 'by')).toBe('Élise');
    expect(open(sealed, 'by another')).toBeNull();
    expect(open(sealed.subarray(1), 'by')).toBeNull();
    expect(open(Buffer.alloc(0), 'by')).toBeNull();
    for (let at = 0; at < sealed.length; at++) {
      const altered = Buffer.from(sealed);
      altered[at]! ^= 1;
      expect(open(altered, 'by')).toBeNull();
    }
  });

  it('looks otherwise each time', () => {
    expect(seal('who', 'by').equals(seal('who', 'by'))).toBe(false);
  });
});
