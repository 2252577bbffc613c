import type { DataKey } from '#keys/keys.port';
import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { canonicalJsonBytes } from '#kernel/canonical-json';

const SEALED = /^enc:1:([^:]+):([A-Za-z0-9_-]{16}):([A-Za-z0-9_-]{22,})$/;
const TAG_BYTES = 16;
const NONCE_BYTES = 12;

/** Random bytes for the nonces to come: asking for so few costs as much as asking for many. */
const drawn = Buffer.alloc(256 * NONCE_BYTES);
let used = drawn.length;

/** Each one is given once. It stays as it is until the next call alone. */
const nextNonce = (): Buffer => {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += NONCE_BYTES;
  return drawn.subarray(used - NONCE_BYTES, used);
};

/** Where a sealed text stands: it opens nowhere else. */
export interface SealedPlace {
  readonly stream: string;
  readonly eventId: string;
  readonly type: string;
  readonly path: string;
}

/** Until the next text is written. */
const additional = ({ stream, eventId, type, path }: SealedPlace): Uint8Array => canonicalJsonBytes([stream, eventId, type, path]);

export const isSealed = (value: unknown): value is string => typeof value === 'string' && SEALED.test(value);

export const keyIdOf = (sealed: string): string => sealed.slice(6, sealed.indexOf(':', 6));

/** AES-256-GCM with a fresh nonce: `enc:1:<key id>:<nonce>:<cipher text and tag>`, base64url. */
export const seal = (text: string, { keyId, secret }: DataKey, place: SealedPlace): string => {
  const nonce = nextNonce();
  const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(additional(place));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `enc:1:${keyId}:${nonce.toString('base64url')}:${sealed.toString('base64url')}`;
};

/** @throws where text, key or place is not the one that was sealed */
export const open = (sealed: string, secret: Uint8Array, place: SealedPlace): string => {
  const [, , nonce, body] = SEALED.exec(sealed) ?? [];
  if (nonce === undefined || body === undefined) throw new Error('not a sealed text');
  const bytes = Buffer.from(body, 'base64url');
  if (bytes.toString('base64url') !== body) throw new Error('not canonical base64url');
  const decipher = createDecipheriv('aes-256-gcm', secret, Buffer.from(nonce, 'base64url'), { authTagLength: TAG_BYTES });
  decipher.setAAD(additional(place)).setAuthTag(bytes.subarray(-TAG_BYTES));
  return decipher.update(bytes.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
};
