import type { AllStreamRecordedEvent, EventStoreDBClient, RecordedEvent } from '@eventstore/db-client';
import type { StreamName } from '#kernel/id';
import { LogUnavailable, START, type AllRead, type Position, type StoredEvent, type StreamRead } from '../../log.port';
import { fromPosition, toPosition } from '../../position';
import { fromServer } from '../client/event-shape';
import type { EventIdCache } from './event-id-cache';
import type { Call, ResilientReads } from './resilient-reads';

const HEAD_PAGE = { first: 32, largest: 4096 } as const;

/** Reads ask the leader: a follower may be behind what was acknowledged. */
export class LogReader {
  /** The log's end is never before this. */
  private floor: Position = START;

  constructor(
    private readonly reads: ResilientReads,
    private readonly known: EventIdCache,
  ) {}

  get client(): () => EventStoreDBClient {
    return () => this.reads.connection.get();
  }

  async *readStream(stream: StreamName, { direction = 'forwards', from, limit = Infinity }: StreamRead = {}): AsyncGenerator<StoredEvent> {
    let next = from;
    let left = limit;
    const step = direction === 'forwards' ? 1 : -1;
    const open = (client: EventStoreDBClient): Call<RecordedEvent> =>
      client.readStream(stream, {
        direction,
        fromRevision: next === undefined ? (step === 1 ? 'start' : 'end') : BigInt(Math.min(next, Number.MAX_SAFE_INTEGER)),
        maxCount: Math.min(left, Number.MAX_SAFE_INTEGER),
        requiresLeader: true,
      });
    if (left <= 0) return;
    for await (const event of this.reads.resuming(open)) {
      next = Number(event.revision) + step;
      left -= 1;
      if (step === 1) this.known.learn(stream, Number(event.revision), event.id as StoredEvent['eventId']);
      const stored = fromServer(event);
      if (stored !== undefined) yield stored;
      if (left <= 0 || next < 0) return;
    }
  }

  /** Up to the head as it stands at the first pull. The client reads `$all` without a filter: a subscription has one. */
  async *readAll({ after, filter, limit = Infinity }: AllRead): AsyncGenerator<StoredEvent> {
    const head = await this.head();
    const nothing = filter?.types?.length === 0 || filter?.categories?.length === 0;
    let left = limit;
    let at = after;
    for (let failures = 0; at < head && left > 0 && !nothing;) {
      const before = at;
      try {
        for await (const items of this.reads.walked(at, filter)) {
          for (const item of items) {
            at = item.kind === 'event' ? item.event.position : item.position;
            if (item.kind === 'event' && at <= head) {
              left -= 1;
              yield item.event;
            }
            if (at >= head || left <= 0) return;
          }
        }
        throw new LogUnavailable('the log ended a read before its end', false);
      } catch (error) {
        failures = at > before ? 1 : failures + 1;
        await this.reads.retryOrThrow(error, failures);
      }
    }
  }

  /** The last event that is not the server's own. */
  async head(): Promise<Position> {
    let from: Position | undefined;
    for (let count: number = HEAD_PAGE.first; ; count = Math.min(count * 8, HEAD_PAGE.largest)) {
      const place = from === undefined ? undefined : fromPosition(from);
      const open = (client: EventStoreDBClient): Call<AllStreamRecordedEvent> =>
        client.readAll({
          direction: 'backwards',
          fromPosition: place === undefined ? 'end' : { commit: place, prepare: place },
          maxCount: count,
          requiresLeader: true,
        });
      let seen = 0;
      for await (const event of this.reads.resuming(open)) {
        seen += 1;
        from = toPosition(event.position.commit);
        if (from <= this.floor) return this.floor;
        if (!event.type.startsWith('$') && !event.streamId.startsWith('$')) return this.reached(from);
      }
      if (seen === 0) return this.floor;
    }
  }

  /** Tells of a place that was seen in the log. */
  reached(position: Position): Position {
    if (position > this.floor) this.floor = position;
    return this.floor;
  }
}
