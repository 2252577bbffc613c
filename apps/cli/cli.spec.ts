import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { runSource } from '#testing/processes/other-process';
import { testDatabase, type TestDatabase } from '#testing/test-database';

const anyNetwork = '0192f0c1-0000-7000-8000-00000000000f';

describe('savoirs, as a process', () => {
  let folder: string;
  let database: TestDatabase;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'savoirs-cli-'));
    database = await testDatabase();
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const savoirs = (...args: readonly string[]) => {
    const env = {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      SAVOIRS_DATA: folder,
      SAVOIRS_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    };
    const { status, stdout, stderr } = spawnSync(process.execPath, runSource(join(__dirname, 'main.ts'), ...args), {
      env,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  const sentences = (text: string): readonly string[] => text.trim().split('\n');

  it('plays a demo, then answers from it: data on stdout, the rest on stderr', () => {
    const played = savoirs('data', 'demo', '--members', '12', '--months', '1', '--seed', '3', '--until', '2026-11-01', '--output', 'json');
    expect(played.status).toBe(0);
    const [{ network, members }] = JSON.parse(played.stdout) as [{ network: string; members: number }];
    expect(members).toBe(12);
    const directory = savoirs('show', 'directory', '--network', network, '--output', 'csv', '--limit', '5');
    expect(sentences(directory.stdout)).toHaveLength(6);
    expect(directory.stderr).toContain('Only the first 5 are shown');
    // an operator gets no names and no texts here, as little as over HTTP (case 35)
    expect(sentences(directory.stdout)[0]).toBe('kind,topic,level,language,place,site,publishedAt,matched,id');
    for (const what of ['match-queue', 'exchanges', 'dormant', 'risk', 'satisfaction', 'training-hours']) {
      const { status, stdout } = savoirs('show', what, '--network', network, '--as-of', '2026-11-01', '--output', 'json');
      expect([what, status, Array.isArray(JSON.parse(stdout))]).toEqual([what, 0, true]);
    }
    // nothing of a year is old enough, and it would take an officer to end it (R19)
    const dryRun = savoirs('data', 'retention', '--dry-run', '--network', network, '--output', 'json');
    expect([dryRun.status, JSON.parse(dryRun.stdout)]).toEqual([0, []]);
    expect(dryRun.stderr).toContain('0 exchanges, 0 incidents, 0 members');
    const first = savoirs('show', 'directory', '--network', network, '--as-of', '3', '--output', 'json');
    expect([first.status, JSON.parse(first.stdout)]).toEqual([0, []]);
    expect(first.stderr).toContain('Texts are those of today.');
    const placed = savoirs('show', 'risk', '--network', network, '--as-of', '3');
    expect([placed.status, placed.stdout, sentences(placed.stderr)]).toEqual([64, '', [expect.stringContaining('takes a date')]]);
    const again = savoirs('data', 'demo', '--seed', '3');
    expect([again.status, sentences(again.stderr)]).toEqual([65, [expect.stringContaining('exists already')]]);
  });

  it('signs a token for somebody to try the network as (case 45)', () => {
    const { status, stdout } = savoirs('data', 'token', 'zoe', 'facilitator', 'hr', '--network', anyNetwork);
    const claims: unknown = JSON.parse(Buffer.from(stdout.split('.')[1]!, 'base64url').toString());
    expect([status, claims]).toEqual([0, expect.objectContaining({ sub: 'zoe', savoirs: { [anyNetwork]: ['facilitator', 'hr'] } })]);
    const refused = savoirs('data', 'token', 'zoe', 'king', '--network', anyNetwork);
    expect([refused.status, sentences(refused.stderr)]).toEqual([64, [expect.stringMatching(/king is no role .* member, facilitator/)]]);
  });

  it('lists projections with their place in the log', () => {
    const { status, stdout } = savoirs('projections', 'list', '--output', 'json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ name: 'directory', version: 3, lagEvents: 0 }));
  });

  it('rebuilds a read model beside the one that serves, and says what cannot be', () => {
    const because = ['--reason', 'Une ligne manque'];
    const rebuilt = savoirs('projections', 'rebuild', 'directory', ...because, '--no-wait', '--output', 'json');
    expect([rebuilt.status, (JSON.parse(rebuilt.stdout) as { state: string }[]).map(({ state }) => state)]).toEqual([
      0,
      ['active', 'building'],
    ]);
    const paused = savoirs('projections', 'pause', 'directory', '--build', '2', ...because, '--output', 'csv');
    expect(paused.stdout).toContain('directory,3,2,"building, paused"');
    for (const [args, code, sentence] of [
      [['rebuild', 'directory', ...because], 65, /is being built already/],
      [['compare', 'directory'], 65, /has not reached the log’s head yet/],
      [['switch', 'directory', ...because], 65, /has not reached the log’s head yet/],
      [['rollback', 'directory', ...because], 65, /No earlier build of directory is kept/],
      [['pause', 'nobody', ...because], 65, /no projection nobody/],
      [['stop', 'directory'], 64, /--reason/],
    ] as const) {
      const refused = savoirs('projections', ...args);
      expect([refused.status, sentences(refused.stderr)]).toEqual([code, [expect.stringMatching(sentence)]]);
    }
    const stopped = savoirs('projections', 'stop', 'directory', ...because, '--output', 'json');
    expect(JSON.parse(stopped.stdout)).toHaveLength(1);
  });

  it('retries and skips what a process has parked, by the same verbs as a read model (case 6)', async () => {
    const pool = new Pool({ connectionString: database.url });
    await pool.query(
      `insert into read.parked (projection, unknown, key, position, event_id, type, stream, revision, fault, attempts)
       select p.id, false, substr(e.stream, 7), lpad(e.position::text, 20, '0'), e.event_id, e.type, e.stream, e.revision, 'RangeError', 1
       from (select * from log.events where type = 'MatchProposed' order by position limit 2) e, read.projection p where p.name = 'process/engagement'`,
    );
    const listed = savoirs('projections', 'parked', 'process/engagement', '--output', 'json');
    const [first, second] = JSON.parse(listed.stdout) as { row: string; event: string; fault: string; answered: number }[];
    expect(first).toMatchObject({ fault: 'RangeError', answered: 0, state: 'parked' });
    const because = ['--reason', 'Réparé', '--output', 'json'];
    const retried = savoirs('projections', 'retry', 'process/engagement', '--row', first!.row, ...because);
    expect([retried.status, JSON.parse(retried.stdout)]).toEqual([0, [expect.objectContaining({ row: first!.row, left: 0, fault: null })]]);
    const skipped = savoirs('projections', 'skip', 'process/engagement', second!.event, ...because);
    expect([skipped.status, JSON.parse(skipped.stdout)]).toEqual([0, [expect.objectContaining({ row: second!.row, left: 0 })]]);
    const { rows } = await pool.query(`select state, event_id::text as event from read.parked`);
    expect(rows).toEqual([{ state: 'skipped', event: second!.event }]);
    await pool.end();
  });

  it('loads topics, tells bad rows by line, and ends with code 65 where there were some', () => {
    const path = join(folder, 'own.csv');
    writeFileSync(path, 'uri,language,label\nurn:a:1,fr,Souder\nurn:a:2,fr,\n');
    const { status, stdout, stderr } = savoirs('data', 'topics', path, '--output', 'json');
    expect([status, JSON.parse(stdout)]).toEqual([65, [expect.objectContaining({ rows: 1, changed: 1, bad: 1 })]]);
    expect(sentences(stderr)).toEqual([`${path}:3: label is empty`, '1 bad row was left out; all others are kept.']);
  });

  it.each([
    ['an unknown verb', ['nonsense'], 64, /Unknown command/],
    ['an unknown verb of a verb', ['data', 'nonsense'], 64, /no verb of that name: demo, topics, import/],
    ['an unknown option', ['data', 'demo', '--nonsense'], 64, /Unknown option '--nonsense'\. See: savoirs data demo --help/],
    ['a number that is none', ['data', 'demo', '--members', 'many'], 64, /--members must be a whole number/],
    ['a day that is none', ['data', 'demo', '--until', '2026-13-01'], 64, /--until must be a day/],
    [
      'a day that does not exist (R24, case 4)',
      ['show', 'risk', '--network', anyNetwork, '--as-of', '2027-02-30'],
      64,
      /--as-of must be a day/,
    ],
    [
      'an instant that does not exist (R24, case 4)',
      ['show', 'exchanges', '--network', anyNetwork, '--as-of', '2027-02-28T24:00:00Z'],
      64,
      /--as-of must be/,
    ],
    ['a year out of reach (R24)', ['data', 'demo', '--until', '9999-12-31'], 64, /--until must lie in the years 2000 to 2099/],
    ['a missing argument', ['data', 'topics'], 64, /Missing required argument/],
    ['a missing option', ['show', 'risk'], 64, /--network/],
    ['a run that is not its own to start', ['data', 'retention', '--network', anyNetwork], 64, /a data protection officer starts/],
    ['a form that is none', ['projections', 'list', '--output', 'xml'], 64, /table, json, csv/],
    ['a missing file', ['data', 'topics', '/nowhere/at-all'], 65, /There is no file or folder/],
    ['a network that is none', ['show', 'risk', '--network', anyNetwork], 65, /There is no network/],
  ])('says %s in one sentence', (_what, args, code, sentence) => {
    const { status, stdout, stderr } = savoirs(...args);
    expect([status, stdout, sentences(stderr)]).toEqual([code, '', [expect.stringMatching(sentence)]]);
  });

  it('shows help for every verb, and ends well', () => {
    for (const args of [[], ['data', 'demo'], ['show', 'risk']]) {
      const { status, stdout } = savoirs(...args, '--help');
      expect([args, status, stdout.startsWith('Usage: savoirs')]).toEqual([args, 0, true]);
    }
  });
});
