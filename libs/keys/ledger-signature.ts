import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { fingerprintOf, secretFor } from './wrapping';

/** Signs and checks lines of the erasure ledger: Ed25519 by a key that follows from the master key, so that there is none more to keep. */
export interface LedgerSigner {
  /** Tells whose ledger it is. */
  readonly installation: string;
  /** Base64. */
  sign(text: string): string;
  verify(text: string, signature: string): boolean;
}

/** RFC 8410: what comes before the 32 bytes of a private key in PKCS #8. */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

export const ledgerSigner = (masterKey: Uint8Array): LedgerSigner => {
  const seed = secretFor(masterKey, 'erasure-ledger');
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  return {
    installation: fingerprintOf(masterKey),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
    verify: (text, signature) => {
      const bytes = Buffer.from(signature, 'base64');
      // the last letters of base64 may differ and say the same
      return bytes.toString('base64') === signature && verify(null, Buffer.from(text), publicKey, bytes);
    },
  };
};
