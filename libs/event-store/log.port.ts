import type { Brand, EventId, StreamName } from '#kernel/id';

/** Opaque, fixed-width, ordered place in one log: compare as strings. Enters no event, hash or row. */
export type Position = Brand<string, 'Position'>;

/** Before the first event of any log. */
export const START = '00000000000000000000' as Position;

/** What a codec hands to a log: texts are canonical JSON, stored and given back byte for byte. */
export interface EventToAppend {
  readonly eventId: EventId;
  readonly type: string;
  /** Schema version of `data`. */
  readonly version: number;
  readonly meta: string;
  readonly data: string;
}

export interface StoredEvent extends EventToAppend {
  readonly position: Position;
  readonly stream: StreamName;
  /** 0 for a stream's first event. */
  readonly revision: number;
}

/** `none`: the stream must not exist; `exists`: it must; a number: its last revision must be this. */
export type ExpectedRevision = 'none' | 'any' | 'exists' | number;

export type AppendResult =
  /** Of the last event appended; a retry with the same ids at the original revision answers as the first time. */
  | { readonly outcome: 'appended'; readonly position: Position; readonly revision: number }
  | { readonly outcome: 'conflict'; readonly actual: number | 'none' }
  /** `bytes` of the texts, and `limit`, up to which texts of the same events would have been taken: always less. */
  | { readonly outcome: 'too-large'; readonly what: 'event' | 'append'; readonly bytes: number; readonly limit: number };

/**
 * Bytes of UTF-8, `meta` and `data` together. An append counts for each event what a store may keep beside its texts, too: `besideBytes`
 * and two bytes a letter of its type.
 */
export const LIMITS = { eventBytes: 256 * 1024, appendBytes: 1024 * 1024, besideBytes: 256 } as const;

/** Both filters given: both must hold. A category is a stream's name up to its first `-`. */
export interface LogFilter {
  readonly types?: readonly string[];
  readonly categories?: readonly string[];
}

export interface StreamRead {
  readonly direction?: 'forwards' | 'backwards';
  /** First revision to give; default the stream's first (backwards: its last). */
  readonly from?: number;
  readonly limit?: number;
}

/** Consecutive events of one stream. */
export interface StreamSpan extends Pick<StreamRead, 'from' | 'limit'> {
  readonly stream: StreamName;
}

export interface AllRead {
  /** Exclusive. */
  readonly after: Position;
  readonly filter?: LogFilter;
  readonly limit?: number;
}

export type SubscriptionItem =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  /** Nothing that the filter lets through lies at or before this position unsent: empty ranges move on too. */
  | { readonly kind: 'checkpoint'; readonly position: Position }
  /** Everything that was committed when the subscription last looked has been sent. */
  | { readonly kind: 'caught-up'; readonly position: Position };

/**
 * The log. Appends are whole or not at all; `readAll` and `subscribe` give commit order, and under concurrent writers,
 * in any number of processes, no event is ever skipped or reordered.
 * @throws LogUnavailable where the store did not answer; `ambiguous` when an append may have happened all the same
 */
export interface EventLog {
  /** A copied or restored log has another. */
  logId(): Promise<string>;
  append(stream: StreamName, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<AppendResult>;
  /** A stream that does not exist gives nothing. */
  readStream(stream: StreamName, read?: StreamRead): AsyncIterable<StoredEvent>;
  readAll(read: AllRead): AsyncIterable<StoredEvent>;
  /** What `readAll` gives, as many at once as the log reads at once: for those who read much. Left out by a log that has no pages. */
  readPages?(read: AllRead): AsyncIterable<readonly StoredEvent[]>;
  /** Catches up, then stays live until `signal` aborts (ends cleanly). Pulls: nothing is buffered for a consumer that does not ask. */
  subscribe(from: { readonly after: Position; readonly filter?: LogFilter; readonly signal: AbortSignal }): AsyncIterable<SubscriptionItem>;
  /** Position of the last committed event; `START` when empty. */
  head(): Promise<Position>;
  /** How many events `readAll` would give, told without reading them; left out by a log that cannot count. `limit` bounds the work. */
  count?(read: AllRead): Promise<number>;
  /** The events of these ids, in commit order; an id that there is not is left out. Left out by a log that cannot look up by id. */
  find?(eventIds: readonly EventId[]): Promise<readonly StoredEvent[]>;
  /** All events of these spans at once, in commit order. Left out by a log that asks for each span by itself. */
  readSpans?(spans: readonly StreamSpan[]): Promise<readonly StoredEvent[]>;
  close(): Promise<void>;
}

/** The store did not answer. With `ambiguous`, the append may or may not be there: retry with the same ids and revision. */
export class LogUnavailable extends Error {
  constructor(
    message: string,
    readonly ambiguous: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'LogUnavailable';
  }
}
