import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { seededRandom, type SeededRandom } from '#apps/demo/seeded-random';
import type { CheckRun } from '../runner/check';
import { lastWords, startCommand, type CommandEnd } from '../runner/command-line';
import type { BackupHarness, RestoreTarget } from './harness';
import { checkpointsOf, checkRestored, type Checkpoint, type InvariantResult } from './invariants';
import { damagedCopy, killedMidway, leftAlone, Moments } from './faults';
import { Workload } from './workload';
import { Source } from './source';
import { manifestOf } from './rewritten';

export interface Play {
  readonly harness: BackupHarness;
  readonly workload: Workload;
  readonly source: Source;
  readonly seed: number;
  /** Who was erased in the course of it, by subject. */
  readonly leavers: Map<string, string>;
  readonly taking: Moments;
  readonly restoring: Moments;
}

export const beginPlay = async (harness: BackupHarness, { seed, sizes }: CheckRun): Promise<Play> => ({
  harness,
  workload: await Workload.begin(harness.running, { seed, members: sizes['members'] ?? 4 }),
  source: new Source(harness.running.installation),
  seed,
  leavers: new Map(),
  taking: new Moments(),
  restoring: new Moments(),
});

/** A backup as a round has it: whole, under its name. */
export interface Taken {
  readonly folder: string;
  readonly keysFile: string | null;
  readonly events: number;
  /** When it began: the last place that anybody had been told, and where processes stood. */
  readonly acknowledged: string;
  readonly stood: readonly Checkpoint[];
}

export interface Round {
  readonly result: InvariantResult;
  readonly tornAccepted: readonly string[];
  /** What went otherwise than it should, besides. */
  readonly findings: readonly string[];
  readonly killedBackups: number;
  readonly killedRestores: number;
  readonly events: number;
}

export interface RoundReport {
  readonly tornAccepted: string[];
  readonly findings: string[];
  killedBackups: number;
  killedRestores: number;
}

export const backupIn = ({ harness }: Play, folder: string, keysFile: string | null) =>
  startCommand(harness.env, 'data', 'backup', folder, ...(keysFile === null ? [] : ['--keys', keysFile]), '--output', 'json');

export const restoreIn = (
  target: RestoreTarget,
  { folder, keysFile }: Pick<Taken, 'folder' | 'keysFile'>,
  more: readonly string[] = ['--none-erased'],
) => startCommand(target.env, 'data', 'restore', folder, ...(keysFile === null ? [] : ['--keys', keysFile]), ...more, '--output', 'json');

/** Whatever a killed backup left behind is no backup; nothing of it bears the name of one. */
export const checkLeftovers = async (play: Play, folder: string, told: RoundReport): Promise<void> => {
  const names = readdirSync(dirname(folder)).filter((name) => name.startsWith(basename(folder)));
  for (const name of names) {
    const path = join(dirname(folder), name);
    if (!name.includes('.partial-') && !name.endsWith('.keys')) told.findings.push(`a killed backup left ${name}`);
    if (!name.endsWith('.keys') && !name.includes('.keys')) {
      const target = await play.harness.target('server');
      const end = await restoreIn(target, { folder: path, keysFile: null }).ended;
      if (end.code === 0 || (await target.events()) > 0) told.tornAccepted.push('what a killed backup left behind');
      await target.drop();
    }
    rmSync(path, { recursive: true, force: true });
  }
};

/** Takes a backup while everybody is at work; some are killed first. */
export const take = async (play: Play, chance: SeededRandom, told: RoundReport): Promise<Taken> => {
  const { harness, workload } = play;
  const folder = join(harness.folder, `backup-${Math.floor(performance.now())}`);
  const keysFile = chance.yes(0.5) ? `${folder}.keys` : null;
  const dies = chance.yes(0.5);
  return workload.during(chance.whole(4, 14), async (acknowledged) => {
    if (dies) {
      const end = await killedMidway(backupIn(play, folder, keysFile), play.taking, chance);
      if (end.code === null) {
        told.killedBackups += 1;
        await checkLeftovers(play, folder, told);
      } else rmSync(folder, { recursive: true, force: true });
      if (keysFile !== null) rmSync(keysFile, { force: true });
    }
    const before = { acknowledged: acknowledged(), stood: await checkpointsOf(harness.running.installation) };
    const end = await leftAlone(backupIn(play, folder, keysFile), play.taking);
    if (end.code !== 0) throw new Error(`the backup ended with ${lastWords(end)}`);
    return { folder, keysFile, ...before, events: manifestOf(folder).log.events };
  });
};

