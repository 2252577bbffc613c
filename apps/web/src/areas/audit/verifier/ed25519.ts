import { fromHex, utf8, type Bytes } from './bytes';

/** False, too, where the key is no point of the curve. */
export const isSignedBy = async (publicKey: Bytes, message: Bytes, signature: Bytes): Promise<boolean> => {
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, signature, message);
  } catch {
    return false;
  }
};

/** The first test vector of RFC 8032, 7.1: over no bytes. */
const KNOWN_KEY = fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
const KNOWN_SIGNATURE = fromHex(
  'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
);

/** Whether this browser, at this address, tells a right signature from a wrong one: not all have Ed25519, and none without https. */
export const knowsEd25519 = async (): Promise<boolean> =>
  (await isSignedBy(KNOWN_KEY, utf8(''), KNOWN_SIGNATURE)) && !(await isSignedBy(KNOWN_KEY, utf8('x'), KNOWN_SIGNATURE));
