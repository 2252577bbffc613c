import { hash } from 'node:crypto';
import { canonicalJsonBytes } from '#kernel/canonical-json';
import type { StoredEvent } from '#event-store/log.port';
import { leafHash } from './merkle/hashing';

/** Everything of an event but its position, which is its log's own. */
export type LoggedEvent = Omit<StoredEvent, 'position'>;

const FORM = 1;

const digest = (text: string): string => hash('sha256', text, 'hex');

/**
 * What the tree holds of the event that is number `ordinal`, from 1, of its log: canonical JSON (RFC 8785), its texts by their SHA-256. So a
 * leaf is short enough for any reader of tiles, and whoever serves tiles serves no text.
 * The bytes are the caller's until the next canonical JSON alone.
 */
export const leafOf = ({ stream, revision, eventId, type, version, meta, data }: LoggedEvent, ordinal: number): Uint8Array =>
  canonicalJsonBytes({ data: digest(data), id: eventId, leaf: FORM, meta: digest(meta), ordinal, revision, stream, type, version });

/** @example leafHashOf(event, 4711) */
export const leafHashOf = (event: LoggedEvent, ordinal: number): Buffer => leafHash(leafOf(event, ordinal));
