import { join } from 'node:path';
import { restore } from '#apps/cli/data/backup';
import { readSettings } from '#apps/installation/settings';
import type { CheckRun, Caught } from '../runner/check';
import { mustBeClean, plantEach, type Mutant } from '../runner/self-test';
import { lastWords, type CommandEnd } from '../runner/command-line';
import { halfUnderItsName, onDatabase, otherThanItsHash, restoredUnchecked, WRITER_MUTANTS } from './mutants';
import { withHarness, type RestoreTarget } from './harness';
import { checkpointsOf, checkRestored, type InvariantResult } from './invariants';
import { manifestOf, rewrittenCopy } from './rewritten';
import {
  backupIn,
  beginPlay,
  eraseOne,
  checkKilledRestore,
  checkLeftovers,
  checkRefusedOver,
  newTold,
  type Play,
  type Taken,
} from './round';

/** As the command does it, in this very process. */
const restoredHere = async (target: RestoreTarget, folder: string, erasures: string | null): Promise<CommandEnd> => {
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
    return join(this.play.harness.folder, `planted-${(this.copies += 1)}`);
  }

  /** Restored elsewhere as it is, then judged; `damage` is what a bug did to it in between. */
  private async checked(
    folder: string,
    ledger: string | null,
    damage: (target: RestoreTarget) => Promise<void> = () => Promise.resolve(),
  ): Promise<InvariantResult> {
    const { harness, source, workload } = this.play;
    const target = await harness.target('server');
    const end = await restoredHere(target, folder, ledger);
    if (end.code !== 0) throw new Error(`it was refused: ${lastWords(end)}`);
    await damage(target);
    const { installation: running, networkId } = harness.running;
    const { erased, later } = this;
    return checkRestored(target, {
      source,
      running,
      networkId,
      ledger: workload.ledger,
      leavers: this.play.leavers,
      ...later,
      erased,
    }).finally(() => target.drop());
  }

  async clean(ledger: string | null): Promise<readonly string[]> {
    return (await this.checked(this.later.folder, ledger)).findings;
  }

  /** Each with how it is planted and judged: the counts that told. */
  mutants(ledger: string | null): readonly (Mutant & { readonly caughtBy: () => Promise<readonly string[]> })[] {
    const two = { earlier: this.earlier.folder, later: this.later.folder };
    return [
      ...WRITER_MUTANTS.map(({ bug, by, written }) => ({
        bug,
        caughtBy: async () => {
          const { counts } = await this.checked(rewrittenCopy(two.later, this.copy(), written(two)), ledger);
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
    const { counts } = await this.checked(this.later.folder, null);
    return counts.resurrected > 0 ? ['resurrected'] : [];
  }

  private async idKept(ledger: string | null): Promise<readonly string[]> {
    const id = await this.play.harness.running.installation.log.logId();
    const ids = [`update log.identity set log_id = '${id}'`, `update read.projection set log_id = '${id}'`];
    const { counts } = await this.checked(this.later.folder, ledger, (target) => onDatabase(target, ...ids));
    return counts.notPrefix > 0 ? ['notPrefix'] : [];
  }

  private async hashNotChecked(): Promise<readonly string[]> {
    const target = await this.play.harness.target('server');
    await restoredUnchecked(target, otherThanItsHash(this.later.folder, this.copy())).catch(() => undefined);
    return (await target.events()) > 0 ? ['tornAccepted'] : [];
  }

  private async namedTooEarly(): Promise<readonly string[]> {
    const told = newTold();
    await checkLeftovers(this.play, halfUnderItsName(this.later.folder, this.copy()), told);
    return told.findings.length > 0 ? ['differences'] : [];
  }

  private async committedMidway(ledger: string | null): Promise<readonly string[]> {
    const [told, target] = [newTold(), await this.play.harness.target('server')];
    await restoredHere(target, this.later.folder, ledger);
    await onDatabase(target, 'delete from log.events where position > (select max(position) / 2 from log.events)');
    await checkKilledRestore(target, this.later, KILLED, told);
    return told.findings.length > 0 ? ['differences'] : [];
  }

  private async restoredOver(ledger: string | null): Promise<readonly string[]> {
    const [told, target] = [newTold(), await this.play.harness.target('server')];
    const restoring = () => restoredHere(target, this.later.folder, ledger);
    await restoring();
    await checkRefusedOver(target, () => onDatabase(target, ...EMPTIED).then(restoring), told);
    return told.findings.length > 0 ? ['differences'] : [];
  }
}

/** Two backups while everybody is at work, the keys within; nothing is killed. */
const twoBackups = async (play: Play): Promise<readonly [Taken, Taken]> => {
  const { harness, workload } = play;
  const one = (name: string): Promise<Taken> =>
    workload.during(8, async (acknowledged) => {
      const folder = join(harness.folder, name);
      const before = { acknowledged: acknowledged(), stood: await checkpointsOf(harness.running.installation) };
      const end = await backupIn(play, folder, null).ended;
      if (end.code !== 0) throw new Error(`the backup ended with ${lastWords(end)}`);
      return { folder, keysFile: null, events: manifestOf(folder).log.events, ...before };
    });
  return [await one('earlier'), await one('later')];
};

/** Plants each bug, restores what it wrote or left, and judges. @throws where something is found before any bug */
export const testBackupCheck = (asked: CheckRun): Promise<readonly Caught[]> =>
  withHarness(asked.signal, async (harness) => {
    const play = await beginPlay(harness, asked);
    const leaver = await play.workload.newcomer('leaver');
    const [earlier, later] = await twoBackups(play);
    await play.source.catchUp();
    const { erased, ledger } = await eraseOne(play, leaver);
    const test = new SelfTest(play, earlier, later, erased);
    mustBeClean(await test.clean(ledger));
    return plantEach(test.mutants(ledger), asked, ({ caughtBy }) => caughtBy());
  });
