import { resolve } from 'node:path';
import { Option, SubCommand } from '../verb-decorators';
import { say, type Output } from '../output';
import { TableVerb } from '../verb';
import { backUp, leftBehind, settingsHere, type Manifest } from './backup';
import { printFacts } from './facts';
import { interruptibly, phases } from './interruptibly';

interface Options {
  readonly keys?: string;
  readonly output: Output;
}

export const rowsOf = ({ files }: Manifest, table: string): number =>
  files.flatMap(({ tables }) => tables).find((one) => one.table === table)?.rows ?? 0;

const MIB = 1024 * 1024;

const factsOf = (manifest: Manifest, { folder, keysFile, seconds }: { folder: string; keysFile: string | null; seconds: number }) => ({
  backup: manifest.backup,
  takenAt: manifest.takenAt,
  log: manifest.log.id,
  events: manifest.log.events,
  keys: rowsOf(manifest, 'keys.data_key'),
  identities: rowsOf(manifest, 'keys.identity'),
  topics: rowsOf(manifest, 'reference.topic'),
  processes: rowsOf(manifest, 'read.projection'),
  dueTimes: rowsOf(manifest, 'read.due'),
  mebibytes: Math.round((manifest.files.reduce((sum, { bytes }) => sum + bytes, 0) / MIB) * 10) / 10,
  seconds,
  folder,
  keysFile,
});

@SubCommand({
  name: 'backup',
  arguments: '<folder>',
  argsDescription: { folder: 'a new folder; it appears under this name once the backup is whole' },
  description:
    'Copy log, keys, identities, erasures, topics and where processes stand, all as of one moment, while everybody works. See docs/guides/backup.md.',
})
export class BackupVerb extends TableVerb {
  async run(given: string[], { keys, output }: Options): Promise<void> {
    this.only(given, 1);
    const settings = settingsHere();
    const folder = resolve(given[0]!);
    const keysFile = keys === undefined ? null : resolve(keys);
    for (const path of await leftBehind(folder))
      say(`${path} is no backup: one that was killed left it behind, or one under way writes it. Delete it if none is.`);
    const began = Date.now();
    await interruptibly('Stopped: no backup was written.', async (signal) => {
      const progress = phases();
      const manifest = await backUp(
        settings,
        { folder, keysFile },
        {
          signal,
          onProgress: ({ phase, share, events }) => progress.show(phase, share, phase === 'log' ? `log | ${events} events` : phase),
        },
      ).finally(() => progress.end());
      printFacts(factsOf(manifest, { folder, keysFile, seconds: Math.round((Date.now() - began) / 100) / 10 }), output);
      say(
        keysFile === null
          ? 'Texts can be read with this folder and the master key together: keep a copy of the master key apart from it.'
          : `Keep ${keysFile} apart from the folder. It opens with the master key alone, which is in neither: keep a copy of that, too.`,
      );
    });
  }

  @Option({ flags: '--keys <file>', description: 'write keys and identities into a file of their own, to be kept apart from the folder' })
  keys(text: string): string {
    return text;
  }
}
