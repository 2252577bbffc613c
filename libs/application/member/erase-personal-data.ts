import type { StreamName } from '#kernel/id';
import { elapsed } from '#domain/calendar';
import { streamOf } from '#domain/deciders';
import type { MemberId, NetworkId } from '#domain/ids';
import type { MemberCommand } from '#domain/member/member.commands';
import type { DataOf } from '#kernel/message';
import type { Clock } from '#kernel/clock';
import { START } from '#event-store/log.port';
import { ErasureNotEntered, type ErasureLedger, type IdentityRegister, type Keyring } from '#keys/keys.port';
import type { ClearTexts } from '#read-store/clear-texts.port';
import type { Envelope } from '../dispatch/envelope';
import { exchangeStreamsOf } from './exchange-streams-of';
import { rejected, type Outcome } from '../dispatch/outcome';
import type { Dispatcher } from '../dispatch/run-decider';

export interface ErasureParts {
  readonly dispatcher: Dispatcher;
  readonly keyring: Keyring;
  readonly identities: IdentityRegister;
  readonly texts: ClearTexts;
  readonly ledger: ErasureLedger;
  readonly clock: Clock;
  /** How long another process may hold a destroyed key in its cache: 60 seconds, and one more; 0 where there is no other. */
  readonly cacheMs: number;
  /** Told, in a sentence, what an erasure waits for beyond that. */
  readonly onWaiting?: (sentence: string) => void;
}

export type EraseData = DataOf<MemberCommand, 'ErasePersonalData'>;

/**
 * The system's answer to an approved erasure, or to an entry on behalf that nobody confirmed: enters it in the ledger that is kept
 * elsewhere, destroys the keys, forgets the person, removes the clear texts, and writes `PersonalDataErased` only once nothing of it can be read any more, in any process or file. Until
 * then it answers as done without the event, and the enrolment's process gives the order again. Each step may be done twice, and the
 * event is the last: a crash anywhere is made good. It decides from the log and the keys alone: no read model can be late.
 * Judged first, for a legal hold, or a confirmation in time, must find the keys still there.
 */
export const createErasure =
  (parts: ErasureParts) =>
  async (data: EraseData, envelope: Envelope): Promise<Outcome> => {
    const { dispatcher, keyring } = parts;
    const order = { type: 'ErasePersonalData', data } as const;
    const answered = await dispatcher.answered(streamOf(order), envelope);
    if (answered) return answered;
    const { refusal, eventTypes } = await dispatcher.judge(order, envelope);
    if (refusal) return rejected(refusal);
    // Confirmed in time, or erased already: nothing to destroy.
    if (!eventTypes.includes('PersonalDataErased')) return dispatcher.dispatch(order, envelope);
    const erased = { network: envelope.networkId, member: data.memberId };
    if (!(await isUnreadable(parts, erased).catch(isNotEntered(parts))) || !(await isScrubbed(parts))) return WAITING;
    // Whoever wrote there meanwhile has a key again: it goes with the next attempt.
    const streams = await exchangeStreamsOf(dispatcher, data.memberId);
    const outcome = await keyring.whileUnused(erased.network, streams, () => dispatcher.dispatch(order, envelope));
    if (outcome !== 'in-use') return outcome;
    parts.onWaiting?.('An erasure waits: somebody wrote in an exchange of that member meanwhile. It is tried again in two minutes.');
    return WAITING;
  };

const WAITING: Outcome = { outcome: 'done', position: START, revision: -1, repeated: false, eventTypes: [] };

interface Erased {
  readonly network: NetworkId;
  readonly member: MemberId;
}

/** Destroys and removes; answers whether the keys are gone from every cache, too. */
const isUnreadable = async (parts: ErasureParts, { network, member }: Erased): Promise<boolean> => {
  const { dispatcher, keyring, identities, ledger, texts, clock, cacheMs } = parts;
  // Read first: texts are removed for good only if no cache held their keys at that moment.
  const now = clock.now();
  const streams: readonly StreamName[] = await exchangeStreamsOf(dispatcher, member);
  await keyring.eraseStreams(network, streams);
  await keyring.eraseMember(network, member);
  await identities.forget(network, member);
  await texts.erase({ network, member, streams });
  const last = await ledger.lastErasure(network, member, streams);
  return last === null || cacheMs === 0 || elapsed(last, now) >= cacheMs;
};

/** Nothing was destroyed then, and nothing is confirmed. */
const isNotEntered =
  ({ onWaiting }: ErasureParts) =>
  (fault: unknown): false => {
    if (!(fault instanceof ErasureNotEntered)) throw fault;
    onWaiting?.(
      `An erasure waits: it could not be entered in the erasure ledger, and nothing was destroyed. It is tried again in two minutes. ${fault.why}`,
    );
    return false;
  };

const isScrubbed = async ({ texts, ledger, onWaiting }: ErasureParts): Promise<boolean> => {
  if ((await texts.scrub()) && (await ledger.scrub())) return true;
  onWaiting?.(
    'An erasure waits: a transaction that began before it is still open in PostgreSQL (see pg_stat_activity), so that its files cannot be rewritten. It is tried again in two minutes.',
  );
  return false;
};
