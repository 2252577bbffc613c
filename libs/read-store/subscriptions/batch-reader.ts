import type { Codec, RecordedEvent } from '#event-store/codec.port';
import type { Position, StoredEvent, SubscriptionItem } from '#event-store/log.port';
import { Signal } from '#async/signal';
import type { Entry } from '../checkpoints/consumer';
import type { SourceItem } from './pages';

export interface Batch {
  readonly entries: readonly Entry[];
  /** Everything at or before it has been handed out. */
  readonly position: Position;
  /** The log's head, as last looked at, lies at or before `position`. */
  readonly caughtUp: boolean;
  /** It ended at the limits: there may be more behind it already. */
  readonly full: boolean;
}

export interface BatchLimits {
  /** Events in one batch; one further batch is read ahead at most. */
  readonly events: number;
  readonly bytes: number;
}

type Outcome = Batch | 'end' | 'woken';

/**
 * Reads ahead of the writer: while a batch is being written, the next is read and decoded. Full batches while catching up,
 * whatever is there once live.
 */
export class BatchReader {
  private entries: Entry[] = [];
  private bytes = 0;
  private position: Position | undefined;
  /** Up to here everything was accepted: what a source gives again, an event or a place, counts once. */
  private accepted: Position | undefined;
  private caughtUp = false;
  private state: 'reading' | 'ended' | { readonly fault: unknown } = 'reading';
  private readonly changed = new Signal();

  constructor(
    private readonly codec: Pick<Codec, 'decode'>,
    private readonly decodes: (type: string) => boolean,
    private readonly limits: BatchLimits,
  ) {}

  /** Pulls the source to its end, no further ahead than the limits. */
  async read(source: AsyncIterable<SourceItem>): Promise<void> {
    try {
      for await (const item of source) {
        // What comes after the end would leave out what was given up with it.
        if (this.state !== 'reading') break;
        if (item.kind === 'page') await this.acceptPage(item.events);
        else this.accept(item);
        await this.untilRoom();
        if (this.state !== 'reading') break;
      }
      this.finish('ended');
    } catch (fault) {
      this.finish({ fault });
    }
  }

  /** The next batch; 'woken' when `ms` passed without one; 'end' after the last. @throws the source's own fault */
  async next(ms: number = Infinity): Promise<Outcome> {
    const until = Number.isFinite(ms) ? wakingAfter(ms, () => this.changed.raise()) : undefined;
    try {
      for (;;) {
        if (this.ready()) return this.drain();
        if (this.state === 'ended') return 'end';
        if (this.state !== 'reading') throw this.state.fault;
        if (until?.over()) return 'woken';
        await this.change();
      }
    } finally {
      until?.clear();
    }
  }

  /** Ends both sides: the reader stops asking, the writer gets no more. */
  stop(): void {
    this.finish('ended');
    this.entries = [];
    this.position = undefined;
  }

  private finish(state: 'ended' | { readonly fault: unknown }): void {
    if (this.state === 'reading') this.state = state;
    this.changed.raise();
  }

  private async acceptPage(events: readonly StoredEvent[]): Promise<void> {
    for (const event of events) {
      if (this.full()) await this.untilRoom();
      if (this.state !== 'reading') return;
      this.acceptEvent(event);
    }
  }

  private accept(item: SubscriptionItem): void {
    if (item.kind === 'event') return this.acceptEvent(item.event);
    if (this.isNew(item.position)) this.accepted = item.position;
    // A checkpoint that lagged behind what was handed out with it would have the same events come again.
    this.position = this.accepted;
    if (item.kind === 'caught-up') this.caughtUp = true;
  }

  private acceptEvent(event: StoredEvent): void {
    if (!this.isNew(event.position)) return;
    this.entries.push(new Fed(event, this.codec, this.decodes(event.type)));
    this.bytes += event.data.length + event.meta.length;
    this.position = this.accepted = event.position;
  }

  private isNew(position: Position): boolean {
    return this.accepted === undefined || position > this.accepted;
  }

  /** Tells what was accepted, and waits where a batch of it has yet to be taken. */
  private async untilRoom(): Promise<void> {
    this.changed.raise();
    while (this.full() && this.state === 'reading') await this.change();
  }

  private full(): boolean {
    return this.entries.length >= this.limits.events || this.bytes >= this.limits.bytes;
  }

  private ready(): boolean {
    return this.position !== undefined && (this.caughtUp || this.full() || this.state === 'ended');
  }

  private drain(): Batch {
    const batch = { entries: this.entries, position: this.position!, caughtUp: this.caughtUp, full: this.full() };
    this.entries = [];
    this.bytes = 0;
    this.position = undefined;
    this.changed.raise();
    return batch;
  }

  private change(): Promise<void> {
    return this.changed.wait(this.changed.count);
  }
}

const wakingAfter = (ms: number, wake: () => void): { over: () => boolean; clear: () => void } => {
  let over = ms <= 0;
  const ringing = (): void => {
    over = true;
    wake();
  };
  const timer = setTimeout(ringing, Math.max(ms, 0));
  return { over: () => over, clear: () => clearTimeout(timer) };
};

/** Decoded when it is first asked for, or at once. */
class Fed implements Entry {
  private known: RecordedEvent | undefined;
  private failed: { readonly fault: unknown } | undefined;

  constructor(
    readonly stored: StoredEvent,
    private readonly codec: Pick<Codec, 'decode'>,
    now: boolean,
  ) {
    if (now) this.decode();
  }

  event(): RecordedEvent {
    if (!this.known && !this.failed) this.decode();
    if (this.failed) throw this.failed.fault;
    return this.known!;
  }

  private decode(): void {
    try {
      this.known = this.codec.decode(this.stored);
    } catch (fault) {
      this.failed = { fault };
    }
  }
}
