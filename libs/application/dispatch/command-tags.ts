import { createHmac } from 'node:crypto';
import { KeyErased, type Keyring } from '#keys/keys.port';
import type { Envelope } from './envelope';

/** The tag of what a command was asked with; undefined where the edge gave nothing to bind. */
export type TagOf = (envelope: Envelope) => Promise<string | undefined>;

/**
 * Binds a command's id to what was asked under it (R22). Keyed by the actor's own member key and the command id: nobody without the key can
 * find a body by trial or tell that two are alike (R15), and with an erasure that ends for all (R19). 128 bits, base64url.
 */
export const commandTags =
  (keyring: Pick<Keyring, 'sealing'>): TagOf =>
  async ({ networkId, by, commandId, bodyDigest }) => {
    if (bodyDigest === undefined) return undefined;
    try {
      const { secret } = await keyring.sealing({ network: networkId, member: by.id, stream: null });
      return createHmac('sha256', secret)
        .update(`savoirs/command/1 ${commandId} ${bodyDigest}`)
        .digest()
        .subarray(0, 16)
        .toString('base64url');
    } catch (fault) {
      if (fault instanceof KeyErased) return undefined;
      throw fault;
    }
  };
