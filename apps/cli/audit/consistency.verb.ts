import { Option, SubCommand } from '../verb-decorators';
import { requestFor, writeRequest } from '#audit/witnessing/checkpoint-request';
import { withInstallation } from '../installation-of';
import { badData, wholeNumber } from '../usage';
import { Verb } from '../verb';
import { untilStopped } from './stopping';
import { lastCheckpoint } from './tree';

@SubCommand({
  name: 'consistency',
  description:
    'Print the last checkpoint with the proof that it continues an earlier one: what a witness is sent (c2sp.org/tlog-witness, add-checkpoint)',
})
export class AuditConsistencyVerb extends Verb {
  async run(given: string[], { from }: { readonly from: number }): Promise<void> {
    this.only(given, 0);
    await untilStopped('Stopped: nothing was proven.', (signal) =>
      withInstallation(async (installation) => {
        const checkpoint = await lastCheckpoint(installation, { signal, isNew: false });
        if (from > checkpoint.size) throw badData(`The last checkpoint has ${checkpoint.size} events: it continues none of ${from}.`);
        process.stdout.write(writeRequest(await requestFor(installation.tree.store, checkpoint, from)));
      }),
    );
  }

  @Option({ flags: '--from <events>', description: 'how many events the earlier one has; 0: there is none', required: true })
  from(text: string): number {
    return wholeNumber('--from', { least: 0, most: Number.MAX_SAFE_INTEGER })(text);
  }
}
