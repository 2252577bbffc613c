import type { StoredEvent } from '#event-store/log.port';
import { HASH_BYTES, leafHash, sha256, sha256Hex, writeSha256 } from './merkle/hashing';

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
  return sha256Hex(pair);
};

/** `contentHash` of both texts' hashes. */
const contentOf = ({ meta, data }: Pick<LoggedEvent, 'meta' | 'data'>): string => {
  writeSha256(meta, pair, 0);
  writeSha256(data, pair, HASH_BYTES);
  return sha256Hex(pair);
};

/**
 * What the tree holds of the event that is number `ordinal`, from 1, of its log: canonical JSON (RFC 8785), its texts by one hash. So a
 * leaf is short enough for any reader of tiles, and whoever serves tiles serves no text.
 */
export const leafText = ({ stream, revision, eventId, type, version }: LeafEvent, ordinal: number, content: string): string => {
  // names in the order of RFC 8785, and texts as it has them: as JSON.stringify writes them
  const [id, where, what] = [JSON.stringify(eventId), JSON.stringify(stream), JSON.stringify(type)];
  return `{"content":"${content}","id":${id},"leaf":${FORM},"ordinal":${ordinal},"revision":${revision},"stream":${where},"type":${what},"version":${version}}`;
};

export const leafOf = (event: LoggedEvent, ordinal: number): string => leafText(event, ordinal, contentOf(event));

/** @example leafHashOf(event, 4711) */
export const leafHashOf = (event: LoggedEvent, ordinal: number): Buffer => leafHash(leafOf(event, ordinal));
