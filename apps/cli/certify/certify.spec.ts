import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSource } from '#testing/processes/other-process';
import { testDatabase, type TestDatabase } from '#testing/test-database';

describe('savoirs projections certify', () => {
  let folder: string;
  let database: TestDatabase;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'savoirs-certify-'));
    database = await testDatabase();
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const savoirs = (args: readonly string[], more: Record<string, string> = {}) => {
    const env = { PATH: process.env['PATH'], DATABASE_URL: database.url, SAVOIRS_DATA: folder, ...more };
    const main = join(__dirname, '..', 'main.ts');
    const { status, stdout, stderr } = spawnSync(process.execPath, runSource(main, ...args), { env, encoding: 'utf8' });
    return { status, stdout, stderr: stderr.trim().split('\n') };
  };

  it('comes to the same line from the tables and from the log, where nothing else is opened', () => {
    const played = savoirs(['data', 'demo', '--members', '12', '--months', '1', '--seed', '3', '--until', '2026-11-01']);
    expect(played.status).toBe(0);
    const here = savoirs(['projections', 'certify', 'risk']);
    expect(here.stdout).toMatch(
      /^read model risk, version \d+, at event [0-9a-f-]{36} \(number \d+ of the log\), hashes to [0-9a-f]{64}\n$/,
    );
    // In production without the settings that an installation needs: only the log can be opened so.
    const production = { NODE_ENV: 'production', SAVOIRS_JWKS_URL: 'https://nowhere.test' };
    const there = savoirs(['projections', 'certify', 'risk', '--from-log', '--memory', '1'], production);
    expect([there.status, there.stdout]).toEqual([0, here.stdout]);
    const tenth = JSON.parse(savoirs(['projections', 'certify', 'risk', '--from-log', '--at', '10', '--output', 'json']).stdout) as {
      event: string;
    };
    expect(tenth).toMatchObject({ name: 'risk', ordinal: 10 });
    const again = savoirs(['projections', 'certify', 'risk', '--from-log', '--at', tenth.event, '--output', 'json']);
    expect(JSON.parse(again.stdout)).toEqual(tenth);
  });

  it.each([
    ['a name that is none', ['certify', 'nonsense'], 64, /There is no read model of that name: accesses, /],
    ['a place without a log', ['certify', 'risk', '--at', '3'], 64, /--at goes with --from-log/],
    ['a place that is none', ['certify', 'risk', '--from-log', '--at', 'x'], 64, /--at must be the id of an event/],
    [
      'an event that is none',
      ['certify', 'risk', '--from-log', '--at', 'b3c4e2a0-0000-4000-8000-000000000000'],
      65,
      /There is no such event/,
    ],
    ['a form that is none', ['certify', 'risk', '--output', 'xml'], 64, /--output must be line or json/],
  ])('says %s in one sentence', (_what, args, code, sentence) => {
    const { status, stdout, stderr } = savoirs(['projections', ...args]);
    expect([status, stdout, stderr]).toEqual([code, '', [expect.stringMatching(sentence)]]);
  });
});
