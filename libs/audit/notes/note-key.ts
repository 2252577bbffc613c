import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { sha256 } from '../merkle/hashing';
import { fromBase64, toBase64 } from './strict-base64';

/** What a signature of a note says (c2sp.org/signed-note): by a log, its text; by a witness, the text at a time (tlog-cosignature). */
export const SIGNATURE_TYPES = { ed25519: 0x01, cosignature: 0x04 } as const;
export type SignatureType = keyof typeof SIGNATURE_TYPES;

const KEY_BYTES = 32;
const ID_BYTES = 4;
/** What stands before the 32 bytes of an Ed25519 key in DER (RFC 8410). */
const PRIVATE_DER = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_DER = Buffer.from('302a300506032b6570032100', 'hex');

/** Of somebody whose signature is known: by its text `name+id+key`, as other programs take it, too. */
export interface VerifierKey {
  readonly name: string;
  readonly type: SignatureType;
  /** First four bytes of a hash over the others: tells keys apart, and proves nothing. */
  readonly id: Buffer;
  readonly publicKey: Buffer;
}

export interface SigningKey extends VerifierKey {
  readonly secret: KeyObject;
}

/** A name, or a text that should be a key, that cannot be one. Says what is wrong with it. */
export class NoteKeyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoteKeyError';
  }
}

const NAME = /^[^\s+\p{C}]+$/u;

const keyId = (name: string, type: SignatureType, publicKey: Buffer): Buffer =>
  sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(SIGNATURE_TYPES[type]), publicKey])).subarray(0, ID_BYTES);

const verifierKey = (name: string, type: SignatureType, publicKey: Buffer): VerifierKey => {
  if (!NAME.test(name)) throw new NoteKeyError('a key’s name has no space, no “+” and no control character');
  return { name, type, publicKey, id: keyId(name, type, publicKey) };
};

/** @throws NoteKeyError where the name cannot be one, or the secret has not 32 bytes */
export const signingKey = (name: string, type: SignatureType, secret: Uint8Array): SigningKey => {
  if (secret.length !== KEY_BYTES) throw new NoteKeyError(`a signing key has ${KEY_BYTES} bytes`);
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE_DER, secret]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_DER.length);
  return { ...verifierKey(name, type, publicKey), secret: key };
};

/** @example verifierKeyText(key) // example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k */
export const verifierKeyText = ({ name, type, id, publicKey }: VerifierKey): string =>
  [name, id.toString('hex'), toBase64(Buffer.concat([Buffer.of(SIGNATURE_TYPES[type]), publicKey]))].join('+');

const typeOf = (byte: number | undefined): SignatureType | undefined => {
  if (byte === SIGNATURE_TYPES.ed25519) return 'ed25519';
  return byte === SIGNATURE_TYPES.cosignature ? 'cosignature' : undefined;
};

/** @throws NoteKeyError */
export const readVerifierKey = (text: string): VerifierKey => {
  // base64 has “+”, too; a name and an id have none
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const bytes = encoded === undefined ? null : fromBase64(encoded);
  const type = typeOf(bytes?.[0]);
  if (name === undefined || bytes === null || bytes.length !== 1 + KEY_BYTES || type === undefined)
    throw new NoteKeyError('a verifier key is name+id+key, with an Ed25519 key in base64');
  const key = verifierKey(name, type, bytes.subarray(1));
  if (key.id.toString('hex') !== id)
    throw new NoteKeyError('the id of this verifier key is not that of its name and key: a part was altered');
  return key;
};

export const signWith = ({ secret }: SigningKey, message: Uint8Array): Buffer => sign(null, message, secret);

/** False, too, where the key is no point of the curve. */
export const isSignedBy = ({ publicKey }: VerifierKey, message: Uint8Array, signature: Uint8Array): boolean => {
  try {
    const key = createPublicKey({ key: Buffer.concat([PUBLIC_DER, publicKey]), format: 'der', type: 'spki' });
    return verify(null, message, key, signature);
  } catch {
    return false;
  }
};
