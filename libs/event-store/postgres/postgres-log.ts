import { Pool, type PoolConfig } from 'pg';
import type { EventId, StreamName } from '#kernel/id';
import { validateAppend } from '../validate-append';
import { Signal } from '#async/signal';
import {
  LogUnavailable,
  type AllRead,
  type AppendResult,
  type EventLog,
  type EventToAppend,
  type ExpectedRevision,
  type Position,
  type StoredEvent,
  type StreamRead,
  type StreamSpan,
  type SubscriptionItem,
} from '../log.port';
import { toPosition } from '../position';
import { AppendConnection } from './append-connection';
import { AppendQueue } from './append-queue';
import { LogFeed, type FeedStart, type FeedTimes } from './log-feed';
import { LogReader } from './log-reader';
import { migrateLog } from './log-schema';
import { NotifyListener } from './notify-listener';

/** Where connections come from, when it is not one address: an embedded server may move. */
export interface PostgresServer {
  pool(options?: PoolConfig): Pool;
}

type PoolSource = (options: PoolConfig) => Pool;

export interface PostgresLogOptions extends Partial<FeedTimes> {
  /** How long an append may take, queueing included, before it is *unknown*. Default 10,000. */
  readonly deadlineMs?: number;
  /** Connections for reading, besides one for appends and one for wake-ups. Default 4. */
  readonly readers?: number;
}

const READ_TIMEOUT_MS = 30_000;

/**
 * The log in PostgreSQL, in the schema `log`.
 * @example const log = await PostgresLog.open('postgresql://localhost/savoirs');
 */
export class PostgresLog implements EventLog {
  private readonly appended = new Signal();
  private readonly closing = new AbortController();
  private readonly reader: LogReader;
  private readonly wakeUps: NotifyListener;
  private readonly feed: LogFeed;
  private readonly connection: AppendConnection;
  private readonly queue: AppendQueue;
  private closed: Promise<void> | undefined;

  private constructor(pool: PoolSource, { deadlineMs = 10_000, readers = 4, pollMs = 500, retryMs }: PostgresLogOptions) {
    this.reader = new LogReader(pool({ max: readers, connectionTimeoutMillis: READ_TIMEOUT_MS, query_timeout: READ_TIMEOUT_MS }));
    this.wakeUps = new NotifyListener(pool({ max: 1 }), this.appended, (statement) => this.reader.query(statement));
    this.feed = new LogFeed(this.reader, this.appended, this.wakeUps, { pollMs, retryMs: retryMs ?? { first: 100, longest: 5000 } });
    this.connection = new AppendConnection(pool({ max: 1, connectionTimeoutMillis: deadlineMs }), deadlineMs);
    this.queue = new AppendQueue(this.connection, deadlineMs, () => this.wakeUps.tell());
  }

  /**
   * Makes the log's tables, or brings them up to date.
   * @throws LogUnavailable where there is no server; Error where a newer Savoirs made the tables
   */
  static async open(server: string | PostgresServer, options: PostgresLogOptions = {}): Promise<PostgresLog> {
    const pool = poolsOf(server);
    const making = pool({ max: 1 });
    try {
      await migrateLog(making);
    } finally {
      await making.end();
    }
    return new PostgresLog(pool, options);
  }

  async logId(): Promise<string> {
    const [row] = await this.reader.query<{ log_id: string }>('select log_id from log.identity');
    if (row === undefined) throw new Error('The log has no id: its table log.identity is empty.');
    return row.log_id;
  }

  async append(stream: StreamName, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<AppendResult> {
    if (this.closing.signal.aborted) throw new LogUnavailable('the log is closed', false);
    const admitted = validateAppend(stream, expected, events);
    if ('outcome' in admitted) return admitted;
    return this.queue.add({ stream, expected, events, bytes: admitted.bytes });
  }

  readStream(stream: StreamName, read?: StreamRead): AsyncIterable<StoredEvent> {
    return this.reader.readStream(stream, read);
  }

  readAll(read: AllRead): AsyncIterable<StoredEvent> {
    return this.reader.readAll(read);
  }

  readPages(read: AllRead): AsyncIterable<readonly StoredEvent[]> {
    return this.reader.readPages(read);
  }

  subscribe(from: FeedStart): AsyncIterable<SubscriptionItem> {
    return this.feed.items({ ...from, signal: AbortSignal.any([from.signal, this.closing.signal]) });
  }

  async head(): Promise<Position> {
    return toPosition(await this.reader.head());
  }

  count(read: AllRead): Promise<number> {
    return this.reader.count(read);
  }

  find(eventIds: readonly EventId[]): Promise<readonly StoredEvent[]> {
    return this.reader.find(eventIds);
  }

  readSpans(spans: readonly StreamSpan[]): Promise<readonly StoredEvent[]> {
    return this.reader.readSpans(spans);
  }

  /** Subscriptions end; appends that were taken are answered first. May be called twice. */
  close(): Promise<void> {
    this.closed ??= this.end();
    return this.closed;
  }

  private async end(): Promise<void> {
    this.closing.abort();
    await this.queue.drained();
    await Promise.all([this.wakeUps.close(), this.connection.close(), this.reader.close()]);
  }
}

const poolsOf =
  (server: string | PostgresServer): PoolSource =>
  (options) => {
    const following = { keepAlive: true, application_name: 'savoirs-log', ...options };
    const pool = typeof server === 'string' ? new Pool({ connectionString: server, ...following }) : server.pool(following);
    pool.on('error', () => undefined); // an idle connection that went away is made anew when needed
    pool.on('connect', (client) => void client.on('error', () => undefined)); // as is one that is lent out and not asked yet
    return pool;
  };
