import type { Instant } from '#kernel/id';

/** Whose key: the member's own, or one of that author and stream, wrapped by the member's (R19). */
export interface KeyOwner {
  readonly network: string;
  readonly member: string;
  /** Stream name for a key of author and stream; null for the member key. */
  readonly stream: string | null;
}

export interface DataKey {
  readonly keyId: string;
  /** 32 bytes, AES-256. */
  readonly secret: Uint8Array;
}

/**
 * Data keys, wrapped by a master key. A key is committed before the first event that uses it; once erased its row stays,
 * says so, and is never re-made. A process caches a key for at most 60 seconds.
 */
export interface Keyring {
  /** Makes the key where there is none yet. @throws KeyErased */
  sealing(owner: KeyOwner): Promise<DataKey>;
  /** @throws MissingKey where there is no row at all: a fault, never "erased" */
  opening(keyId: string): Promise<DataKey | 'erased'>;
  /** Destroys the member's key and every key of that author and a stream. Idempotent. Answers how many keys went. */
  eraseMember(network: string, member: string): Promise<number>;
  /** Destroys every author's key of these streams (evaluation comments in an erased member's exchanges). Idempotent. */
  eraseStreams(network: string, streams: readonly string[]): Promise<number>;
  /**
   * Runs `work` where nobody has a key of these streams, and lets nobody make one until it ends: no text is written there meanwhile
   * that anybody could read. Otherwise does nothing and answers `in-use`. `work` must not ask this keyring for a key.
   */
  whileUnused<T>(network: string, streams: readonly string[], work: () => Promise<T>): Promise<T | 'in-use'>;
  close(): Promise<void>;
}

/** The link person → member id: keyed hash of the token's subject, unique per network, never in the log (R19). */
export interface IdentityRegister {
  /** The member id of this person in this network, or null. */
  find(network: string, subject: string): Promise<string | null>;
  /**
   * Finds, or inserts `memberId` and the member's key in one transaction; concurrent calls agree on one id. Left out, it is random, as it
   * must be where the subject is a person's: an id that follows from a name would find its person by trial. @throws MemberIdTaken
   */
  register(network: string, subject: string, memberId?: string): Promise<string>;
  /** Whether a link leads to this member: what the register holds of them tells nothing else. */
  isLinked(network: string, memberId: string): Promise<boolean>;
  /** Erasure deletes the link: who returns gets a new id. */
  forget(network: string, memberId: string): Promise<void>;
}

/** What was erased, for whoever must show it or repeat it on a restored copy. Names member ids and streams, never a subject. */
export interface Erasure {
  readonly network: string;
  /** The member whose keys went; null where a stream's did. */
  readonly member: string | null;
  readonly stream: string | null;
  readonly keys: number;
}

export interface ErasureLedger {
  /**
   * When a key of this member (null: of none), or of one of these streams, was destroyed last; null where none ever was.
   * A process may hold it for 60 seconds more: an erasure is confirmed after that.
   */
  lastErasure(network: string, member: string | null, streams: readonly string[]): Promise<Instant | null>;
  /** Oldest first. */
  erasures(): Promise<readonly Erasure[]>;
  /**
   * Rewrites the files, so that they hold no trace of destroyed keys and links. Locks them meanwhile. False where it must be tried
   * again: somebody reads an older state.
   */
  scrub(): Promise<boolean>;
}

/** The id that was given is another person's. */
export class MemberIdTaken extends Error {
  constructor() {
    super('this member id belongs to another person');
    this.name = 'MemberIdTaken';
  }
}

export class KeyErased extends Error {
  constructor(readonly owner: KeyOwner) {
    super('the key of this member is erased');
    this.name = 'KeyErased';
  }
}

/** The erasure could not be entered in the ledger that is kept elsewhere: nothing was destroyed. `why`: a sentence, or a code of the file system. */
export class ErasureNotEntered extends Error {
  constructor(readonly why: string) {
    super(`an erasure could not be entered in the ledger: ${why}`);
    this.name = 'ErasureNotEntered';
  }
}

export class MissingKey extends Error {
  constructor(readonly keyId: string) {
    super(`key ${keyId} is missing, and no erasure says so`);
    this.name = 'MissingKey';
  }
}
