import { randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import type { CommandId } from '#kernel/id';
import type { MemberId, NetworkId } from '#domain/ids';
import { RecordAccess } from '#application/audit/record-access';
import type { Outcome } from '#application/dispatch/outcome';
import { commandsOf } from '../../../installation/commands';
import type { Installation } from '../../../installation/installation';
import { badUsage, CliProblem } from '../../usage';

export interface Look {
  readonly network: NetworkId;
  readonly by: string;
  readonly motive: string;
  /** What is looked at, without any text. */
  readonly subject: string;
}

/** §7: an auditor's look is itself recorded, before anything is shown. @throws CliProblem where it could not be */
export const recordLook = async (installation: Installation, { network, by, motive, subject }: Look): Promise<void> => {
  const id = (await installation.keys.register(network, by)) as MemberId;
  const envelope = { networkId: network, by: { id, role: 'auditor' as const }, commandId: randomUUID() as CommandId };
  const commands = await commandsOf(installation);
  try {
    const look = new RecordAccess(envelope, { subject, purpose: 'audit', motive });
    const { outcome } = await commands.get(CommandBus).execute<RecordAccess, Outcome>(look);
    if (outcome === 'rejected') throw badUsage('--motive must say why.');
    if (outcome === 'unknown') throw new CliProblem('The log did not answer: nothing is shown. Try again.', 75);
  } finally {
    await commands.close();
  }
};
