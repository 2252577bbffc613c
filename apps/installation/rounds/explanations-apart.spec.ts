import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Explanation, RoundExplainer } from '#application/round-explainer.port';
import { createRoundExplainer } from '#application/round/round-explainer';
import type { NetworkId, RoundId } from '#domain/ids';
import type { Instant } from '#kernel/id';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { playDemoOn } from '../../demo/open-for-demo';
import { openInstallation, type Installation } from '../installation';
import { readSettings } from '../settings';

jest.setTimeout(180_000);

const processes = (): readonly string[] =>
  execFileSync('ps', ['--ppid', String(process.pid), '-o', 'ni=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('explanation-process'));

describe('Explanations in a process of their own', () => {
  let database: TestDatabase;
  let installation: Installation;
  let apart: RoundExplainer;
  let networkId: NetworkId;
  const folder = mkdtempSync(join(tmpdir(), 'savoirs-explanations-apart-'));
  const watch = (tell: (done: number, of: number) => void = () => undefined, signal = new AbortController().signal) => ({ signal, tell });

  beforeAll(async () => {
    database = await testDatabase();
    const settings = readSettings({ DATABASE_URL: database.url, SAVOIRS_DATA: folder });
    networkId = (await playDemoOn(settings, { members: 16, months: 1, seed: 5, until: '2026-06-01T00:00:00.000Z' as Instant })).networkId;
    installation = await openInstallation(settings, { warn: () => undefined });
    apart = installation.ports.roundExplainer!;
  });
  afterAll(async () => {
    await installation.close();
    expect(processes()).toEqual([]);
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('come to what they come to here, piece by piece, at lower priority, and leave no process behind (R18)', async () => {
    const seen: string[] = [];
    const told = await apart.explain(
      { networkId, roundId: null },
      watch((done, of) => void seen.push(`${done}/${of}`, ...processes())),
    );
    const here = createRoundExplainer({ ...installation.ports, source: installation.ports.roundInputs });
    expect(told).toEqual(await here.explain({ networkId, roundId: null }, watch()));
    expect((told as Explanation).explained.unmatched.length).toBeGreaterThan(0);
    expect(seen[0]).toBe('1/8');
    expect(seen[1]).toMatch(/^\s*[1-9]\d* /);
    expect(processes()).toEqual([]);
    expect(await apart.explain({ networkId, roundId: networkId as string as RoundId }, watch())).toBe('not-found');
  });

  it('end at once when they are stopped, and the next one answers', async () => {
    const stopping = new AbortController();
    const stopped = apart.explain(
      { networkId, roundId: null },
      watch(() => stopping.abort(new Error('enough')), stopping.signal),
    );
    await expect(stopped).rejects.toThrow('enough');
    expect(processes()).toEqual([]);
    expect(await apart.explain({ networkId, roundId: null }, watch())).toMatchObject({ basis: 'present' });
  });
});
