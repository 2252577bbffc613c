import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { roundIdOf } from '#application/round/round-runner';
import { RoundStopped } from '#application/round/running-rounds';
import type { RoundPhase, RoundRunner, RoundWatch } from '#application/round-runner.port';
import type { NetworkId } from '#domain/ids';
import type { CommandId, Instant } from '#kernel/id';
import { asFacilitator } from '#testing/people';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { uuidV5 } from '#uuid/uuid-v5';
import { playDemoOn } from '../../demo/open-for-demo';
import { openInstallation, type Installation } from '../installation';
import { readSettings } from '../settings';

jest.setTimeout(180_000);

const processes = (): readonly { readonly pid: number; readonly nice: number }[] =>
  execFileSync('ps', ['--ppid', String(process.pid), '-o', 'pid=,ni=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('round-process'))
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid, nice]) => ({ pid: pid!, nice: nice! }));

/** Of a session among the others, where this system has one. */
const sessionNice = (pid: number): number | null => {
  try {
    return Number(readFileSync(`/proc/${pid}/autogroup`, 'utf8').split(' ').at(-1));
  } catch {
    return null;
  }
};

const session = (pid: number): number => Number(execFileSync('ps', ['-p', String(pid), '-o', 'sess='], { encoding: 'utf8' }));

describe('Rounds in a process of their own', () => {
  let database: TestDatabase;
  let installation: Installation;
  let rounds: RoundRunner;
  let networkId: NetworkId;
  const folder = mkdtempSync(join(tmpdir(), 'savoirs-rounds-apart-'));
  const warned: string[] = [];

  beforeAll(async () => {
    database = await testDatabase();
    const settings = readSettings({ DATABASE_URL: database.url, SAVOIRS_DATA: folder });
    networkId = (await playDemoOn(settings, { members: 16, months: 1, seed: 5, until: '2026-06-01T00:00:00.000Z' as Instant })).networkId;
    installation = await openInstallation(settings, { warn: (sentence) => void warned.push(sentence) });
    rounds = installation.ports.roundRunner!;
  });
  afterAll(async () => {
    await installation.close();
    expect(processes()).toEqual([]);
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const asked = (name: string, options = {}) => ({
    envelope: { networkId, by: asFacilitator(), commandId: uuidV5('0192f0c1-0000-7000-8000-000000000000', name) as CommandId },
    options: { seed: 3, ...options },
  });
  const recorded = async (one: ReturnType<typeof asked>): Promise<readonly string[]> => {
    const types: string[] = [];
    for await (const { type } of installation.log.readStream(`round-${roundIdOf(one.envelope)}` as never)) types.push(type);
    return types;
  };
  /** Does something when it enters a phase. */
  const watch = (at: Partial<Record<RoundPhase, (stopping: AbortController) => void | Promise<void>>> = {}): RoundWatch => {
    const stopping = new AbortController();
    return {
      signal: stopping.signal,
      enter: async (phase) => {
        await at[phase]?.(stopping);
        stopping.signal.throwIfAborted();
      },
    };
  };

  it('are tried, recorded, answered again and replayed there, below those who serve (R18, R22)', async () => {
    const ours = sessionNice(process.pid);
    const dry = await rounds.run(asked('dry', { dryRun: true }), watch());
    if (dry.outcome !== 'dry-run') throw new Error('a dry run');
    expect(dry.round.matches.length + dry.round.unmatched.length).toBeGreaterThan(0);
    expect(processes()).toHaveLength(1);
    const [{ pid, nice }] = processes() as [ReturnType<typeof processes>[number]];
    expect(nice).toBeGreaterThan(0);
    // among sessions, too: the database has one of its own; ours stays where it is
    expect(session(pid)).toBe(pid);
    if (ours !== null) expect(sessionNice(pid)).toBeGreaterThan(ours);
    expect(sessionNice(process.pid)).toBe(ours);
    const one = asked('round');
    const first = await rounds.run(one, watch());
    expect(first).toMatchObject({ outcome: 'done', repeated: false });
    expect(await rounds.run(one, watch())).toEqual({ ...first, repeated: true });
    const replay = (await rounds.replay(roundIdOf(one.envelope), watch()))!;
    expect(replay).toMatchObject({ verdict: 'same', inputHash: { recorded: dry.round.inputHash } });
    expect(replay.found).toEqual({ matches: dry.round.matches.length, unmatched: dry.round.unmatched.length });
    expect(await rounds.replay(roundIdOf(asked('none').envelope), watch())).toBeNull();
    // who looks back holds up nobody who runs a round
    expect(processes()).toHaveLength(2);
  });

  it.each(['reading', 'solving', 'recording'] as const)(
    'write nothing when they are stopped before %s, and the next one runs',
    async (phase) => {
      const stopped = asked(`stopped before ${phase}`);
      const reason = new RoundStopped('somebody');
      await expect(rounds.run(stopped, watch({ [phase]: (stopping: AbortController) => stopping.abort(reason) }))).rejects.toBe(reason);
      expect(await recorded(stopped)).toEqual([]);
      expect(await rounds.run(asked('next', { dryRun: true }), watch())).toMatchObject({ outcome: 'dry-run' });
    },
  );

  it('leave it unknown where their process is killed, have written nothing by then, and are run by the repeat (R22)', async () => {
    const killed = asked('killed');
    const kill = async (): Promise<void> => {
      for (const { pid } of processes()) process.kill(pid, 'SIGKILL');
      while (processes().length > 0) await sleep(20);
    };
    expect(await rounds.run(killed, watch({ solving: kill }))).toEqual({ outcome: 'unknown', commandId: killed.envelope.commandId });
    expect(await recorded(killed)).toEqual([]);
    expect(warned.at(-1)).toMatch(/^A round did not end: /);
    expect(await rounds.run(killed, watch())).toMatchObject({ outcome: 'done', repeated: false });
    expect((await recorded(killed)).at(-1)).toBe('MatchingRoundCompleted');
  });

  it('wait for their turn: one at a time', async () => {
    let [under, most] = [0, 0];
    const counting = { reading: () => void (most = Math.max(most, (under += 1))) };
    const run = (name: string) => rounds.run(asked(name, { dryRun: true }), watch(counting)).finally(() => (under -= 1));
    await Promise.all([run('one'), run('two'), run('three')]);
    expect(most).toBe(1);
  });

  it('that wait and are stopped do not wait for the one in front', async () => {
    let [reached, letGo] = [() => undefined as void, () => undefined as void];
    const isHeld = new Promise<void>((resolve) => (reached = resolve));
    const hold = (): Promise<void> => new Promise((resolve) => ((letGo = resolve), reached()));
    const first = rounds.run(asked('in front', { dryRun: true }), watch({ reading: hold }));
    await isHeld;
    const stopping = new AbortController();
    const waiting = rounds.run(asked('waiting', { dryRun: true }), { signal: stopping.signal, enter: async () => undefined });
    stopping.abort(new RoundStopped('somebody'));
    await expect(waiting).rejects.toBe(stopping.signal.reason);
    letGo();
    expect(await first).toMatchObject({ outcome: 'dry-run' });
  });
});
