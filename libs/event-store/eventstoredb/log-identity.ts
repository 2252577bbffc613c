import { randomUUID } from 'node:crypto';
import { jsonEvent, type EventStoreDBClient } from '@eventstore/db-client';
import { LogUnavailable } from '../log.port';
import { attemptFault, isMissingStream, unavailable } from './faults';

/** One event, written once. Its type begins as the server's own do: so the server leaves it out of every read of the log. */
const STREAM = 'savoirs-log-identity';
const TYPE = '$savoirs-log-identity';

/** @throws LogUnavailable */
export const logIdentity = async (reading: () => EventStoreDBClient, appending: () => EventStoreDBClient): Promise<string> => {
  const there = await readIdentity(reading());
  if (there !== undefined) return there;
  const made = jsonEvent({ type: TYPE, data: { logId: randomUUID() } });
  try {
    await appending().appendToStream(STREAM, made, { expectedRevision: 'no_stream', requiresLeader: true, deadline: 5000 });
  } catch (error) {
    // somebody else made it, or nobody knows: read what is there
    if (attemptFault(error).kind !== 'wrong') throw unavailable(error);
  }
  const id = await readIdentity(reading());
  if (id === undefined) throw new LogUnavailable('the log did not keep its id', false);
  return id;
};

const readIdentity = async (client: EventStoreDBClient): Promise<string | undefined> => {
  const call = client.readStream<{ type: typeof TYPE; data: { logId: string } }>(STREAM, { maxCount: 1, requiresLeader: true });
  call.on('error', () => undefined);
  try {
    for await (const { event } of call) if (event !== undefined) return event.data.logId;
    return undefined;
  } catch (error) {
    if (isMissingStream(error)) return undefined;
    throw unavailable(error);
  }
};
