import { join } from 'node:path';
import { restore } from '#apps/cli/data/backup';
import { readSettings } from '#apps/installation/settings';
import type { CheckRun, Caught } from '../runner/check';
import { mustBeClean, plantEach, type Mutant } from '../runner/self-test';
import { lastWords, type CommandEnd } from '../runner/command-line';
import { halfUnderItsName, onDatabase, otherThanItsHash, restoredUnchecked, WRITTEN } from './bugs';
import { onGround, type Target } from './ground';
import { checkpointsOf, judgeRestored, type Verdict } from './judge';
import { manifestOf, rewrittenCopy } from './rewritten';
import { backupIn, beginPlay, eraseOne, judgeKilledRestore, judgeLeftovers, judgeOver, newTold, type Play, type Taken } from './round';

/** As the command does it, in this very process. */
const restoredHere = async (target: Target, folder: string, erasures: string | null): Promise<CommandEnd> => {
  const told = { signal: new AbortController().signal, onProgress: () => undefined };
  return restore(readSettings(target.env), { folder, keysFile: null, erasures, reason: 'check' }, told).then(
    () => ({ code: 0, stdout: '', stderr: '' }),
    (fault: Error & { readonly exitCode?: number }) => ({ code: fault.exitCode ?? 70, stdout: '', stderr: fault.message }),
  );
};

const KILLED = { code: null, stdout: '', stderr: '' };

/** Everything that is there in one place, gone: what a program that restores over it would do first. */
const EMPTIED = ['log', 'keys', 'read', 'reference'].map((schema) => `drop schema ${schema} cascade`);

class SelfTest {
  private copies = 0;

  constructor(
    private readonly play: Play,
    private readonly earlier: Taken,
    private readonly later: Taken,
    private readonly erased: ReadonlyMap<string, string>,
  ) {}

  private copy(): string {
    return join(this.play.ground.folder, `planted-${(this.copies += 1)}`);
  }

  /** Restored elsewhere as it is, then judged; `spoil` is what a bug did to it in between. */
  private async judged(
    folder: string,
    ledger: string | null,
    spoil: (target: Target) => Promise<void> = () => Promise.resolve(),
  ): Promise<Verdict> {
    const { ground, source, life } = this.play;
    const target = await ground.target('server');
    const end = await restoredHere(target, folder, ledger);
    if (end.code !== 0) throw new Error(`it was refused: ${lastWords(end)}`);
    await spoil(target);
    const { installation: running, networkId } = ground.world;
    const { erased, later } = this;
    return judgeRestored(target, { source, running, networkId, ledger: life.ledger, leavers: this.play.leavers, ...later, erased }).finally(
      () => target.drop(),
    );
  }

  async clean(ledger: string | null): Promise<readonly string[]> {
    return (await this.judged(this.later.folder, ledger)).findings;
  }

  /** Each with how it is planted and judged: the counts that told. */
  mutants(ledger: string | null): readonly (Mutant & { readonly caughtBy: () => Promise<readonly string[]> })[] {
    const two = { earlier: this.earlier.folder, later: this.later.folder };
    return [
      ...WRITTEN.map(({ bug, by, written }) => ({
        bug,
        caughtBy: async () => {
          const { counts } = await this.judged(rewrittenCopy(two.later, this.copy(), written(two)), ledger);
          return counts[by as keyof typeof counts] > 0 ? [by] : [];
        },
      })),
      { bug: 'who was erased since is not erased again', caughtBy: () => this.notErasedAgain() },
      { bug: 'the restored log keeps its id', caughtBy: () => this.idKept(ledger) },
      { bug: 'hashes are not checked', caughtBy: () => this.hashNotChecked() },
      { bug: 'the folder bears its name, and its manifest, before it is whole', caughtBy: () => this.namedTooEarly() },
      { bug: 'a restore commits before its end', caughtBy: () => this.committedMidway(ledger) },
      { bug: 'a restore empties what is there', caughtBy: () => this.restoredOver(ledger) },
    ];
  }

  private async notErasedAgain(): Promise<readonly string[]> {
    const { counts } = await this.judged(this.later.folder, null);
    return counts.resurrected > 0 ? ['resurrected'] : [];
  }

  private async idKept(ledger: string | null): Promise<readonly string[]> {
    const id = await this.play.ground.world.installation.log.logId();
    const ids = [`update log.identity set log_id = '${id}'`, `update read.projection set log_id = '${id}'`];
    const { counts } = await this.judged(this.later.folder, ledger, (target) => onDatabase(target, ...ids));
    return counts.notPrefix > 0 ? ['notPrefix'] : [];
  }

  private async hashNotChecked(): Promise<readonly string[]> {
    const target = await this.play.ground.target('server');
    await restoredUnchecked(target, otherThanItsHash(this.later.folder, this.copy())).catch(() => undefined);
    return (await target.events()) > 0 ? ['tornAccepted'] : [];
  }

  private async namedTooEarly(): Promise<readonly string[]> {
    const told = newTold();
    await judgeLeftovers(this.play, halfUnderItsName(this.later.folder, this.copy()), told);
    return told.findings.length > 0 ? ['differences'] : [];
  }

  private async committedMidway(ledger: string | null): Promise<readonly string[]> {
    const [told, target] = [newTold(), await this.play.ground.target('server')];
    await restoredHere(target, this.later.folder, ledger);
    await onDatabase(target, 'delete from log.events where position > (select max(position) / 2 from log.events)');
    await judgeKilledRestore(target, this.later, KILLED, told);
    return told.findings.length > 0 ? ['differences'] : [];
  }

  private async restoredOver(ledger: string | null): Promise<readonly string[]> {
    const [told, target] = [newTold(), await this.play.ground.target('server')];
    const restoring = () => restoredHere(target, this.later.folder, ledger);
    await restoring();
    await judgeOver(target, () => onDatabase(target, ...EMPTIED).then(restoring), told);
    return told.findings.length > 0 ? ['differences'] : [];
  }
}

/** Two backups while everybody is at work, the keys within; nothing is killed. */
const twoBackups = async (play: Play): Promise<readonly [Taken, Taken]> => {
  const { ground, life } = play;
  const one = (name: string): Promise<Taken> =>
    life.during(8, async (acknowledged) => {
      const folder = join(ground.folder, name);
      const before = { acknowledged: acknowledged(), stood: await checkpointsOf(ground.world.installation) };
      const end = await backupIn(play, folder, null).ended;
      if (end.code !== 0) throw new Error(`the backup ended with ${lastWords(end)}`);
      return { folder, keysFile: null, events: manifestOf(folder).log.events, ...before };
    });
  return [await one('earlier'), await one('later')];
};

/** Plants each bug, restores what it wrote or left, and judges. @throws where something is found before any bug */
export const testBackupCheck = (asked: CheckRun): Promise<readonly Caught[]> =>
  onGround(asked.signal, async (ground) => {
    const play = await beginPlay(ground, asked);
    const leaver = await play.life.newcomer('leaver');
    const [earlier, later] = await twoBackups(play);
    await play.source.catchUp();
    const { erased, ledger } = await eraseOne(play, leaver);
    const test = new SelfTest(play, earlier, later, erased);
    mustBeClean(await test.clean(ledger));
    return plantEach(test.mutants(ledger), asked, ({ caughtBy }) => caughtBy());
  });
