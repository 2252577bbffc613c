import type { CommandId } from '#kernel/id';
import type { Due } from '#kernel/process';
import { uuidV5 } from '#uuid/uuid-v5';

/** Names the causes of commands; fixed for ever: changing it would make every repeated command a new one. */
const NAMESPACE = '6f1c2a0b-9d5e-4c3f-a1b2-7e8d9c0f3a54';

/** The same cause gives the same id, on any machine and after any crash: that is what makes a repeated command harmless. */
export const commandIdOf = (cause: string, processName: string, index: number): CommandId =>
  uuidV5(NAMESPACE, `${cause}/${processName}/${index}`) as CommandId;

export const dueKey = ({ key, name, at }: Due): string => `${key}/${name}/${at}`;