/** Somebody is erased after the backup: their keys and their identity go. Answers how to restore it then. */
export const eraseOne = async (
  play: Play,
  subject: string,
): Promise<{ readonly erased: ReadonlyMap<string, string>; readonly ledger: string }> => {
  const { harness, source } = play;
  const { keys } = harness.running.installation;
  const { networkId } = harness.running;
  const member = await keys.find(networkId, subject);
  if (member === null) throw new Error('the newcomer is not there');
  await keys.eraseMember(networkId, member);
  await keys.forget(networkId, member);
  const ledger = join(harness.folder, 'erasures.json');
  const end = await startCommand(harness.env, 'data', 'erasures', ledger).ended;
  if (end.code !== 0) throw new Error(`the ledger was not written: ${lastWords(end)}`);
  source.forget(member);
  play.leavers.set(subject, member);
  return { erased: new Map([[subject, member]]), ledger };
};

/** A restore that is killed leaves nothing, or all of it; what it leaves does not start, but as empty as before. */
export const checkKilledRestore = async (
  target: RestoreTarget,
  { events }: Taken,
  end: CommandEnd,
  told: RoundReport,
): Promise<boolean> => {
  if (end.code !== null) return end.code === 0;
  told.killedRestores += 1;
  const there = await target.events();
  if (there !== 0 && there < events) told.findings.push(`a killed restore left ${there} of ${events} events`);
  if (there !== 0) return true;
  const started = await startCommand(target.env, 'projections', 'list').ended;
  if (started.code === 0 && (await target.events()) !== 0) told.findings.push('what a killed restore left starts');
  return false;
};

const restoreInto = async (play: Play, target: RestoreTarget, { taken, more, told, chance }: Restoring): Promise<boolean> => {
  const dies = chance.yes(0.5);
  if (dies && (await checkKilledRestore(target, taken, await killedMidway(restoreIn(target, taken, more), play.restoring, chance), told)))
    return true;
  const end = await leftAlone(restoreIn(target, taken, more), play.restoring);
  if (end.code !== 0) told.findings.push(`the restore ended with ${lastWords(end)}`);
  return false;
};

interface Restoring {
  readonly taken: Taken;
  readonly more: readonly string[];
  readonly told: RoundReport;
  readonly chance: SeededRandom;
}

const checkDamaged = async ({ harness }: Play, taken: Taken, chance: SeededRandom, told: RoundReport): Promise<void> => {
  const copy = `${taken.folder}-damaged`;
  const what = damagedCopy(taken, copy, chance);
  const target = await harness.target('server');
  const keysFile = taken.keysFile === null ? null : `${copy}.keys`;
  const end = await restoreIn(target, { folder: copy, keysFile }).ended;
  if (end.code === 0 || (await target.events()) > 0) told.tornAccepted.push(what);
  else if (end.code !== 65) told.findings.push(`${what}: refused with ${lastWords(end)}`);
  await target.drop();
  for (const path of [copy, `${copy}.keys`]) rmSync(path, { recursive: true, force: true });
};

/** A backup is never restored over what is there. */
export const checkRefusedOver = async (target: RestoreTarget, again: () => Promise<CommandEnd>, told: RoundReport): Promise<void> => {
  const before = await target.events();
  const end = await again();
  if (end.code !== 65 || (await target.events()) !== before) told.findings.push(`restored over ${before} events: ${lastWords(end)}`);
};

export const newTold = (): RoundReport => ({ tornAccepted: [], findings: [], killedBackups: 0, killedRestores: 0 });

/** One backup: taken under load, damaged in a copy, restored elsewhere, judged. Made from the seed alone. */
export const playRound = async (play: Play, index: number): Promise<Round> => {
  const { harness, workload, source } = play;
  const chance = seededRandom(play.seed + index, 'backup');
  const told = newTold();
  const leaver = chance.yes(0.3) ? await workload.newcomer(`leaver-${play.seed + index}`) : null;
  const taken = await take(play, chance, told);
  await source.catchUp();
  await checkDamaged(play, taken, chance, told);
  const { erased, ledger } = leaver === null ? { erased: new Map<string, string>(), ledger: null } : await eraseOne(play, leaver);
  const more = ledger === null ? ['--none-erased'] : ['--erasures', ledger];
  const target = await harness.target(chance.yes(0.15) ? 'embedded' : 'server');
  const cut = await restoreInto(play, target, { taken, more, told, chance });
  if (chance.yes(0.3)) await checkRefusedOver(target, () => restoreIn(target, taken, more).ended, told);
  const result = await checkRestored(target, {
    source,
    running: harness.running.installation,
    networkId: harness.running.networkId,
    ledger: workload.ledger,
    leavers: play.leavers,
    cut,
    erased,
    ...taken,
  });
  await target.drop();
  rmSync(taken.folder, { recursive: true, force: true });
  if (taken.keysFile !== null) rmSync(taken.keysFile, { force: true });
  return { result, ...told, events: taken.events };
};
