import { Option, SubCommand } from '../verb-decorators';
import { withInstallation } from '../installation-of';
import { Verb } from '../verb';
import { untilStopped } from './stopping';
import { lastCheckpoint } from './tree';

@SubCommand({
  name: 'checkpoint',
  description: 'Sign the log as it is now, and print the checkpoint: its name, how many events, the hash over all of them, who signed',
})
export class AuditCheckpointVerb extends Verb {
  async run(given: string[], { last = false }: { readonly last?: boolean }): Promise<void> {
    this.only(given, 0);
    await untilStopped('Stopped: nothing new was signed.', (signal) =>
      withInstallation(async (installation) => {
        const { note } = await lastCheckpoint(installation, { signal, isNew: !last });
        process.stdout.write(note);
      }),
    );
  }

  @Option({ flags: '--last', description: 'sign nothing: print the one that was signed last' })
  last(): boolean {
    return true;
  }
}
