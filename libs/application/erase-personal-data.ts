import type { StreamName } from '#kernel/id';
import { streamOf } from '#domain/deciders';
import type { ExchangeId, MemberId, NetworkId } from '#domain/ids';
import type { MemberCommand } from '#domain/member/member.commands';
import type { DataOf } from '#kernel/message';
import type { Clock } from '#kernel/clock';
import { elapsed } from '#domain/calendar';
import { START } from '#event-store/log.port';
import type { ErasureLedger, IdentityRegister, Keyring } from '#keys/keys.port';
import type { Envelope } from './envelope';
import { rejected, type Outcome } from './outcome';
import type { Dispatcher } from './run-decider';

/** Every exchange that a member takes or took part in, ended ones too. */
export interface ExchangesOf {
  exchangesOf(networkId: NetworkId, memberId: MemberId): Promise<readonly ExchangeId[]>;
}

export interface ErasureParts {
  readonly dispatcher: Dispatcher;
  readonly keyring: Keyring;
  readonly identities: IdentityRegister;
  readonly exchanges: ExchangesOf;
  readonly ledger: ErasureLedger;
  readonly clock: Clock;
  /** How long another process may hold a destroyed key in its cache: 60 seconds, and one more. */
  readonly cacheMs: number;
}

export type EraseData = DataOf<MemberCommand, 'ErasePersonalData'>;

/**
 * The system's answer to an approved erasure, or to an entry on behalf that nobody confirmed: destroys the keys, forgets the person,
 * and writes `PersonalDataErased` only once no process can hold a destroyed key in its cache any more. Until then it answers as done
 * without the event, and the enrolment's process gives the order again. Each step may be done twice, and the event is the last:
 * a crash anywhere is made good. Judged first, for a legal hold, or a confirmation in time, must find the keys still there.
 */
export const createErasure =
  (parts: ErasureParts) =>
  async (data: EraseData, envelope: Envelope): Promise<Outcome> => {
    const { dispatcher } = parts;
    const order = { type: 'ErasePersonalData', data } as const;
    const answered = await dispatcher.answered(streamOf(order), envelope);
    if (answered) return answered;
    const { refusal, eventTypes } = await dispatcher.judge(order, envelope);
    if (refusal) return rejected(refusal);
    // Confirmed in time, or erased already: nothing to destroy.
    if (!eventTypes.includes('PersonalDataErased')) return dispatcher.dispatch(order, envelope);
    if (!(await destroyed(parts, envelope.networkId, data.memberId))) return WAITING;
    await parts.ledger.scrub();
    return dispatcher.dispatch(order, envelope);
  };

const WAITING: Outcome = { outcome: 'done', position: START, revision: -1, repeated: false, eventTypes: [] };

/** Whether the keys are gone from every cache, too. */
const destroyed = async (parts: ErasureParts, networkId: NetworkId, memberId: MemberId): Promise<boolean> => {
  const { keyring, identities, ledger, exchanges, clock, cacheMs } = parts;
  const streams = (await exchanges.exchangesOf(networkId, memberId)).map(streamOfExchange);
  await keyring.eraseStreams(networkId, streams);
  await keyring.eraseMember(networkId, memberId);
  await identities.forget(networkId, memberId);
  const last = await ledger.lastErasure(networkId, memberId, streams);
  return last === null || elapsed(last, clock.now()) >= cacheMs;
};

const streamOfExchange = (id: ExchangeId): StreamName => `exchange-${id}` as StreamName;
