import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '#kernel/id';
import { START } from '#event-store/log.port';
import { runSource } from '#testing/processes/other-process';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { openForDemo } from '../../../demo/open-for-demo';
import { playDemo } from '../../../demo/play-demo';
import { readSettings } from '../../../installation/settings';

// each command is a process of its own
jest.setTimeout(300_000);

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('savoirs audit explain', () => {
  let home: TestDatabase;
  let folder: string;
  let network: string;
  let settings: NodeJS.ProcessEnv;
  const opened = () => openForDemo(readSettings(settings), { warn: () => undefined });
  beforeAll(async () => {
    [home, folder] = [await testDatabase(), mkdtempSync(join(tmpdir(), 'savoirs-explain-'))];
    settings = { DATABASE_URL: home.url, SAVOIRS_DATA: folder, SAVOIRS_MASTER_KEY: Buffer.alloc(32, 7).toString('base64') };
    const installation = await opened();
    const until = '2026-11-01T00:00:00.000Z' as Instant;
    network = (await playDemo(installation, { members: 10, months: 1, seed: 3, until })).networkId;
    await installation.close();
  });
  afterAll(async () => {
    await home.drop();
    rmSync(folder, { recursive: true });
  });

  const explain = (...args: readonly string[]): Promise<Ended> =>
    new Promise((resolve) => {
      const { PATH = '' } = process.env;
      const child = spawn(process.execPath, runSource(join(__dirname, '../../main.ts'), 'audit', 'explain', ...args), {
        env: { PATH, ...settings },
      });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (chunk) => (stdout += String(chunk)));
      child.stderr.on('data', (chunk) => (stderr += String(chunk)));
      child.once('close', (code) => resolve({ code, stdout, stderr }));
    });

  const looks = async (): Promise<readonly string[]> => {
    const installation = await opened();
    const subjects: string[] = [];
    for await (const stored of installation.log.readAll({ after: START, filter: { types: ['PersonalDataAccessed'] } })) {
      const event = installation.codec.decode(stored);
      if (event.type === 'PersonalDataAccessed') subjects.push(event.data.subject);
    }
    await installation.close();
    return subjects;
  };

  it('tells rules, formula, operands, people by opaque id and events, and records the look with its motive (§6, §7)', async () => {
    const before = await looks();
    const said = await explain('dormancy', '--network', network, '--by', 'aud', '--motive', 'Yearly check', '--output', 'json');
    expect([said.code, said.stderr]).toEqual([0, '']);
    const rows = JSON.parse(said.stdout) as readonly { part: string; of: string; value: string | number }[];
    const of = (part: string, kind = '') => rows.filter((row) => row.part === part && row.of === kind).map(({ value }) => value);
    expect(of('rules')).toEqual(['§5']);
    expect(of('formula')[0]).toContain('÷ enrolled members');
    expect(of('denominator', 'members')).toHaveLength(of('denominator', 'in all')[0] as number);
    expect(of('event').length).toBeGreaterThan(of('denominator', 'members').length);
    expect((await looks()).slice(before.length)).toEqual(['risk/dormancy/network']);
  });

  it('says of a hidden figure that it is, and opens nothing (R15)', async () => {
    const said = await explain('passingOn', '--network', network, '--by', 'aud', '--motive', 'Yearly check', '--output', 'csv');
    expect(said).toMatchObject({ code: 0, stdout: expect.stringContaining('hidden: too few persons (R15)') });
    expect(said.stdout).not.toContain('event,');
  });

  it.each([
    [['nonsense', '--motive', 'Yearly check'], 64, 'There is no such figure: imbalance'],
    [['imbalance', '--motive', '-'], 64, '--motive must say why'],
    [['imbalance'], 64, '--motive'],
    [['imbalance', '--cell', 'site:NOWHERE', '--motive', 'Yearly check'], 65, 'no such cell'],
  ])('ends %j with code %i, and one sentence', async (args, code, sentence) => {
    const said = await explain(...args, '--network', network, '--by', 'aud');
    expect(said).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(sentence) });
  });
});
