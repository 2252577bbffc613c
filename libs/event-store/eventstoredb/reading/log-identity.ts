import { randomUUID } from 'node:crypto';
import { jsonEvent, type EventStoreDBClient, type ResolvedEvent } from '@eventstore/db-client';
import type { Connection } from '../client/connection';
import { attemptFault } from '../client/faults';
import type { Call, ResilientReads } from './resilient-reads';

/** One event, written once. Its type begins as the server's own do: so the server leaves it out of every read of the log. */
const STREAM = 'savoirs-log-identity';
type Identity = { readonly type: '$savoirs-log-identity'; readonly data: { readonly logId: string } };

/** @throws LogUnavailable */
export const logIdentity = async (reads: ResilientReads, appending: Connection): Promise<string> => {
  for (let failures = 1; ; failures += 1) {
    for await (const { data } of reads.resuming(readIdentity)) return data.logId;
    const made = jsonEvent<Identity>({ type: '$savoirs-log-identity', data: { logId: randomUUID() } });
    const appended = appending.get().appendToStream(STREAM, made, { expectedRevision: 'no_stream', requiresLeader: true });
    try {
      await reads.answered(appended);
    } catch (error) {
      // somebody else made it, or nobody knows: look again
      if (attemptFault(error).kind !== 'wrong') await reads.retryOrThrow(error, failures);
    }
  }
};

type Recorded = NonNullable<ResolvedEvent<Identity>['event']>;

const readIdentity = (client: EventStoreDBClient): Call<Recorded> =>
  client.readStream<Identity>(STREAM, { maxCount: 1, requiresLeader: true }) as unknown as Call<Recorded>;
