import { readFile } from 'node:fs/promises';
import { Option, SubCommand } from '../verb-decorators';
import { checkTree, type TreeCheck } from '#audit/following/check-tree';
import { withInstallation } from '../installation-of';
import { say } from '../output';
import { badData } from '../usage';
import { Verb } from '../verb';
import { untilStopped } from './stopping';

const DIFFERS = 1;

const noteIn = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch(() => {
    throw badData('A file that --checkpoint names cannot be read.');
  });

/** One sentence each; none: all is as it was signed. */
const faultsIn = ({ firstDifference, wrong }: TreeCheck): readonly string[] => [
  ...(firstDifference === null ? [] : [`Event ${firstDifference} is the first that is not the one in the tree.`]),
  ...wrong.map((size) =>
    size === null
      ? 'A checkpoint is not by this log’s key.'
      : `The checkpoint for ${size} events is not of this log as it is: an event up to there was altered, or the checkpoint was.`,
  ),
];

@SubCommand({
  name: 'check',
  description: 'Read the whole log and compare it with its tree, event by event, and with every checkpoint that was signed',
})
export class AuditCheckVerb extends Verb {
  async run(given: string[], { checkpoint: paths = [] }: { readonly checkpoint?: readonly string[] }): Promise<void> {
    this.only(given, 0);
    const notes = await Promise.all(paths.map(noteIn));
    await untilStopped('Stopped before the end: nothing is said of the log.', (signal, progress) =>
      withInstallation(async ({ tree: { store, key, folder }, log }) => {
        const apart = (await folder?.last()) ?? null;
        const onEvents = (events: number, of: number): void => progress.show(events / of, `${events} events`);
        const others = [...notes, ...(apart === null ? [] : [apart])];
        const found = await checkTree({ log, store, key, others, signal, onEvents });
        progress.end();
        const faults = faultsIn(found);
        for (const fault of faults) say(fault);
        if (faults.length === 0)
          say(`${found.events} events are as they were put in the tree, and as ${found.checkpoints} checkpoints say.`);
        else process.exitCode = DIFFERS;
      }),
    );
  }

  @Option({
    flags: '--checkpoint <file>',
    description: 'a checkpoint that was kept elsewhere, as by a witness; may be given several times (default: those kept here)',
  })
  checkpoint(path: string, before: readonly string[] = []): readonly string[] {
    return [...before, path];
  }
}
