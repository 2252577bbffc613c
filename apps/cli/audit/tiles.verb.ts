import { SubCommand } from '../verb-decorators';
import { exportTiles } from '#audit/export/tiles-folder';
import { withInstallation } from '../installation-of';
import { say } from '../output';
import { badUsage } from '../usage';
import { Verb } from '../verb';
import { untilStopped } from './stopping';
import { lastCheckpoint } from './tree';

@SubCommand({
  name: 'tiles',
  arguments: '<folder>',
  description:
    'Sign the log as it is now, and write its tree as files that any web server can serve (c2sp.org/tlog-tiles). The same folder again gets what is new.',
})
export class AuditTilesVerb extends Verb {
  async run(given: string[]): Promise<void> {
    this.only(given, 1);
    const [folder = ''] = given;
    if (folder === '') throw badUsage('Name a folder.');
    await untilStopped('Stopped: the same command goes on from here.', (signal, progress) =>
      withInstallation(async (installation) => {
        const { tree, log } = installation;
        const checkpoint = await lastCheckpoint(installation, { signal, isNew: true });
        const onEvents = (events: number): void => progress.show(events / checkpoint.size, `${events} events`);
        await exportTiles({ log, store: tree.store, checkpoint, folder, signal, onEvents });
        progress.end();
        say(`${folder} holds the tree of ${checkpoint.size} events.`);
      }),
    );
  }
}
