import { eventTypeFilter, streamNameFilter, type AllStreamSubscription, type EventStoreDBClient, type Filter } from '@eventstore/db-client';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { LogUnavailable, type LogFilter, type Position, type StoredEvent, START } from '../../log.port';
import { fromPosition, toPosition } from '../../position';
import { unavailable } from '../client/faults';
import { fromWire } from '../client/wire-shape';

export type AllItem =
  /** `event` is missing where another program wrote it. */
  | { readonly kind: 'event'; readonly position: Position; readonly event: StoredEvent | undefined }
  | { readonly kind: 'checkpoint'; readonly position: Position }
  | { readonly kind: 'caught-up' };

/** Records that the server looks at between two checkpoints, and in one search. */
const WINDOW = 2000;
/** Items held for a consumer who does not ask. */
const BATCH = 64;

/** Everything that is not the server's own. */
export const everything = (): Filter => eventTypeFilter({ regex: '^[^$]', maxSearchWindow: WINDOW });

/** A filter on the server that lets at least all of `filter` through: it knows one of the two criteria at a time. */
export const narrowed = ({ types, categories }: LogFilter): Filter | undefined => {
  if (types !== undefined) return eventTypeFilter({ regex: `^(${types.map(escaped).join('|')})$`, maxSearchWindow: WINDOW });
  if (categories === undefined) return undefined;
  return streamNameFilter({ regex: `^(${categories.map(escaped).join('|')})(-|$)`, maxSearchWindow: WINDOW });
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** One subscription to `$all`, as long as the server keeps it; its checkpoints queue behind events (findings/checkpoint-before-events.sh). */
export class AllSubscription {
  private readonly call: AllStreamSubscription;

  constructor(client: EventStoreDBClient, after: Position, filter: Filter) {
    const place = fromPosition(after);
    this.call = client.subscribeToAll(
      {
        fromPosition: after === START ? 'start' : { commit: place, prepare: place },
        filter: { ...filter, checkpointReached: (call, { commit, prepare }) => this.mark(call, commit, prepare) },
      },
      { highWaterMark: BATCH },
    );
    converting(this.call).convertGrpcEvent = (sent) => sent;
    this.call.on('caughtUp', () => void this.call.push({ kind: 'caught-up' } satisfies AllItem));
    // after the end of this flow an error concerns nobody, and without a listener it would end the process
    this.call.on('error', () => undefined);
  }

  /** Nothing more has arrived that the consumer has not been given. */
  get idle(): boolean {
    return this.call.readableLength === 0;
  }

  /** What has arrived, together. Ends where the server ends it, and on abort. @throws LogUnavailable where it breaks */
  async *batches(signal: AbortSignal): AsyncGenerator<readonly AllItem[]> {
    const end = (): void => void this.call.destroy();
    signal.addEventListener('abort', end);
    try {
      if (signal.aborted) return;
      for await (const first of this.call as AsyncIterable<unknown>) {
        const batch = [itemOf(first)];
        while (batch.length < BATCH && !this.idle) batch.push(itemOf(this.call.read()));
        yield batch;
      }
    } catch (error) {
      if (!signal.aborted) throw unavailable(error);
    } finally {
      signal.removeEventListener('abort', end);
      this.call.destroy();
      void this.call.unsubscribe().catch(() => undefined);
    }
  }

  /** Never rejects: the client would stall. A place that two numbers tell cannot be resumed from by one. */
  private mark(call: AllStreamSubscription, commit: bigint, prepare: bigint): void {
    if (commit === prepare) call.push({ kind: 'checkpoint', position: toPosition(commit) } satisfies AllItem);
  }
}

interface Converting {
  convertGrpcEvent: (sent: ReadResp.ReadEvent) => unknown;
}

/** Where a call of client 6.2.1 makes an event of what the server sent (the version is pinned). */
const converting = (call: AllStreamSubscription): Converting => {
  const inside = call as unknown as Converting;
  if (typeof inside.convertGrpcEvent !== 'function') throw new Error('this version of the client converts events elsewhere');
  return inside;
};

const itemOf = (arrived: unknown): AllItem => {
  const item = arrived as AllItem | ReadResp.ReadEvent;
  if ('kind' in item) return item;
  const event = item.getEvent();
  const commit = event?.getCommitPosition() ?? (item.hasCommitPosition() ? item.getCommitPosition() : undefined);
  if (commit === undefined) throw new LogUnavailable('the log sent an event without its position', false);
  const position = toPosition(commit);
  return { kind: 'event', position, event: event && fromWire(event, position) };
};
