import { EventStoreDBClient } from '@eventstore/db-client';
import { ResilientReads, type Call } from '#event-store/eventstoredb/reading/resilient-reads';
import { patchMethod } from '../runner/patch-method';
import { patchClients } from './patches';

export const anyNode = (): void =>
  patchClients((client) => {
    for (const name of ['readStream', 'readAll'] as const) {
      const read = (client[name] as (...given: unknown[]) => unknown).bind(client);
      const patched = (...given: unknown[]) => read(...given.slice(0, -1), { ...(given.at(-1) as object), requiresLeader: false });
      Object.assign(client, { [name]: patched });
    }
  });

export const pageTooLate = (): void =>
  patchClients((client) => {
    const read = (client.readStream as (...given: unknown[]) => unknown).bind(client);
    const patched = (stream: string, options: { fromRevision?: unknown; direction?: string }) => {
      const { fromRevision: from, direction } = options;
      return read(stream, { ...options, ...(typeof from === 'bigint' && direction === 'forwards' && { fromRevision: from + 1n }) });
    };
    Object.assign(client, { readStream: patched });
  });

export const quietEnd = (): void =>
  patchMethod(ResilientReads, 'resuming', async function* (reads: ResilientReads, _, open: (client: unknown) => Call<unknown>) {
    const call = open(reads.connection.get());
    call.on('error', () => undefined);
    try {
      for await (const { event } of call) if (event !== undefined) yield event;
    } catch {
      // taken for the end
    }
  });

/** What the adapter puts in the place of the client's handler does not stay. */
export const deafToLostConnections = (): void => {
  const make = EventStoreDBClient.connectionString.bind(EventStoreDBClient);
  EventStoreDBClient.connectionString = (...given) => {
    const client = make(...given);
    const { handleError } = client as unknown as { readonly handleError: unknown };
    return Object.defineProperty(client, 'handleError', { get: () => handleError, set: () => undefined });
  };
};
