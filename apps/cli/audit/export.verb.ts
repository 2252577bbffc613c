import { writeFile } from 'node:fs/promises';
import { Option, SubCommand } from 'nest-commander';
import type { StreamName } from '#kernel/id';
import { bundleText } from '#audit/bundle/make-bundle';
import { withInstallation } from '../installation-of';
import { say } from '../output';
import { badData, badUsage } from '../usage';
import { Verb } from '../verb';
import { evidenceOf } from './export';
import { untilStopped } from './stopping';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const STREAM = /^[a-z]+-\S+$/;

@SubCommand({
  name: 'export',
  arguments: '<exchange> <file>',
  description:
    'Write one file by which a stranger checks an exchange’s history offline: its events as they are stored, proofs, the checkpoint, who signed',
})
export class AuditExportVerb extends Verb {
  async run(given: string[], { stream: others = [] }: { readonly stream?: readonly StreamName[] }): Promise<void> {
    this.only(given, 2);
    const [exchange = '', file = ''] = given;
    if (!UUID.test(exchange)) throw badUsage('The exchange must be named by its id: a UUID.');
    if (file === '') throw badUsage('Name the file to write: savoirs audit export <exchange> <file>.');
    const streams = [...new Set([`exchange-${exchange}` as StreamName, ...others])];
    await untilStopped('Stopped: nothing was written.', (signal) =>
      withInstallation(async (installation) => {
        const bundle = await evidenceOf(installation, streams, signal);
        await writeFile(file, bundleText(bundle), { flag: 'wx' }).catch(() => {
          throw badData('The file is there already, or cannot be written: name another one.');
        });
        say(
          `${bundle.events.length} events of ${streams.length === 1 ? 'one history' : `${streams.length} histories`}: check it by savoirs audit verify.`,
        );
      }),
    );
  }

  @Option({ flags: '--stream <name>', description: 'another history that belongs to it, as offer-<id>; may be given several times' })
  stream(name: string, before: readonly StreamName[] = []): readonly StreamName[] {
    if (!STREAM.test(name)) throw badUsage('--stream must be the name of a history, as offer-<id>.');
    return [...before, name as StreamName];
  }
}
