import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { KeyOwner } from './keys.port';

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a wrapped key is bound to: moved to another row, it does not open. */
const additional = (keyId: string, { network, member, stream }: KeyOwner): Buffer =>
  Buffer.from(JSON.stringify([keyId, network, member, stream]));

/** AES-256-GCM: format, nonce, cipher text, tag. */
export const wrap = (secret: Uint8Array, by: Uint8Array, of: { readonly keyId: string; readonly owner: KeyOwner }): Buffer => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', by, nonce).setAAD(additional(of.keyId, of.owner));
  return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
};

/** @throws where the wrapped key was altered, moved, or wrapped by another key */
export const unwrap = (wrapped: Buffer, by: Uint8Array, of: { readonly keyId: string; readonly owner: KeyOwner }): Uint8Array => {
  if (wrapped[0] !== FORMAT) throw new Error(`key ${of.keyId} is wrapped in a format that this program does not know`);
  const nonce = wrapped.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', by, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(additional(of.keyId, of.owner)).setAuthTag(wrapped.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(wrapped.subarray(1 + NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new Error(`key ${of.keyId} does not open: its row was altered, or it was wrapped by another key`);
  }
};

const derived = (masterKey: Uint8Array, purpose: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), `savoirs/${purpose}/1`, bytes));

/** For what lies outside of the keys' tables: a secret of its own, so that it opens nothing else. */
export const secretFor = (masterKey: Uint8Array, purpose: 'sign-in' | 'audit' | 'erasure-ledger'): Uint8Array =>
  derived(masterKey, purpose, 32);

/** Tells one master key from another, and nothing about either. */
export const fingerprintOf = (masterKey: Uint8Array): string => derived(masterKey, 'fingerprint', 16).toString('hex');

/** Keyed, so that a list of known subjects finds nobody; per network, so that two networks' rows cannot be joined (R19, R23). */
export const subjectHasher = (masterKey: Uint8Array): ((network: string, subject: string) => Buffer) => {
  const key = derived(masterKey, 'subject', 32);
  return (network, subject) =>
    createHmac('sha256', key)
      .update(JSON.stringify([network, subject]))
      .digest();
};
