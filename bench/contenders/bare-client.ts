import { EventStoreDBClient, jsonEvent, type AppendExpectedRevision, type EventData } from '@eventstore/db-client';
import { addressForClient } from '#event-store/eventstoredb/client/address';
import { narrowed } from '#event-store/eventstoredb/reading/all-subscription';
import { START, type LogFilter, type Position } from '#event-store/log.port';
import { fromPosition } from '#event-store/position';
import { eachAtOnce, type SingleAppend } from './single-appends';

/** As many as the adapter lets wait for its consumer. */
const BATCH = 64;

/** A single append as the client wants it: its caller has objects, not texts. */
export interface BareAppend {
  readonly stream: string;
  readonly event: EventData;
  readonly expectedRevision: AppendExpectedRevision;
}

export const bareAppend = ({ stream, revision, event: { eventId, type, version, meta, data } }: SingleAppend): BareAppend => {
  const metadata = { ...(JSON.parse(meta) as Record<string, unknown>), $schemaVersion: version };
  return {
    stream,
    event: jsonEvent({ id: eventId, type, data: JSON.parse(data) as Record<string, unknown>, metadata }),
    expectedRevision: revision === 0 ? 'no_stream' : BigInt(revision - 1),
  };
};

/** The floor: the client alone, which parses and writes JSON as always, without deadlines, retries, look-backs and byte-exact texts. */
export interface BareClient {
  append(rows: readonly BareAppend[], atOnce: number): Promise<void>;
  /** Filtered on the server as the adapter has it, until `events` have come. */
  catchUp(from: { readonly after: Position; readonly filter: LogFilter; readonly events: number }): Promise<void>;
  close(): void;
}

export const bareClient = (url: string): BareClient => {
  const client = EventStoreDBClient.connectionString(addressForClient(url));
  return {
    // ends its calls; it may never settle, and nothing holds the process any more
    close: () => void client.dispose(),
    append: (rows, atOnce) =>
      eachAtOnce(rows, atOnce, async ({ stream, event, expectedRevision }) => {
        const { success } = await client.appendToStream(stream, event, { expectedRevision, requiresLeader: true });
        if (!success) throw new Error('an append did not succeed');
      }),
    catchUp: async ({ after, filter, events }) => {
      const place = fromPosition(after);
      const start = after === START ? 'start' : { commit: place, prepare: place };
      const call = client.subscribeToAll({ fromPosition: start, filter: narrowed(filter)! }, { highWaterMark: BATCH });
      let left = events;
      try {
        for await (const { event } of call) if (event !== undefined && --left === 0) break;
      } finally {
        await call.unsubscribe();
      }
      if (left > 0) throw new Error(`${left} events did not come`);
    },
  };
};
