import type { NetworkId } from '#domain/ids';
import type { Operation } from '#application/audit/record-operation';
import type { Operation as Doing } from '#read-store/builds/builds';
import { NotAtOnePosition } from '#read-store/builds/comparison';
import { BuildRefused } from '#read-store/builds/cut-over';
import { ParkedRefused } from '#read-store/parked/parked-queue';
import type { Installation } from '../../installation/installation';
import { badData, CliProblem } from '../usage';

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
    const { recordOperation } = await import('#apps/cli/projections/record-operation');
    await recordOperation(installation, act);
    return doing.run();
  });
