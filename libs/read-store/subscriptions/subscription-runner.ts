import { setImmediate as turn } from 'node:timers/promises';
import type { Codec } from '#event-store/codec.port';
import type { LogFilter, Position } from '#event-store/log.port';
import { takes, type Consumer } from '../checkpoints/consumer';
import type { Checkpoint } from '../checkpoints/projection-table';
import { BatchReader, type BatchLimits } from './batch-reader';
import { LONGEST_MS, BatchWriter, type BatchWriterParts } from './batch-writer';
import type { SourceItem } from './pages';

export interface SubscriptionRunnerParts extends BatchWriterParts {
  readonly codec: Pick<Codec, 'decode'>;
}

export type Source = (from: {
  readonly after: Position;
  readonly filter?: LogFilter;
  readonly signal: AbortSignal;
}) => AsyncIterable<SourceItem>;

/** What a group does besides, once it has caught up: fire due times. */
export interface BackgroundTask {
  /** Milliseconds until there may be something to do. */
  readonly waitMs: () => number;
  readonly work: (at: readonly Checkpoint[], signal: AbortSignal) => Promise<void>;
}

export interface SubscriptionRun {
  readonly source: Source;
  readonly signal: AbortSignal;
  readonly besides?: BackgroundTask;
  readonly onCaughtUp?: () => void;
}

/** Of a group that works ahead: events read and folded in one go, so that few decoded ones are in memory. */
const CHUNK = 256;
/** How long a live group waits for more before it writes what it has of a full batch. */
const LIVE_MS = 5;

/**
 * A group of consumers on one pass of the log: each event is read and decoded once; a batch's rows of all consumers and their
 * checkpoints are one transaction. Who stands further already skips what it has. Where all can work ahead, a batch is written while
 * the next is taken, and far behind the head several go into one transaction.
 */
export class SubscriptionRunner {
  private readonly transactions: BatchWriter;

  constructor(
    readonly consumers: readonly Consumer[],
    private readonly parts: SubscriptionRunnerParts,
  ) {
    this.transactions = new BatchWriter(consumers, parts);
  }

  get standpoints(): readonly Checkpoint[] {
    return this.transactions.standpoints;
  }

  load(): Promise<void> {
    return this.transactions.load();
  }

  /**
   * From the checkpoints to the source's end, or until aborted. After a fault, load again.
   * @throws ConsumerFault, LostRace, or what the database or log threw
   */
  async run({ source, signal, besides, onCaughtUp }: SubscriptionRun): Promise<void> {
    const { transactions } = this;
    const feed = new BatchReader(this.parts.codec, this.decodes, this.feedLimits);
    const own = new AbortController();
    const stop = (): void => {
      own.abort();
      feed.stop();
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    const reading = feed.read(source({ after: this.first(), ...this.filter(), signal: own.signal }));
    try {
      let live = false;
      let reached = false;
      for (;;) {
        const next = await feed.next(this.patience(live, besides));
        if (next === 'end') return await transactions.settle();
        if (next === 'woken') await transactions.settle();
        else {
          // The next batch is asked for before the fold keeps this thread busy.
          if (next.full) await turn();
          await transactions.handle(next, own.signal);
          reached ||= next.caughtUp;
        }
        if (transactions.isOpen || own.signal.aborted) continue;
        if (reached) await transactions.caughtUp();
        if (reached && !live) onCaughtUp?.();
        live ||= reached;
        reached = false;
        if (live && !own.signal.aborted) await besides?.work(this.standpoints, own.signal);
      }
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
      await Promise.all([reading, transactions.leave()]);
    }
  }

  /** Milliseconds to wait for a batch. What is open is not kept waiting for more: live, hardly at all. */
  private patience(live: boolean, besides: BackgroundTask | undefined): number | undefined {
    if (this.transactions.isOpen) return live ? LIVE_MS : LONGEST_MS;
    return live ? besides?.waitMs() : undefined;
  }

  private readonly decodes = (type: string): boolean =>
    !this.transactions.ahead && this.consumers.some((consumer) => consumer.decoded && takes(consumer, type));

  private get feedLimits(): BatchLimits {
    const { events, bytes } = this.parts.limits;
    return { events: this.transactions.ahead ? Math.min(events, CHUNK) : events, bytes };
  }

  private first(): Position {
    return this.standpoints.map(({ position }) => position).reduce((least, one) => (one < least ? one : least));
  }

  private filter(): { readonly filter?: LogFilter } {
    const types = new Set<string>();
    for (const consumer of this.consumers) {
      if (consumer.types === 'all') return {};
      for (const type of consumer.types) types.add(type);
    }
    return { filter: { types: [...types].sort() } };
  }
}
