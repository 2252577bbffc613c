import type { StreamName } from '#kernel/id';
import { streamOf } from '#domain/deciders';
import type { ExchangeId, MemberId, NetworkId } from '#domain/ids';
import type { MemberCommand } from '#domain/member/member.commands';
import type { DataOf } from '#kernel/message';
import type { IdentityRegister, Keyring } from '#keys/keys.port';
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
  /** Resolves once no process can hold a destroyed key in its cache any more: 60 seconds, on the clock that tests control. */
  readonly cacheWindow: () => Promise<void>;
}

export type EraseData = DataOf<MemberCommand, 'ErasePersonalData'>;

/**
 * The system's answer to an approved erasure, or to an entry on behalf that nobody confirmed: destroys the keys, forgets the person,
 * and only then writes `PersonalDataErased`. Each step may be done twice, and the event is the last: a crash anywhere is made good by
 * giving the order again. Judged first, for a legal hold, or a confirmation in time, must find the keys still there.
 */
export const createErasure =
  (parts: ErasureParts) =>
  async (data: EraseData, envelope: Envelope): Promise<Outcome> => {
    const { dispatcher, keyring, identities, exchanges } = parts;
    const order = { type: 'ErasePersonalData', data } as const;
    const answered = await dispatcher.answered(streamOf(order), envelope);
    if (answered) return answered;
    const { refusal, eventTypes } = await dispatcher.judge(order, envelope);
    if (refusal) return rejected(refusal);
    // Confirmed in time, or erased already: nothing to destroy.
    if (!eventTypes.includes('PersonalDataErased')) return dispatcher.dispatch(order, envelope);
    const { networkId } = envelope;
    const ids = await exchanges.exchangesOf(networkId, data.memberId);
    await keyring.eraseMember(networkId, data.memberId);
    await keyring.eraseStreams(networkId, ids.map(streamOfExchange));
    await identities.forget(networkId, data.memberId);
    await parts.cacheWindow();
    return dispatcher.dispatch(order, envelope);
  };

const streamOfExchange = (id: ExchangeId): StreamName => `exchange-${id}` as StreamName;
