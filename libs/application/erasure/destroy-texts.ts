import type { StreamName } from '#kernel/id';
import type { Clock } from '#kernel/clock';
import { elapsed } from '#domain/calendar';
import type { MemberId, NetworkId } from '#domain/ids';
import { START } from '#event-store/log.port';
import { ErasureNotEntered, type ErasureLedger, type IdentityRegister, type Keyring } from '#keys/keys.port';
import type { ClearTexts } from '#read-store/clear-texts.port';
import type { Outcome } from '../dispatch/outcome';
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

/** What ends together: all that is of these members, and everybody's texts in these streams. */
export interface Ending {
  readonly network: NetworkId;
  readonly members: readonly MemberId[];
  readonly streams: readonly StreamName[];
}

/** Not yet: nothing is written, and the process gives the order again. */
export const WAITING: Outcome = { outcome: 'done', position: START, revision: -1, repeated: false, eventTypes: [] };

/**
 * Enters what `read` names in the ledger that is kept elsewhere, destroys its keys, forgets the people, removes the clear texts; then runs `record`, which says so, but only once nothing of it can be
 * read any more, in any process or file. Until then it answers `WAITING`. Each step may be done twice: a crash anywhere is made good.
 */
export const destroyThen = async (parts: ErasureParts, read: () => Promise<Ending>, record: () => Promise<Outcome>): Promise<Outcome> => {
  if (!(await isUnreadable(parts, read).catch(isNotEntered(parts))) || !(await isScrubbed(parts))) return WAITING;
  // Whoever wrote there meanwhile, or in a stream that is new, has a key again: it goes with the next attempt.
  const { network, streams } = await read();
  const outcome = await parts.keyring.whileUnused(network, streams, record);
  if (outcome !== 'in-use') return outcome;
  parts.onWaiting?.('An erasure waits: somebody wrote in one of its exchanges meanwhile. It is tried again in two minutes.');
  return WAITING;
};

/** Destroys and removes; answers whether the keys are gone from every cache, too. */
const isUnreadable = async (parts: ErasureParts, read: () => Promise<Ending>): Promise<boolean> => {
  const { keyring, identities, ledger, texts, clock, cacheMs } = parts;
  // Read first: texts are removed for good only if no cache held their keys at that moment.
  const now = clock.now();
  const { network, members, streams } = await read();
  await keyring.eraseStreams(network, streams);
  for (const member of members) {
    await keyring.eraseMember(network, member);
    await identities.forget(network, member);
  }
  await texts.erase({ network, members, streams });
  if (cacheMs === 0) return true;
  for (const [index, member] of (members.length === 0 ? [null] : members).entries()) {
    const last = await ledger.lastErasure(network, member, index === 0 ? streams : []);
    if (last !== null && elapsed(last, now) < cacheMs) return false;
  }
  return true;
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
