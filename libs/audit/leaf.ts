import { canonicalJsonBytes } from '#kernel/canonical-json';
import type { StoredEvent } from '#event-store/log.port';
import { HASH_BYTES, leafHash, sha256 } from './merkle/hashing';

/** Everything of an event but its position, which is its log's own. */
export type LoggedEvent = Omit<StoredEvent, 'position'>;

/** What a leaf says in clear: where the event is, and what kind of event it is. */
export type LeafEvent = Omit<LoggedEvent, 'meta' | 'data'>;

const FORM = 1;

export const textHash = (text: string): Buffer => sha256(text);

const pair = Buffer.alloc(2 * HASH_BYTES);

/** One hash over both texts: one of them can be shown and proven, and of the other one nothing but its hash. */
export const contentHash = (metaHash: Uint8Array, dataHash: Uint8Array): string => {
  pair.set(metaHash, 0);
  pair.set(dataHash, HASH_BYTES);
  return sha256(pair).toString('hex');
};

/**
 * What the tree holds of the event that is number `ordinal`, from 1, of its log: canonical JSON (RFC 8785), its texts by one hash. So a
 * leaf is short enough for any reader of tiles, and whoever serves tiles serves no text.
 * The bytes are the caller's until the next canonical JSON alone.
 */
export const leafBytes = ({ stream, revision, eventId, type, version }: LeafEvent, ordinal: number, content: string): Uint8Array =>
  canonicalJsonBytes({ content, id: eventId, leaf: FORM, ordinal, revision, stream, type, version });

export const leafOf = (event: LoggedEvent, ordinal: number): Uint8Array =>
  leafBytes(event, ordinal, contentHash(textHash(event.meta), textHash(event.data)));

/** @example leafHashOf(event, 4711) */
export const leafHashOf = (event: LoggedEvent, ordinal: number): Buffer => leafHash(leafOf(event, ordinal));
