import { resolve } from 'node:path';
import { Option, SubCommand } from '../verb-decorators';
import { say, type Output } from '../output';
import { badUsage } from '../usage';
import { TableVerb } from '../verb';
import { restore, settingsHere, type RestoredFrom } from './backup';
import { rowsOf } from './backup.verb';
import { printFacts } from './facts';
import { interruptibly, phases } from './interruptibly';

interface Options {
  readonly keys?: string;
  readonly erasures?: string;
  readonly noneErased?: boolean;
  readonly reason: string;
  readonly output: Output;
}

const factsOf = ({ backup: { manifest, ledger }, logId, erased, recorded }: RestoredFrom) => ({
  backup: manifest.backup,
  takenAt: manifest.takenAt,
  log: logId,
  events: manifest.log.events,
  keys: rowsOf(manifest, 'keys.data_key'),
  identities: rowsOf(manifest, 'keys.identity'),
  erasures: ledger.erasures.length,
  erasedAgain: erased.length,
  topics: rowsOf(manifest, 'reference.topic'),
  processes: rowsOf(manifest, 'read.projection'),
  recorded,
});

const sayWhoIsErased = ({ later, stillNamed, backup }: RestoredFrom): void => {
  say('Restored. The log has a new id; read models are made anew from it when Savoirs starts.');
  say(
    `Whoever was erased up to ${later?.takenAt ?? backup.manifest.takenAt} is erased here, too. Later erasures, if there were any, must be made again.`,
  );
  if (stillNamed.length === 0) return;
  say(`The restored log does not know yet that these were erased: a data protection officer asks for it again, another one approves it.`);
  for (const { network, member } of stillNamed) say(`  member ${member} of network ${network}`);
};

@SubCommand({
  name: 'restore',
  arguments: '<folder>',
  argsDescription: { folder: 'what `savoirs data backup` wrote' },
  description:
    'Bring a backup into an empty installation, whole or not at all. Its log gets a new id; read models are made anew. See docs/guides/backup.md.',
})
export class RestoreVerb extends TableVerb {
  async run(given: string[], { keys, erasures, noneErased = false, reason, output }: Options): Promise<void> {
    this.only(given, 1);
    const settings = settingsHere();
    const ledger = erasures ?? (noneErased ? undefined : (settings.erasureLedger ?? undefined));
    if ((ledger === undefined) === !noneErased)
      throw badUsage(
        'Say who was erased since this backup: --erasures with the ledger or a later backup’s folder, or --none-erased where nobody was.',
      );
    const from = {
      folder: resolve(given[0]!),
      keysFile: keys === undefined ? null : resolve(keys),
      erasures: ledger === undefined ? null : resolve(ledger),
      reason,
    };
    await interruptibly('Stopped: nothing was restored.', async (signal) => {
      const progress = phases();
      const restored = await restore(settings, from, {
        signal,
        onProgress: ({ phase, share }) => progress.show(phase, share, phase),
      }).finally(() => progress.end());
      printFacts(factsOf(restored), output);
      sayWhoIsErased(restored);
    });
  }

  @Option({ flags: '--keys <file>', description: 'where the keys lie, if they were kept apart' })
  keys(text: string): string {
    return text;
  }

  @Option({
    flags: '--erasures <path>',
    description: 'who was erased up to now: the ledger (default: SAVOIRS_ERASURE_LEDGER), or the folder of a later backup',
  })
  erasures(text: string): string {
    return text;
  }

  @Option({ flags: '--none-erased', description: 'nobody was erased since the backup' })
  noneErased(): boolean {
    return true;
  }

  @Option({ flags: '--reason <text>', description: 'why, for the record of operators’ acts', defaultValue: 'Restored from a backup.' })
  reason(text: string): string {
    if (text.trim() === '') throw badUsage('--reason must say why.');
    return text;
  }
}
