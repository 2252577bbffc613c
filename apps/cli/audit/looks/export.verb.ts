import { writeFile } from 'node:fs/promises';
import { SubCommand } from '../../verb-decorators';
import { bundleText } from '#audit/bundle/make-bundle';
import type { Bundle } from '#audit/bundle/bundle';
import type { ExchangeId } from '#domain/ids';
import { evidenceBundle, lookForEvidence } from '../../../audit/evidence';
import { say } from '../../output';
import { badData } from '../../usage';
import { untilStopped } from '../stopping';
import { lastCheckpoint } from '../tree';
import { withAuditor, type Auditor } from './desk';
import { networkOf } from './index-of-exchanges';
import { idIn, LookVerb, type LookOptions } from './look-base';

interface Asked {
  readonly exchangeId: ExchangeId;
  readonly motive: string;
  readonly signal: AbortSignal;
}

@SubCommand({
  name: 'export',
  arguments: '<exchange> <file>',
  description:
    'Write one file by which a stranger checks offline all that led to an exchange: its events as they are stored, proofs, the checkpoint, who signed; the look is recorded',
})
export class AuditExportVerb extends LookVerb {
  async run(given: string[], { by, motive }: LookOptions): Promise<void> {
    this.only(given, 2);
    const [exchange, file = ''] = given;
    const exchangeId = idIn('an exchange', exchange) as ExchangeId;
    await untilStopped('Stopped: nothing was written.', async (signal) => {
      const bundle = await withAuditor({ by, verb: 'export' }, (auditor) => this.evidence(auditor, { exchangeId, motive, signal }));
      await writeFile(file, bundleText(bundle), { flag: 'wx' }).catch(() => {
        throw badData('The file is there already, or cannot be written: name another one.');
      });
      const histories = new Set(bundle.events.map(({ stream }) => stream)).size;
      say(`${bundle.events.length} events of ${histories} histories: check it by savoirs audit verify.`);
    });
  }

  /** Signs the log as it is then, so that a checkpoint has all of it. */
  private async evidence(auditor: Auditor, { exchangeId, motive, signal }: Asked): Promise<Bundle> {
    const { installation } = auditor;
    const desk = await auditor.desk(await networkOf(auditor, exchangeId));
    const evidence = await lookForEvidence(desk, { exchangeId, motive });
    if (!evidence) throw badData('There is no such exchange here.');
    await lastCheckpoint(installation, { signal, isNew: true });
    return evidenceBundle({ ...installation.tree, log: installation.log }, evidence);
  }
}
