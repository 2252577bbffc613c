import type { StreamName } from '#kernel/id';
import { validateAppend } from '../validate-append';
import {
  LogUnavailable,
  type AllRead,
  type AppendResult,
  type EventLog,
  type EventToAppend,
  type ExpectedRevision,
  type LogFilter,
  type Position,
  type StoredEvent,
  type StreamRead,
  type SubscriptionItem,
} from '../log.port';
import { Appender, type AppendTimes } from './appending/appender';
import { Connection, appendingConnection } from './client/connection';
import { EventIdCache } from './reading/event-id-cache';
import { logIdentity } from './reading/log-identity';
import { LogReader } from './reading/log-reader';
import { AppendRecovery } from './appending/append-recovery';
import { ResilientReads, type ReadTimes } from './reading/resilient-reads';
import { SupervisedFeed, type FeedStatus, type FeedTimes } from './reading/supervised-feed';
import { realTimers, type Timers } from './client/timers';

export interface EventStoreDbLogOptions extends Partial<AppendTimes & ReadTimes & FeedTimes> {
  readonly timers?: Timers;
  /** Takes answers in gzip where the server gives them so (from 25.1 on): fewer bytes, and events come several times slower. */
  readonly gzip?: boolean;
  /** Told of every subscription's each change of state, and of its end (`stopped`). */
  readonly onFeed?: (status: FeedStatus) => void;
}

const TIMES: AppendTimes & ReadTimes & FeedTimes = {
  deadlineMs: 10_000,
  attemptMs: 2500,
  retryMs: { first: 50, longest: 1000 },
  silenceMs: 30_000,
  watchdogMs: 5000,
  backOffMs: { first: 100, longest: 5000 },
};

/**
 * The log in EventStoreDB 23.10 or newer, which is called KurrentDB from 25.0 on. Positions are the commit positions of `$all`.
 * @example const log = await EventStoreDbLog.open('esdb://user:password@node1:2113,node2:2113,node3:2113?tls=true');
 */
export class EventStoreDbLog implements EventLog {
  private readonly closing = new AbortController();
  private readonly reading: Connection;
  private readonly appending: ReturnType<typeof appendingConnection>;
  private readonly reads: ResilientReads;
  private readonly reader: LogReader;
  private readonly appender: Appender;
  private readonly times: typeof TIMES;
  private readonly timers: Timers;
  private readonly onFeed: (status: FeedStatus) => void;
  private readonly live = new Set<SupervisedFeed>();
  private readonly pending = new Set<Promise<unknown>>();
  private id: Promise<string> | undefined;
  private begun = 0;
  private closed: Promise<void> | undefined;

  private constructor(url: string, { timers = realTimers, gzip, onFeed = () => undefined, ...times }: EventStoreDbLogOptions) {
    this.times = { ...TIMES, ...times };
    this.timers = timers;
    this.onFeed = onFeed;
    const known = new EventIdCache();
    this.reading = new Connection(url, gzip);
    this.appending = appendingConnection(url, gzip);
    this.reads = new ResilientReads(this.reading, this.times, timers);
    this.reader = new LogReader(this.reads, known);
    this.appender = new Appender(this.appending.connection, new AppendRecovery(this.reader, known), this.times, timers);
  }

  /** @throws LogUnavailable where there is no server; Error where `url` is none that this log can use, without quoting it */
  static async open(url: string, options: EventStoreDbLogOptions = {}): Promise<EventStoreDbLog> {
    const log = new EventStoreDbLog(url, options);
    try {
      await log.logId();
      return log;
    } catch (error) {
      await log.close();
      throw error;
    }
  }

  logId(): Promise<string> {
    this.id ??= logIdentity(this.reads, this.appending.connection).catch((error: unknown) => {
      this.id = undefined;
      throw error;
    });
    return this.id;
  }

  async append(stream: StreamName, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<AppendResult> {
    if (this.closing.signal.aborted) throw new LogUnavailable('the log is closed', false);
    const admitted = validateAppend(stream, expected, events);
    if ('outcome' in admitted) return admitted;
    const answer = this.appender.append({ stream, expected, events, bytes: admitted.bytes });
    const settled: Promise<unknown> = answer.then(
      () => this.pending.delete(settled),
      () => this.pending.delete(settled),
    );
    this.pending.add(settled);
    return answer;
  }

  readStream(stream: StreamName, read?: StreamRead): AsyncIterable<StoredEvent> {
    return this.reader.readStream(stream, read);
  }

  readAll(read: AllRead): AsyncIterable<StoredEvent> {
    return this.reader.readAll(read);
  }

  subscribe(from: {
    readonly after: Position;
    readonly filter?: LogFilter;
    readonly signal: AbortSignal;
  }): AsyncIterable<SubscriptionItem> {
    const signal = AbortSignal.any([from.signal, this.closing.signal]);
    this.begun += 1;
    const feed: SupervisedFeed = new SupervisedFeed(this.begun, this.reader, { ...from, signal }, this.times, this.timers, (status) => {
      if (status.state === 'stopped') this.live.delete(feed);
      else this.live.add(feed);
      this.onFeed(status);
    });
    return feed.items();
  }

  head(): Promise<Position> {
    return this.reader.head();
  }

  /** Every subscription that is not over. */
  feeds(): readonly FeedStatus[] {
    return [...this.live].map((feed) => feed.now);
  }

  /** Subscriptions end; appends that were taken are answered first. May be called twice. */
  close(): Promise<void> {
    this.closed ??= this.end();
    return this.closed;
  }

  private async end(): Promise<void> {
    this.closing.abort();
    await Promise.all(this.pending);
    this.reading.close();
    this.appending.release();
  }
}
