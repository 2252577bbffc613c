import type { CommandId, EventId } from '#kernel/id';
import { uuidV5 } from '#uuid/uuid-v5';

export { uuidV5 };

export const eventIdOf = (commandId: CommandId, index: number): EventId => uuidV5(commandId, String(index)) as EventId;

/** An id that a command gives to what it makes (an offer, a match, a further command): `idFrom<OfferId>(commandId, 'offer')`. */
export const idFrom = <Id extends string>(commandId: string, name: string): Id => uuidV5(commandId, name) as Id;
