import { randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import type { CommandId } from '#kernel/id';
import type { MemberId, NetworkId } from '#domain/ids';
import type { Outcome } from '#application/dispatch/outcome';
import { RecordOperation, type Operation } from '#application/audit/record-operation';
import { START } from '#event-store/log.port';
import type { Operation as Doing } from '#read-store/builds/builds';
import { NotAtOnePosition } from '#read-store/builds/comparison';
import { BuildRefused } from '#read-store/builds/cut-over';
import { ParkedRefused } from '#read-store/parked/parked-queue';
import type { Installation } from '../../installation/installation';
import { commandsOf } from '../../installation/commands';
import { say } from '../output';
import { badData, badUsage, CliProblem } from '../usage';

/** Who acts, for which network's ledger, and why. */
export interface Acting {
  readonly reason: string;
  readonly by: string;
  readonly network?: NetworkId;
}

export interface Act extends Acting {
  readonly action: Operation;
  readonly name: string;
}

/** Null where no network is open yet. @throws CliProblem where there are several and none was named */
const networkFor = async ({ log }: Installation, named: NetworkId | undefined): Promise<NetworkId | null> => {
  const opened: NetworkId[] = [];
  for await (const { stream } of log.readAll({ after: START, filter: { types: ['NetworkOpened'] } }))
    opened.push(stream.slice('network-'.length) as NetworkId);
  if (named !== undefined && !opened.includes(named)) throw badData(`There is no network ${named} here.`);
  if (named === undefined && opened.length > 1) throw badUsage('Several networks are open here: name with --network whose operator acts.');
  return named ?? opened[0] ?? null;
};

const record = async (installation: Installation, { action, name, reason, by, network: named }: Act): Promise<void> => {
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

/** What cannot be is said in one sentence. */
export const inOneSentence = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (fault) {
    if (fault instanceof BuildRefused || fault instanceof ParkedRefused) throw badData(`${fault.message}.`);
    if (fault instanceof NotAtOnePosition) throw new CliProblem('Its builds do not stand at one position: try again.', 75);
    throw fault;
  }
};

/** Nothing is recorded of what cannot be; nothing is done that is not recorded. @throws CliProblem */
export const operate = <T>(installation: Installation, act: Act, doing: Doing<T>): Promise<T> =>
  inOneSentence(async () => {
    await doing.dryRun();
    await record(installation, act);
    return doing.run();
  });
