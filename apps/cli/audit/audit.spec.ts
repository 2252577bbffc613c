import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillLog, rootOf, sampleEvents } from '#audit/filled-log.fixture';
import { openCheckpoint } from '#audit/notes/checkpoint';
import { readVerifierKey } from '#audit/notes/note-key';
import { anEvent } from '#event-store/contract/subject';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import type { StreamName } from '#kernel/id';
import { runSource } from '#testing/processes/other-process';
import { testDatabase, type TestDatabase } from '#testing/test-database';

// each command is a process of its own
jest.setTimeout(300_000);

const EXCHANGE = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('savoirs audit', () => {
  let home: TestDatabase;
  let folder: string;
  let log: PostgresLog;
  beforeAll(async () => {
    [home, folder] = [await testDatabase(), mkdtempSync(join(tmpdir(), 'savoirs-audit-'))];
    log = await PostgresLog.open(home.url);
  });
  afterAll(async () => {
    await log.close();
    await home.drop();
    rmSync(folder, { recursive: true });
  });

  const savoirs = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
    new Promise((resolve) => {
      const { PATH = '' } = process.env;
      const own = { PATH, DATABASE_URL: home.url, SAVOIRS_DATA: folder, SAVOIRS_MASTER_KEY: MASTER_KEY };
      const child = spawn(process.execPath, runSource(join(__dirname, '../main.ts'), 'audit', ...args), { env: { ...own, ...env } });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (chunk) => (stdout += String(chunk)));
      child.stderr.on('data', (chunk) => (stderr += String(chunk)));
      child.once('close', (code) => resolve({ code, stdout, stderr }));
    });

  it('signs nothing of an empty log, and says so with code 65', async () => {
    expect(await savoirs(['checkpoint'])).toMatchObject({ code: 65, stdout: '', stderr: expect.stringContaining('holds no event yet') });
    expect(await savoirs(['checkpoint', '--last'])).toMatchObject({ code: 65, stderr: expect.stringContaining('Nothing was signed yet') });
  });

  it('signs the log as it is, by a key that it tells, under a name that follows from the key', async () => {
    await fillLog(log, sampleEvents(30));
    const apart = join(folder, 'apart');
    const signed = await savoirs(['checkpoint'], { SAVOIRS_AUDIT_FOLDER: apart });
    const key = readVerifierKey((await savoirs(['key'])).stdout.trim());
    expect(openCheckpoint(signed.stdout, key)).toMatchObject({ origin: key.name, size: 30, root: await rootOf(log) });
    expect([signed.code, signed.stderr, existsSync(join(apart, 'checkpoints/30'))]).toEqual([0, '', true]);
    expect(await savoirs(['checkpoint', '--last'])).toMatchObject({ code: 0, stdout: signed.stdout });
    const own = await savoirs(['key'], {
      SAVOIRS_AUDIT_KEY: Buffer.alloc(32, 9).toString('base64'),
      SAVOIRS_AUDIT_ORIGIN: 'a.example/log',
    });
    expect(own.stdout).toMatch(/^a\.example\/log\+/);
  });

  it('writes the tree as files for a web server, and finds nothing where nothing was altered', async () => {
    const tiles = join(folder, 'tiles');
    expect(await savoirs(['tiles', tiles])).toMatchObject({ code: 0, stderr: `${tiles} holds the tree of 30 events.\n` });
    expect(['checkpoint', 'tile/0/000.p/30', 'tile/entries/000.p/30'].map((path) => existsSync(join(tiles, path)))).toEqual([
      true,
      true,
      true,
    ]);
    const checked = await savoirs(['check', '--checkpoint', join(tiles, 'checkpoint')]);
    expect(checked).toEqual({ code: 0, stdout: '', stderr: '30 events are as they were put in the tree, and as 2 checkpoints say.\n' });
  });

  it('has its checkpoints signed by a witness, who refuses another history', async () => {
    await log.append('exchange-3' as StreamName, 'any', [anEvent({ data: '{"by":"m3"}' }), anEvent({ data: '{"by":"m4"}' })]);
    await savoirs(['checkpoint']);
    const key = (await savoirs(['key'])).stdout.trim();
    const own = ['--folder', join(folder, 'witness'), '--name', 'witness.example'];
    const witness = (await savoirs(['witness', ...own, '--key'])).stdout.trim();
    const [request, lines] = ['request', 'lines'].map((name) => join(folder, name)) as [string, string];
    writeFileSync(request, (await savoirs(['consistency', '--from', '0'])).stdout);
    const signed = await savoirs(['witness', request, ...own, '--log', key]);
    expect([signed.code, signed.stdout]).toEqual([0, expect.stringMatching(/^— witness\.example \S+\n$/)]);
    writeFileSync(lines, signed.stdout);
    const env = { SAVOIRS_AUDIT_WITNESSES: witness };
    expect(await savoirs(['cosign', lines], env)).toMatchObject({ code: 0, stderr: 'The checkpoint of 32 events has the signature.\n' });
    const again = await savoirs(['witness', request, ...own, '--log', key]);
    expect([again.code, again.stdout, again.stderr]).toEqual([
      1,
      '',
      expect.stringContaining('Not signed: The witness signed 32 events last'),
    ]);
  });

  it('prints the proof of one event in the form of others, with its leaf', async () => {
    const { stdout } = await savoirs(['prove', sampleEvents(30)[11]!.event.eventId]);
    const [form, extra, index] = stdout.split('\n');
    expect([form, index]).toEqual(['c2sp.org/tlog-proof@v1', 'index 11']);
    expect(JSON.parse(Buffer.from(extra!.slice('extra '.length), 'base64').toString())).toMatchObject({
      ordinal: 12,
      stream: 'exchange-4',
    });
    expect(await savoirs(['prove', EXCHANGE])).toMatchObject({ code: 65, stderr: 'There is no such event in this log.\n' });
  });

  it('finds an event that somebody altered in the database, and says which, with code 1', async () => {
    await home.pool.query(`update log.events set data = data || ' ' where position = 12`);
    const checked = await savoirs(['check']);
    expect([checked.code, checked.stderr]).toEqual([
      1,
      expect.stringMatching(/^Event 12 is the first that is not the one in the tree\.\nThe checkpoint for 30 events/),
    ]);
    expect(await savoirs(['tiles', join(folder, 'others')])).toMatchObject({
      code: 65,
      stderr: expect.stringContaining('Event 12 of this log is not the one'),
    });
    await home.pool.query(`update log.events set data = rtrim(data, ' ') where position = 12`);
    expect((await savoirs(['check'])).code).toBe(0);
  });

  it('signs nothing after the log lost its end', async () => {
    await home.pool.query('delete from log.events where position > 25');
    const refused = await savoirs(['checkpoint']);
    expect([refused.code, refused.stdout, refused.stderr]).toEqual([
      65,
      '',
      expect.stringMatching(/^This log has 25 events, and the tree was made of 32\. [^\n]*\n$/),
    ]);
  });

  it('refuses a setting, a file and an argument that cannot be, each in one sentence', async () => {
    const asked = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => savoirs(args, env).then(({ code, stderr }) => [code, stderr]);
    expect(await asked(['key'], { SAVOIRS_AUDIT_KEY: 'short' })).toEqual([
      78,
      expect.stringMatching(/^SAVOIRS_AUDIT_KEY must be [^\n]*\n$/),
    ]);
    expect(await asked(['key'], { SAVOIRS_AUDIT_ORIGIN: 'two words' })).toEqual([
      78,
      expect.stringContaining('SAVOIRS_AUDIT_ORIGIN must be'),
    ]);
    writeFileSync(join(folder, 'note'), 'none');
    expect(await asked(['check', '--checkpoint', join(folder, 'none')])).toEqual([65, expect.stringContaining('cannot be read')]);
    expect(await asked(['check', '--checkpoint', join(folder, 'note')])).toEqual([1, expect.stringContaining('is not by this log’s key')]);
    expect(await asked(['key', 'more'])).toEqual([64, expect.stringContaining('Too many arguments')]);
    expect(await asked([])).toEqual([64, expect.stringContaining('needs a verb')]);
  });
});
