import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { otherProcess, type OtherProcess } from '#testing/processes/other-process';
import { openPostgres, type PostgresHandle } from './connect';

const attachFixture = join(__dirname, 'attach.fixture.ts');
const asRoot = process.getuid?.() === 0;
const ifRoot = asRoot ? it : it.skip;

let folder: string;
let opened: PostgresHandle[];
let others: OtherProcess[];
let notices: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'savoirs-embedded-'));
  chmodSync(folder, 0o755);
  [opened, others, notices] = [[], [], []];
});

afterEach(async () => {
  await Promise.all(others.map((other) => other.kill()));
  await Promise.all(opened.map((handle) => handle.release()));
  // a server whose only holder was killed is still there: the next one in and out stops it
  if (serverPid() !== undefined) await (await open()).release();
  rmSync(home(), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

const open = async (): Promise<PostgresHandle> => {
  const handle = await openPostgres(
    { kind: 'embedded', folder, serverOptions: { fsync: 'off' } },
    { notice: (line) => void notices.push(line) },
  );
  opened.push(handle);
  return handle;
};
const startOther = async (): Promise<OtherProcess> => {
  const other = await otherProcess(attachFixture, [folder]);
  others.push(other);
  return other;
};
const home = (): string => {
  const pointer = join(folder, 'postgres', 'location');
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(folder, 'postgres');
};
const serverPid = (): number | undefined => {
  const file = join(home(), 'data', 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
};
const ask = async (handle: PostgresHandle, sql: string): Promise<unknown> => {
  const pool = handle.pool({ max: 1 });
  const { rows } = await pool.query<{ answer: unknown }>(sql);
  await pool.end();
  return rows[0]?.answer;
};

it('makes the folder in UTF-8, with French order at hand, and keeps the password to its owner', async () => {
  const handle = await open();
  expect(await ask(handle, 'select pg_encoding_to_char(encoding) as answer from pg_database where datname = current_database()')).toBe(
    'UTF8',
  );
  expect(
    await ask(handle, `select array_agg(w order by w collate "fr-x-icu") as answer from unnest(array['zèbre', 'été', 'eau']) w`),
  ).toEqual(['eau', 'été', 'zèbre']);
  expect(statSync(join(home(), 'password')).mode & 0o777).toBe(0o600);
  expect(readdirSync(home()).filter((name) => name.startsWith('data'))).toEqual(['data']);
});

it('runs with the settings an erasure relies on (R19)', async () => {
  const handle = await open();
  for (const [name, value] of [
    ['wal_recycle', 'off'],
    ['log_error_verbosity', 'terse'],
    ['synchronous_commit', 'on'],
    ['listen_addresses', '127.0.0.1'],
  ]) {
    expect([name, await ask(handle, `select current_setting('${name}') as answer`)]).toEqual([name, value]);
  }
});

it('has room for a rebuild of millions, in a part of the memory that there is', async () => {
  const handle = await open();
  expect(await ask(handle, `select current_setting('max_wal_size') || ', ' || current_setting('wal_init_zero') as answer`)).toBe(
    '4GB, off',
  );
  const pages = Number(await ask(handle, `select setting as answer from pg_settings where name = 'shared_buffers'`)) / 128;
  expect(pages).toBe(Math.min(Math.max(Math.floor(Math.min(totalmem(), process.constrainedMemory() || Infinity) / 2 ** 24), 128), 1_024));
});

it('starts one server for all who come at once, in this process and others, and the last one out stops it', async () => {
  const [here, again, other] = await Promise.all([open(), open(), startOther()]);
  expect(here.connectionString).toBe(again.connectionString);
  const pid = serverPid();
  await here.release();
  await again.release();
  await again.release();
  expect(serverPid()).toBe(pid);
  expect(await other.leave()).toBe(0);
  expect(serverPid()).toBeUndefined();
});

it('keeps what was written when it stops and starts', async () => {
  const first = await open();
  await ask(first, 'create table kept as select 7 as answer');
  await first.release();
  expect(await ask(await open(), 'select answer from kept')).toBe(7);
});

it('leaves the server of a killed process running, and the next one attaches to it', async () => {
  const other = await startOther();
  const pid = serverPid();
  await other.kill();
  const handle = await open();
  expect(serverPid()).toBe(pid);
  expect(await ask(handle, 'select 1 as answer')).toBe(1);
  await handle.release();
  expect(serverPid()).toBeUndefined();
});

it('starts a killed server again, once for all who ask, and their pools go on', async () => {
  const [handle, neighbour] = await Promise.all([open(), open()]);
  const pool = handle.pool({ max: 2 });
  await pool.query('create table kept as select 7 as answer');
  process.kill(serverPid() ?? 0, 'SIGKILL');
  await Promise.all([handle.ensureRunning(), neighbour.ensureRunning(), handle.ensureRunning()]);
  const { rows } = await pool.query('select answer from kept');
  expect(rows).toEqual([{ answer: 7 }]);
  expect(await ask(neighbour, 'select answer from kept')).toBe(7);
});

it('starts a killed server again when a pool needs a new connection, with nobody asking', async () => {
  const handle = await open();
  const pool = handle.pool({ max: 1, idleTimeoutMillis: 1 });
  await pool.query('select 1');
  process.kill(serverPid() ?? 0, 'SIGKILL');
  await expect(openPoolQuery(pool)).resolves.toEqual([{ answer: 1 }]);
});

/** The connection that died with the server may be handed out once more, and then refuses. */
const openPoolQuery = async (pool: ReturnType<PostgresHandle['pool']>): Promise<unknown> => {
  const ask = async (): Promise<unknown> => (await pool.query('select 1 as answer')).rows;
  return ask().catch(ask);
};

it('does not take a foreign process for its server when a pid is used again after a crash', async () => {
  const handle = await open();
  const dead = serverPid() ?? 0;
  const pidFile = join(home(), 'data', 'postmaster.pid');
  process.kill(dead, 'SIGKILL');
  const lines = readFileSync(pidFile, 'utf8').split('\n');
  writeFileSync(pidFile, [String(process.pid), ...lines.slice(1)].join('\n'));
  await handle.ensureRunning();
  expect(await ask(handle, 'select 1 as answer')).toBe(1);
});

it('forgets a half-made data folder of a killed start', async () => {
  mkdirSync(join(folder, 'postgres', 'data.new-dead'), { recursive: true });
  await open();
  expect(readdirSync(home()).filter((name) => name.startsWith('data'))).toEqual(['data']);
});

it('says so when the folder belongs to another major version of PostgreSQL', async () => {
  await (await open()).release();
  writeFileSync(join(home(), 'data', 'PG_VERSION'), '14\n');
  await expect(open()).rejects.toMatchObject({
    code: 'other-major-version',
    exitCode: 78,
    message: expect.stringContaining('PostgreSQL 14'),
  });
});

it('says so when the data folder is damaged, or is a file', async () => {
  mkdirSync(join(folder, 'postgres', 'data'), { recursive: true });
  await expect(open()).rejects.toMatchObject({ code: 'damaged-folder', exitCode: 65 });
  rmSync(join(folder, 'postgres'), { recursive: true });
  writeFileSync(join(folder, 'postgres'), '');
  await expect(open()).rejects.toMatchObject({ code: 'not-a-folder', exitCode: 78 });
});

ifRoot('lies where its own user can reach it when root’s folder is closed, says where in one line, and is found again', async () => {
  chmodSync(folder, 0o700);
  const handle = await open();
  expect(notices).toEqual([`Running as root: the database lies in ${home()}, as its user cannot reach ${join(folder, 'postgres')}.`]);
  await ask(handle, 'create table kept as select 7 as answer');
  await handle.release();
  expect(await ask(await open(), 'select answer from kept')).toBe(7);
  expect(notices).toHaveLength(1);
});
