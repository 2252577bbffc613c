import { createHmac } from 'node:crypto';
import type { CommandId } from '#kernel/id';
import type { Keyring } from '#keys/keys.port';
import { uuidV5 } from './derived-ids';

/** Whom a command is about, and what it says of them. */
export interface About {
  readonly network: string;
  readonly member: string;
  readonly text: string;
}

/**
 * The same text about the same person is the same command (R22). Keyed by that person's member key: the id, and what is made from it, lets
 * nobody find what was said by trial, and with an erasure nobody at all (R19). @throws KeyErased
 */
export const keyedCommandId = async (keyring: Pick<Keyring, 'sealing'>, { network, member, text }: About): Promise<CommandId> => {
  const { secret } = await keyring.sealing({ network, member, stream: null });
  return uuidV5(createHmac('sha256', secret).update(`savoirs/command-id/1 ${text}`).digest('hex'), member) as CommandId;
};
