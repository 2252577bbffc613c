import type { CommandId, Instant } from '#kernel/id';
import type { SentCommand } from '#domain/catalogue';
import type { MemberId, NetworkId } from '#domain/ids';
import type { DomainActor } from '#domain/vocabulary';
import type { Envelope } from './dispatch/envelope';
import type { EraseData } from './member/erase-personal-data';
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
}

/** What a process's runtime calls with each order of `react`. */
export const createProcessCommands =
  ({ dispatcher, history, erase }: Parts): ExecuteProcessCommand =>
  async (order, { network, ...ids }, at) => {
    const envelope: Envelope = { ...ids, networkId: network as NetworkId, by: SYSTEM, at };
    const outcome = await orUnknown(ids.commandId, () =>
      order.type === 'ErasePersonalData'
        ? erase(order.data, envelope)
        : order.type === 'ProposeMatch'
          ? proposeFound({ dispatcher, history }, order.data, envelope)
          : dispatcher.dispatch(order, envelope),
    );
    return outcome.outcome === 'rejected' ? { rejected: outcome.refusal.code } : outcome.outcome;
  };
