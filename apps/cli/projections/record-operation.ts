import { randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import type { CommandId } from '#kernel/id';
import type { MemberId, NetworkId } from '#domain/ids';
import type { Outcome } from '#application/dispatch/outcome';
import { RecordOperation } from '#application/audit/record-operation';
import { START } from '#event-store/log.port';
import type { Installation } from '../../installation/installation';
import { commandsOf } from '../../installation/commands';
import { say } from '../output';
import { badData, badUsage, CliProblem } from '../usage';
import type { Act } from './operate';

/** Null where no network is open yet. @throws CliProblem where there are several and none was named */
const networkFor = async ({ log }: Installation, named: NetworkId | undefined): Promise<NetworkId | null> => {
  const opened: NetworkId[] = [];
  for await (const { stream } of log.readAll({ after: START, filter: { types: ['NetworkOpened'] } }))
    opened.push(stream.slice('network-'.length) as NetworkId);
  if (named !== undefined && !opened.includes(named)) throw badData(`There is no network ${named} here.`);
  if (named === undefined && opened.length > 1) throw badUsage('Several networks are open here: name with --network whose operator acts.');
  return named ?? opened[0] ?? null;
};

/** An operator's act, in the ledger of their network. @throws CliProblem */
export const recordOperation = async (installation: Installation, { action, name, reason, by, network: named }: Act): Promise<void> => {
  const network = await networkFor(installation, named);
  if (network === null) return say('No network is open here yet: there is no ledger to record this in.');
  const id = await installation.keys.register(network, by);
  const envelope = { networkId: network, by: { id: id as MemberId, role: 'operator' as const }, commandId: randomUUID() as CommandId };
  const commands = await commandsOf(installation);
  try {
    const dto = { action, target: name, reason };
    const { outcome } = await commands.get(CommandBus).execute<RecordOperation, Outcome>(new RecordOperation(envelope, dto));
    if (outcome === 'rejected') throw badUsage('--reason must say why.');
    if (outcome === 'unknown') throw new CliProblem('The log did not answer: nothing was done. Try again.', 75);
  } finally {
    await commands.close();
  }
};
