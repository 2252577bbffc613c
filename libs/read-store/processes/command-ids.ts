import { createHash } from 'node:crypto';
import type { CommandId } from '#kernel/id';
import type { Due } from '#kernel/process';

/** Names the causes of commands; fixed for ever: changing it would make every repeated command a new one. */
const NAMESPACE = Buffer.from('6f1c2a0b9d5e4c3fa1b27e8d9c0f3a54', 'hex');

/** UUIDv5 of RFC 9562. */
const uuidV5 = (name: string): string => {
  const hash = createHash('sha1').update(NAMESPACE).update(name, 'utf8').digest();
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** The same cause gives the same id, on any machine and after any crash: that is what makes a repeated command harmless. */
export const commandIdOf = (cause: string, processName: string, index: number): CommandId =>
  uuidV5(`${cause}/${processName}/${index}`) as CommandId;

export const dueKey = ({ key, name, at }: Due): string => `${key}/${name}/${at}`;
