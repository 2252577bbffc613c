import { setImmediate as turn } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Codec } from '#event-store/codec.port';
import type { LogFilter, Position, SubscriptionItem } from '#event-store/log.port';
import { ConsumerFault, inTurn, isForeign, takes, type Ahead, type Consumer, type Entry, type Standpoint, type Write } from './consumer';
import { Feed, type Batch, type FeedLimits } from './feed';
import { arrive, BEGIN, loadStandpoints, moveCheckpoints, type Move } from './positions';
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

/** Of a group that works ahead: events read and folded in one go. */
const CHUNK = 256;
/** Its transaction ends after so many times the limits of a batch, or so long, if not before. */
const BATCHES = 2;
const LONGEST_MS = 1_000;

/** What was taken and is not yet being written. */
interface Open {
  readonly since: number;
  /** Events of each consumer. */
  readonly handled: number[];
  events: number;
  bytes: number;
  position: Position;
  last: Entry | undefined;
}

/**
 * A group of consumers on one pass of the log: each event is read and decoded once; a batch's rows of all consumers and their
 * checkpoints are one transaction. Who stands further already skips what it has. Where all can work ahead, a batch is written while
 * the next is taken, and far behind the head several go into one transaction.
 */
export class Follower {
  /** Where each stands once the write under way is through. */
  private at: readonly Standpoint[] = [];
  private hands: readonly Ahead[] = [];
  private readonly ahead: boolean;
  private open: Open | null = null;
  private underWay: Promise<void> = Promise.resolve();

  constructor(
    readonly consumers: readonly Consumer[],
    private readonly parts: FollowerParts,
  ) {
    this.ahead = consumers.every((consumer) => consumer.ahead !== undefined);
  }

  get standpoints(): readonly Standpoint[] {
    return this.at;
  }

  async load(): Promise<void> {
    this.at = await loadStandpoints(this.parts.pool, this.consumers, this.parts.schema);
    // Whatever was remembered of the rows is void: another may have moved them.
    this.open = null;
    this.underWay = Promise.resolve();
    this.hands = this.consumers.map((consumer) => consumer.ahead?.(this.parts.pool) ?? inTurn(consumer.take));
  }

  /** From the checkpoints to the source's end, or until aborted. @throws ConsumerFault, LostRace, or what the database or log threw */
  async run({ source, signal, besides, onCaughtUp }: Run): Promise<void> {
    const feed = new Feed(this.parts.codec, this.decodes, this.feedLimits);
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
        if (next === 'end') return await this.settle();
        if (next !== 'woken') await this.handle(next, own.signal);
        else if (this.open) await this.settle();
        reached ||= next !== 'woken' && next.caughtUp;
        if (this.open || own.signal.aborted) continue;
        if (reached) await this.caughtUp();
        if (reached && !live) onCaughtUp?.();
        live ||= reached;
        reached = false;
        if (live && !own.signal.aborted) await besides?.work(this.at, own.signal);
      }
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
      this.open = null;
      await Promise.allSettled([reading, this.underWay]);
    }
  }

  /** Milliseconds to wait for a batch. What is open is not kept waiting for more: live, hardly at all. */
  private patience(live: boolean, besides: Besides | undefined): number | undefined {
    if (this.open) return live ? 5 : LONGEST_MS;
    return live ? besides?.waitMs() : undefined;
  }

  private readonly decodes = (type: string): boolean =>
    !this.ahead && this.consumers.some((consumer) => consumer.decoded && takes(consumer, type));

  private get feedLimits(): FeedLimits {
    const { events, bytes } = this.parts.limits;
    return { events: this.ahead ? Math.min(events, CHUNK) : events, bytes };
  }

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
    if (this.at.some(({ position }) => position < batch.position)) {
      // Asked for before the fold keeps this thread busy: the next batch is read meanwhile.
      if (this.ahead && batch.full) await turn();
      this.note(batch, await this.take(batch.entries, signal));
    }
    if (this.ahead && batch.full && !this.due()) return;
    if (this.ahead && batch.full) await this.flush();
    else await this.settle();
  }

  private note({ entries, position }: Batch, handled: readonly number[]): void {
    const open = (this.open ??= { since: Date.now(), handled: handled.map(() => 0), events: 0, bytes: 0, position, last: undefined });
    for (const [index, events] of handled.entries()) open.handled[index]! += events;
    open.events += entries.length;
    for (const { stored } of entries) open.bytes += stored.data.length + stored.meta.length;
    open.position = position;
    open.last = entries.at(-1) ?? open.last;
  }

  private due(): boolean {
    if (!this.open) return false;
    const { events, bytes } = this.parts.limits;
    const { since, ...taken } = this.open;
    return taken.events >= BATCHES * events || taken.bytes >= BATCHES * bytes || Date.now() - since >= LONGEST_MS;
  }

  /** Answers how many events each consumer took. */
  private async take(entries: readonly Entry[], signal: AbortSignal): Promise<readonly number[]> {
    const takeOne = async (consumer: Consumer, index: number): Promise<number> => {
      const at = this.at[index]!;
      const own = entries.filter(({ stored }) => stored.position > at.position && takes(consumer, stored.type));
      if (own.length > 0) await blaming(consumer, () => this.hands[index]!.take(own, at, signal));
      return own.length;
    };
    const handled: number[] = [];
    if (this.parts.inOrder) {
      for (const [index, consumer] of this.consumers.entries()) handled.push(await takeOne(consumer, index));
      return handled;
    }
    // All settle before a fault is told: nobody still works on a batch that is given up.
    for (const one of await Promise.allSettled(this.consumers.map(takeOne))) {
      if (one.status === 'rejected') throw one.reason;
      handled.push(one.value);
    }
    return handled;
  }

  /** Writes what is open while the caller goes on; one write is under way at a time, and each stands on the one before. */
  private async flush(): Promise<void> {
    await this.underWay;
    const open = this.open;
    if (!open) return;
    this.open = null;
    const moving = this.consumers.flatMap((consumer, index) => {
      const at = this.at[index]!;
      return at.position < open.position ? [{ at, consumer, handled: open.handled[index] ?? 0, write: this.hands[index]!.seal() }] : [];
    });
    const last = open.last ? { eventId: open.last.stored.eventId, recordedAt: recordedAtOf(open.last) } : null;
    this.underWay = this.commit(moving, { to: open.position, last });
    this.underWay.catch(() => undefined); // told to whoever waits for it
    this.at = this.at.map((at) => (at.position < open.position ? { ...at, position: open.position } : at));
  }

  private async settle(): Promise<void> {
    await this.flush();
    await this.underWay;
  }

  private commit(moving: readonly Moving[], move: Move): Promise<void> {
    return inTransaction(this.parts.pool, BEGIN, async (client) => {
      await moveCheckpoints(client, controlTables(this.parts.schema), { from: moving, move });
      for (const { consumer, write } of moving) await blaming(consumer, () => write(client));
    });
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
  readonly handled: number;
  readonly write: Write;
}

const recordedAtOf = ({ stored }: Entry): string => (JSON.parse(stored.meta) as { recordedAt: string }).recordedAt;

/** A fold that throws, or a row that its table refuses, is this consumer's; a database or log away is everybody's. */
const blaming = async <T>(consumer: Consumer, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (fault) {
    throw isForeign(fault) ? fault : new ConsumerFault(consumer, fault);
  }
};
