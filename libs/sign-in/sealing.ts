import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Sealing } from './sign-in-sessions.port';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Each text under a key of its own, made from the secret and from what only its reader brings: neither of them alone opens it. */
const keyOf = (secret: Uint8Array, by: string): Buffer => Buffer.from(hkdfSync('sha256', secret, by, 'savoirs/sealed/1', 32));

/** AES-256-GCM: nonce, cipher text, tag. */
export const sealing = (secret: Uint8Array): Sealing => ({
  seal: (text, by) => {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', keyOf(secret, by), nonce);
    return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  },
  open: (sealed, by) => {
    if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
    const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, by), sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
    } catch {
      return null;
    }
  },
  tag: (text) =>
    createHmac('sha256', Buffer.from(hkdfSync('sha256', secret, '', 'savoirs/tag/1', 32)))
      .update(text)
      .digest('base64url'),
});
