import { createServer, type AddressInfo } from 'node:net';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { openPostgres } from './connect';
import { readPostgresSettings } from './settings';

let database: TestDatabase;
beforeAll(async () => (database = await testDatabase()));
afterAll(() => database.drop());

const changed = (change: (url: URL) => void): string => {
  const url = new URL(database.url);
  change(url);
  return url.href;
};
const opening = (url: string): Promise<unknown> => openPostgres({ kind: 'server', url });

const closedPort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

it('prefers DATABASE_URL to a data folder, and has a folder where nothing is given', () => {
  expect(readPostgresSettings({ DATABASE_URL: ' postgres://a/b ', SAVOIRS_DATA: '/x' })).toEqual({ kind: 'server', url: 'postgres://a/b' });
  expect(readPostgresSettings({ DATABASE_URL: '', SAVOIRS_DATA: 'x' }, '/work')).toEqual({ kind: 'embedded', folder: '/work/x' });
  expect(readPostgresSettings({}, '/work')).toEqual({ kind: 'embedded', folder: '/work/.savoirs' });
});

it('opens a server of one’s own, and gives its pools back', async () => {
  const handle = await openPostgres({ kind: 'server', url: database.url });
  const pool = handle.pool();
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await handle.ensureRunning();
  await handle.release();
  await handle.release();
  expect(pool.ended).toBe(true);
});

it('outlives the end of a connection that is lent out: whoever holds it is told at the next statement', async () => {
  const handle = await openPostgres({ kind: 'server', url: database.url });
  const client = await handle.pool().connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const ended = new Promise<void>((resolve) => void client.once('end', () => resolve()));
  await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  await ended;
  await expect(client.query('select 1')).rejects.toThrow();
  client.release(true);
  await handle.release();
});

it('says what is wrong with DATABASE_URL in one sentence, without the password', async () => {
  const port = String(await closedPort());
  const wrong: readonly (readonly [string, string, number])[] = [
    ['not an address', 'bad-database-url', 78],
    ['mysql://user:hidden@localhost/x', 'bad-database-url', 78],
    [changed((url) => (url.port = port)), 'server-unreachable', 75],
    [changed((url) => (url.hostname = 'nowhere.invalid')), 'server-unreachable', 75],
    [changed((url) => (url.password = 'hidden')), 'wrong-credentials', 78],
    [changed((url) => (url.pathname = '/missing')), 'no-such-database', 78],
  ];
  for (const [url, code, exitCode] of wrong) {
    const failure = await opening(url).then(
      () => undefined,
      (fault: unknown) => fault as Error,
    );
    expect(failure).toMatchObject({ code, exitCode });
    expect(failure?.message).not.toContain('hidden');
    expect(failure?.message).not.toContain(new URL(database.url).password);
    expect(failure?.message).toMatch(/^[^\n]+\.$/);
  }
});

it('refuses a database that is not in UTF-8', async () => {
  await database.pool.query(`create database latin encoding 'LATIN1' template template0 locale 'C' locale_provider libc`);
  try {
    await expect(opening(changed((url) => (url.pathname = '/latin')))).rejects.toMatchObject({ code: 'not-utf8', exitCode: 78 });
  } finally {
    await database.pool.query('drop database latin with (force)');
  }
});
