import type { CommandId, Instant } from '#kernel/id';
import type { SentCommand } from '#domain/catalogue';
import type { MemberId, NetworkId } from '#domain/ids';
import type { DomainActor } from '#domain/vocabulary';
import type { Envelope } from './dispatch/envelope';
import type { EraseData } from './member/erase-personal-data';
import type { ApplyData } from './retention/apply-retention';
import { orUnknown, type Outcome } from './dispatch/outcome';
import { proposeFound } from './match/propose-found';
import type { PairHistory } from './match/proposal';
import type { RefusalCode } from './dispatch/refusals';
import type { Dispatcher } from './dispatch/run-decider';

/** Process managers and due times act as nobody. */
export const SYSTEM: DomainActor = { id: 'system' as MemberId, role: 'system' };

export interface ProcessCommandIds {
  readonly network: string;
  /** UUIDv5 of the event id or due key, the process and the index: given again after a crash, it makes nothing twice. */
  readonly commandId: CommandId;
  readonly correlationId: string;
  readonly causationId: string;
}

/** Unknown: give the order again, under the same ids. A rejection is final: the moment has passed, or nothing is left to do. */
export type ProcessCommandOutcome = 'done' | 'unknown' | { readonly rejected: RefusalCode };
export type ExecuteProcessCommand = (order: SentCommand, ids: ProcessCommandIds, at: Instant) => Promise<ProcessCommandOutcome>;

interface Parts {
  readonly dispatcher: Pick<Dispatcher, 'dispatch' | 'loadState'>;
  readonly history: PairHistory;
  readonly erase: (data: EraseData, envelope: Envelope) => Promise<Outcome>;
  readonly applyRetention: (data: ApplyData, envelope: Envelope) => Promise<Outcome>;
}

/** What a process's runtime calls with each order of `react`. */
export const createProcessCommands =
  (parts: Parts): ExecuteProcessCommand =>
  async (order, { network, ...ids }, at) => {
    const envelope: Envelope = { ...ids, networkId: network as NetworkId, by: SYSTEM, at };
    const outcome = await orUnknown(ids.commandId, () => executed(parts, order, envelope));
    return outcome.outcome === 'rejected' ? { rejected: outcome.refusal.code } : outcome.outcome;
  };

const executed = ({ dispatcher, history, erase, applyRetention }: Parts, order: SentCommand, envelope: Envelope): Promise<Outcome> => {
  switch (order.type) {
    case 'ErasePersonalData':
      return erase(order.data, envelope);
    case 'ApplyRetention':
      return applyRetention(order.data, envelope);
    case 'ProposeMatch':
      return proposeFound({ dispatcher, history }, order.data, envelope);
    default:
      return dispatcher.dispatch(order, envelope);
  }
};
