import type { Pool } from 'pg';
import type { Codec } from '#event-store/codec.port';
import type { LogFilter, Position, SubscriptionItem } from '#event-store/log.port';
import { ConsumerFault, isForeign, takes, type Consumer, type Entry, type Standpoint, type Write } from './consumer';
import { Feed, type Batch, type FeedLimits } from './feed';
import { arrive, BEGIN, loadStandpoints, moveCheckpoints } from './positions';
import { controlTables, inTransaction } from './schema';

export interface FollowerParts {
  readonly pool: Pool;
  readonly codec: Pick<Codec, 'decode'>;
  readonly schema: string;
  readonly limits: FeedLimits;
  /** One after the other, for an order of effects that can be repeated; else side by side. */
  readonly inOrder: boolean;
}

export type Source = (from: {
  readonly after: Position;
  readonly filter?: LogFilter;
  readonly signal: AbortSignal;
}) => AsyncIterable<SubscriptionItem>;

/** What a group does besides, once it has caught up: fire due times. */
export interface Besides {
  /** Milliseconds until there may be something to do. */
  readonly waitMs: () => number;
  readonly work: (at: readonly Standpoint[], signal: AbortSignal) => Promise<void>;
}

export interface Run {
  readonly source: Source;
  readonly signal: AbortSignal;
  readonly besides?: Besides;
  readonly onCaughtUp?: () => void;
}

/**
 * A group of consumers on one pass of the log: each event is read and decoded once; a batch's rows of all consumers and their
 * checkpoints are one transaction. Who stands further already skips what it has.
 */
export class Follower {
  private at: readonly Standpoint[] = [];

  constructor(
    readonly consumers: readonly Consumer[],
    private readonly parts: FollowerParts,
  ) {}

  get standpoints(): readonly Standpoint[] {
    return this.at;
  }

  async load(): Promise<void> {
    this.at = await loadStandpoints(this.parts.pool, this.consumers, this.parts.schema);
  }

  /** From the checkpoints to the source's end, or until aborted. @throws ConsumerFault, LostRace, or what the database or log threw */
  async run({ source, signal, besides, onCaughtUp }: Run): Promise<void> {
    const feed = new Feed(this.parts.codec, this.decodes, this.parts.limits);
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
      for (;;) {
        const next = await feed.next(live ? besides?.waitMs() : undefined);
        if (next === 'end') return;
        if (next !== 'woken') await this.handle(next, own.signal);
        if (next !== 'woken' && next.caughtUp && !live) onCaughtUp?.();
        live ||= next !== 'woken' && next.caughtUp;
        if (live && !own.signal.aborted) await besides?.work(this.at, own.signal);
      }
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
      await reading;
    }
  }

  private readonly decodes = (type: string): boolean => this.consumers.some((consumer) => consumer.decoded && takes(consumer, type));

  private first(): Position {
    return this.at.map(({ position }) => position).reduce((least, one) => (one < least ? one : least));
  }

  private filter(): { readonly filter?: LogFilter } {
    const types = new Set<string>();
    for (const consumer of this.consumers) {
      if (consumer.types === 'all') return {};
      for (const type of consumer.types) types.add(type);
    }
    return { filter: { types: [...types].sort() } };
  }

  private async handle(batch: Batch, signal: AbortSignal): Promise<void> {
    const moving = this.at.flatMap((at, index) => (at.position < batch.position ? [{ at, consumer: this.consumers[index]! }] : []));
    if (moving.length > 0) {
      const writes = await this.take(moving, batch.entries, signal);
      await this.commit(moving, { batch, writes });
    }
    if (batch.caughtUp && !signal.aborted) await this.caughtUp();
  }

  private async take(moving: readonly Moving[], entries: readonly Entry[], signal: AbortSignal): Promise<readonly OwnWrite[]> {
    const takeOne = async ({ at, consumer }: Moving): Promise<OwnWrite | null> => {
      const own = entries.filter(({ stored }) => stored.position > at.position && takes(consumer, stored.type));
      if (own.length === 0) return null;
      return { consumer, handled: own.length, write: await blaming(consumer, () => consumer.take(own, at, signal)) };
    };
    if (this.parts.inOrder) {
      const writes: OwnWrite[] = [];
      for (const one of moving) writes.push(...present(await takeOne(one)));
      return writes;
    }
    // All settle before a fault is told: nobody still works on a batch that is given up.
    const settled = await Promise.allSettled(moving.map(takeOne));
    return settled.flatMap((one) => {
      if (one.status === 'rejected') throw one.reason;
      return present(one.value);
    });
  }

  private async commit(moving: readonly Moving[], { batch, writes }: { batch: Batch; writes: readonly OwnWrite[] }): Promise<void> {
    const last = batch.entries.at(-1);
    const move = { to: batch.position, last: last ? { eventId: last.stored.eventId, recordedAt: recordedAtOf(last) } : null };
    const handledBy = (consumer: Consumer): number => writes.find((one) => one.consumer === consumer)?.handled ?? 0;
    const from = moving.map(({ at, consumer }) => ({ at, handled: handledBy(consumer) }));
    await inTransaction(this.parts.pool, BEGIN, async (client) => {
      await moveCheckpoints(client, controlTables(this.parts.schema), { from, move });
      for (const { consumer, write } of writes) await blaming(consumer, () => write(client));
    });
    this.at = this.at.map((at) => (at.position < batch.position ? { ...at, position: batch.position } : at));
  }

  private async caughtUp(): Promise<void> {
    for (const [index, at] of this.at.entries()) {
      if (at.state === 'building' || at.state === 'catching-up')
        this.at = this.at.with(index, { ...at, state: await arrive(this.parts.pool, this.parts.schema, at) });
      const consumer = this.consumers[index]!;
      if (consumer.caughtUp) await blaming(consumer, consumer.caughtUp);
    }
  }
}

interface Moving {
  readonly at: Standpoint;
  readonly consumer: Consumer;
}

interface OwnWrite {
  readonly consumer: Consumer;
  readonly handled: number;
  readonly write: Write;
}

const present = (one: OwnWrite | null): readonly OwnWrite[] => (one ? [one] : []);

const recordedAtOf = ({ stored }: Entry): string => (JSON.parse(stored.meta) as { recordedAt: string }).recordedAt;

/** A fold that throws, or a row that its table refuses, is this consumer's; a database or log away is everybody's. */
const blaming = async <T>(consumer: Consumer, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (fault) {
    throw isForeign(fault) ? fault : new ConsumerFault(consumer, fault);
  }
};
