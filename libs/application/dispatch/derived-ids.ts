import type { CommandId, EventId } from '#kernel/id';
import { uuidV5 } from '#uuid/uuid-v5';

export { uuidV5 };

export const eventIdOf = (commandId: CommandId, index: number): EventId => uuidV5(commandId, String(index)) as EventId;

/** The edge, the use case and whoever judges ask for the same id, one after the other. */
let last = { commandId: '', name: '', id: '' };

/** An id that a command gives to what it makes (an offer, a match, a further command): `idFrom<OfferId>(commandId, 'offer')`. */
export const idFrom = <Id extends string>(commandId: string, name: string): Id => {
  if (last.commandId !== commandId || last.name !== name) last = { commandId, name, id: uuidV5(commandId, name) };
  return last.id as Id;
};
