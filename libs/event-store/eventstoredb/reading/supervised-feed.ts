import type { LogFilter, Position, SubscriptionItem } from '../../log.port';
import { readAllPages } from './all-reader';
import { unavailable } from '../client/faults';
import type { LogReader } from './log-reader';
import { backOffMs, pause, type BackOff, type Timers } from '../client/timers';

export type FeedState = 'catching-up' | 'live' | 'dropped' | 'stopped';

/** For metrics and the readiness page. */
export interface FeedStatus {
  readonly feed: number;
  readonly state: FeedState;
  /** Everything up to here was given to the consumer. */
  readonly position: Position;
  /** How often the server or the network ended the subscription, or the watchdog did. */
  readonly drops: number;
  /** Of the last drop. */
  readonly reason?: string;
}

export interface FeedTimes {
  /** Two looks at the log's head, so far apart, without a step between them: the stream is mute. */
  readonly watchdogMs: number;
  readonly backOffMs: BackOff;
}

interface FeedStart {
  readonly after: Position;
  readonly filter?: LogFilter;
  readonly signal: AbortSignal;
}

/** A subscription that lives as long as its consumer wants: what drops is taken up again from the consumer's own place. */
export class SupervisedFeed {
  private status: FeedStatus;
  /** The server is being waited for, not the consumer. */
  private waiting = true;
  private failures = 0;

  constructor(
    feed: number,
    private readonly reader: LogReader,
    private readonly start: FeedStart,
    private readonly times: FeedTimes,
    private readonly timers: Timers,
    private readonly onStatus: (status: FeedStatus) => void,
  ) {
    this.status = { feed, state: 'catching-up', position: start.after, drops: 0 };
  }

  get now(): FeedStatus {
    return this.status;
  }

  async *items(): AsyncGenerator<SubscriptionItem> {
    const { signal } = this.start;
    this.onStatus(this.status);
    try {
      while (!signal.aborted) {
        for await (const items of this.session()) {
          this.waiting = false;
          for (const item of items) {
            if (signal.aborted) return;
            yield item;
            this.given(item);
          }
          this.waiting = true;
        }
        if (signal.aborted) return;
        await pause(this.timers, backOffMs(this.times.backOffMs, this.failures++, this.timers.random()), 'back-off', signal);
        if (!signal.aborted) this.tell({ state: 'catching-up' });
      }
    } finally {
      this.tell({ state: 'stopped' });
    }
  }

  /** One subscription, to its end. */
  private async *session(): AsyncGenerator<readonly SubscriptionItem[]> {
    const { filter, signal } = this.start;
    const mute = new AbortController();
    const stop = this.watch(() => mute.abort());
    let reason = 'ended by the server';
    try {
      const from = { after: this.status.position, filter, signal: AbortSignal.any([signal, mute.signal]) };
      for await (const items of readAllPages(this.reader.client, from)) yield items;
    } catch (error) {
      reason = unavailable(error).message;
    } finally {
      stop();
    }
    // whoever waited for a mute stream has paused for long enough: what failed before it must not add to that
    if (mute.signal.aborted) this.failures = 0;
    if (!signal.aborted) this.tell({ state: 'dropped', drops: this.status.drops + 1, reason: mute.signal.aborted ? 'mute' : reason });
  }

  private given(item: SubscriptionItem): void {
    const position = item.kind === 'event' ? item.event.position : item.position;
    this.failures = 0;
    if (item.kind === 'caught-up') this.tell({ position, state: 'live' });
    else this.status = { ...this.status, position };
    // a checkpoint may lie at an event of the server's own, which no reader ever gets to
    if (item.kind === 'event') this.reader.reached(position);
  }

  private tell(change: Partial<FeedStatus>): void {
    const { state } = this.status;
    this.status = { ...this.status, ...change };
    if (this.status.state !== state) this.onStatus(this.status);
  }

  /** A stream that says nothing, while the log goes on or before it ever caught up. @returns how to stop watching */
  private watch(onMute: () => void): () => void {
    let suspect: Position | undefined;
    let stopped = false;
    const look = async (): Promise<void> => {
      const { position } = this.status;
      const head = this.waiting ? await this.reader.head().catch(() => undefined) : undefined;
      if (stopped) return;
      const stuck =
        head !== undefined && this.waiting && this.status.position === position && (head > position || this.status.state !== 'live');
      if (stuck && suspect === position) return onMute();
      suspect = stuck ? position : undefined;
      stop = this.timers.after(this.times.watchdogMs, 'watchdog', () => void look());
    };
    let stop = this.timers.after(this.times.watchdogMs, 'watchdog', () => void look());
    return () => {
      stopped = true;
      stop();
    };
  }
}
