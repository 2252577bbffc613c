import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '#kernel/clock';
import type { Instant } from '#kernel/id';
import {
  KeyErased,
  MissingKey,
  type DataKey,
  type Erasure,
  type ErasureLedger,
  type IdentityRegister,
  type KeyOwner,
  type Keyring,
  MemberIdTaken,
} from './keys.port';

interface Row {
  readonly keyId: string;
  readonly owner: KeyOwner;
  secret: Uint8Array | null;
}

const realClock: Clock = { now: () => new Date().toISOString() as Instant };

const nameOf = ({ network, member, stream }: KeyOwner): string => JSON.stringify([network, member, stream]);

/** Keys and register in memory, for tests: same contract as the durable ones, gone with the process. */
export const memoryKeys = (clock: Clock = realClock): Keyring & IdentityRegister & ErasureLedger => {
  const rows = new Map<string, Row>();
  const byOwner = new Map<string, Row>();
  const identities = new Map<string, string>();
  const ledger: (Erasure & { readonly at: Instant })[] = [];
  /** Those who make a key of a stream, and those who let nobody, wait for each other. */
  let turn: Promise<unknown> = Promise.resolve();

  const insert = (owner: KeyOwner, secret: Uint8Array | null): Row => {
    const row = { keyId: randomUUID(), owner, secret };
    rows.set(row.keyId, row);
    byOwner.set(nameOf(owner), row);
    return row;
  };
  const usable = (owner: KeyOwner): DataKey => {
    const { keyId, secret } = byOwner.get(nameOf(owner)) ?? insert(owner, randomBytes(32));
    if (secret === null) throw new KeyErased(owner);
    return { keyId, secret };
  };
  const erase = (where: (owner: KeyOwner) => boolean): number => {
    const gone = [...rows.values()].filter(({ owner, secret }) => secret !== null && where(owner));
    for (const row of gone) row.secret = null;
    return gone.length;
  };

  const inUse = (network: string, streams: readonly string[]): boolean =>
    [...rows.values()].some(
      ({ owner, secret }) => secret !== null && owner.network === network && owner.stream !== null && streams.includes(owner.stream),
    );

  return {
    sealing: async (owner) => {
      if (owner.stream !== null && !byOwner.has(nameOf(owner))) await turn;
      const memberKey = usable({ ...owner, stream: null });
      return owner.stream === null ? memberKey : usable(owner);
    },
    opening: async (keyId) => {
      const row = rows.get(keyId);
      if (row === undefined) throw new MissingKey(keyId);
      return row.secret === null ? 'erased' : { keyId, secret: row.secret };
    },
    eraseMember: async (network, member) => {
      const memberKey = { network, member, stream: null };
      const unheard = !byOwner.has(nameOf(memberKey));
      if (unheard) insert(memberKey, null);
      const keys = erase((owner) => owner.network === network && owner.member === member);
      if (keys > 0 || unheard) ledger.push({ network, member, stream: null, keys, at: clock.now() });
      return keys;
    },
    eraseStreams: async (network, streams) =>
      streams.reduce((total, stream) => {
        const keys = erase((owner) => owner.network === network && owner.stream === stream);
        if (keys > 0) ledger.push({ network, member: null, stream, keys, at: clock.now() });
        return total + keys;
      }, 0),
    scrub: async () => true,
    whileUnused: async (network, streams, work) => {
      const mine = turn.then(async () => (inUse(network, streams) ? 'in-use' : work()));
      turn = mine.catch(() => undefined);
      return mine;
    },
    erasures: async () => ledger.map(({ at: _, ...erasure }) => erasure),
    lastErasure: async (network, member, streams) => {
      const isMeant = (one: Erasure): boolean => (one.stream === null ? one.member === member : streams.includes(one.stream));
      const of = ledger.filter((one) => one.network === network && isMeant(one));
      return of.at(-1)?.at ?? null;
    },
    find: async (network, subject) => identities.get(JSON.stringify([network, subject])) ?? null,
    register: async (network, subject, memberId = randomUUID()) => {
      const person = JSON.stringify([network, subject]);
      const known = identities.get(person);
      if (known !== undefined) return known;
      if ([...identities].some(([other, member]) => member === memberId && JSON.parse(other)[0] === network)) {
        throw new MemberIdTaken();
      }
      usable({ network, member: memberId, stream: null });
      identities.set(person, memberId);
      return memberId;
    },
    isLinked: async (network, memberId) =>
      [...identities].some(([person, member]) => member === memberId && JSON.parse(person)[0] === network),
    forget: async (network, memberId) => {
      for (const [person, member] of identities) {
        if (member === memberId && JSON.parse(person)[0] === network) identities.delete(person);
      }
    },
    close: async () => undefined,
  };
};
