import { SubCommand } from '../verb-decorators';
import type { EventId } from '#kernel/id';
import { proofText } from '#audit/bundle/proof-text';
import type { EventLog, StoredEvent } from '#event-store/log.port';
import { withInstallation } from '../installation-of';
import { badData, badUsage } from '../usage';
import { Verb } from '../verb';
import { untilStopped } from './stopping';
import { lastCheckpoint } from './tree';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const eventCalled = async (log: EventLog, id: EventId): Promise<StoredEvent> => {
  const [found] = (await log.find?.([id])) ?? [];
  if (!found) throw badData('There is no such event in this log.');
  return found;
};

@SubCommand({
  name: 'prove',
  arguments: '<event>',
  description: 'Print the proof that an event is in the log, for programs that read c2sp.org/tlog-proof; its leaf stands there as “extra”',
})
export class AuditProveVerb extends Verb {
  async run(given: string[]): Promise<void> {
    this.only(given, 1);
    const id = (given[0] ?? '').toLowerCase();
    if (!UUID.test(id)) throw badUsage('The event must be named by its id: a UUID.');
    await untilStopped('Stopped: nothing was proven.', (signal) =>
      withInstallation(async (installation) => {
        const { tree, log } = installation;
        const event = await eventCalled(log, id as EventId);
        const checkpoint = await lastCheckpoint(installation, { signal, isNew: true });
        process.stdout.write(await proofText({ log, store: tree.store, checkpoint }, event));
      }),
    );
  }
}
