import type { Pool } from 'pg';
import type { Position } from '#event-store/log.port';
import {
  ConsumerFault,
  inTurn,
  isForeign,
  takes,
  type PipelinedConsumer,
  type Consumer,
  type Entry,
  type Pace,
  type PrepareWrite,
  type PendingWrite,
} from '../checkpoints/consumer';
import { isBuilt, type Checkpoint } from '../checkpoints/projection-table';
import type { Batch, BatchLimits } from './batch-reader';
import type { RebuildThrottle } from './rebuild-throttle';
import { markCaughtUp, BEGIN, loadCheckpoints, moveCheckpoints, markCatchingUp, type CheckpointMove } from '../checkpoints/checkpoints';
import { inTransaction } from '#postgres/transaction';
import { controlTables } from '../tables/table-names';

export interface BatchWriterParts {
  readonly pool: Pool;
  readonly schema: string;
  readonly limits: BatchLimits;
  /** One after the other, for an order of effects that can be repeated; else side by side. */
  readonly inOrder: boolean;
  /** Rows kept in memory between batches, of all consumers together; default 256 MiB. */
  readonly memoryBytes?: number;
  /** What gives way to others: while it should, transactions are small and written at a pace, and nothing is taken meanwhile. */
  readonly throttle?: Pick<RebuildThrottle, 'shouldThrottle' | 'pace'>;
}

const MEMORY_BYTES = 256 * 1024 * 1024;
/** Far behind, a transaction ends after so many times the limits of a batch, or so long; while another is written, after more. */
const BATCHES = { idle: 4, busy: 8 } as const;
export const LONGEST_MS = 2_000;

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

interface Moving {
  readonly at: Checkpoint;
  readonly consumer: Consumer;
  readonly handled: number;
  readonly ready: PrepareWrite;
}

/**
 * What a group takes, and the transactions in which its rows and checkpoints are written. Where all its consumers can work ahead,
 * one transaction is written while the next batches are taken, and each stands on the one before: a fault of one is the end of both.
 */
export class BatchWriter {
  /** Whether batches need not wait for each other's commits. */
  readonly ahead: boolean;
  /** Where each stands once the write under way is through. */
  private at: readonly Checkpoint[] = [];
  /** What each consumer took and remembers; null where that is void. */
  private working: readonly PipelinedConsumer[] | null = null;
  private open: Open | null = null;
  private underWay: Promise<void> = Promise.resolve();
  private busy = false;

  constructor(
    private readonly consumers: readonly Consumer[],
    private readonly parts: BatchWriterParts,
  ) {
    this.ahead = consumers.every((consumer) => consumer.ahead !== undefined);
  }

  get standpoints(): readonly Checkpoint[] {
    return this.at;
  }

  get isOpen(): boolean {
    return this.open !== null;
  }

  /** Whatever was remembered of the rows is void from here on: another may have moved them. */
  async load(): Promise<void> {
    await this.leave();
    this.at = await loadCheckpoints(this.parts.pool, this.consumers, this.parts.schema);
    this.busy = false;
    this.underWay = Promise.resolve();
    this.working = null;
  }

  /** @throws ConsumerFault, LostRace, or what the database threw, of this batch or of the write under way */
  async handle(batch: Batch, signal: AbortSignal): Promise<void> {
    if (!batch.full) await this.nearEnd();
    if (this.at.some(({ position }) => position < batch.position)) {
      this.working ??= this.workAhead();
      this.note(batch, await this.accept(this.working, batch.entries, signal));
    }
    if (!this.ahead || !batch.full) await this.settle();
    else if (this.parts.throttle?.shouldThrottle() === true) await this.giveWay();
    else if (this.due('far')) await this.flush();
  }

  /** Nothing is open or under way afterwards. */
  async settle(pace?: Pace): Promise<void> {
    await this.flush(pace);
    await this.underWay;
  }

  /** Nothing is folded while it writes: one processor is left to others. */
  private async giveWay(): Promise<void> {
    await this.underWay;
    if (this.due('givingWay')) await this.settle(this.parts.throttle?.pace);
  }

  /** Gives up what is open; resolves once nobody works on it any more. */
  async leave(): Promise<void> {
    const lost = this.open !== null;
    this.open = null;
    await this.underWay.catch(() => undefined);
    // What was folded and is given up must not be built on.
    if (lost) this.working = null;
  }

  private workAhead(): readonly PipelinedConsumer[] {
    const { pool, memoryBytes = MEMORY_BYTES } = this.parts;
    const share = { pool, memoryBytes: memoryBytes / this.consumers.length };
    return this.consumers.map((consumer) => consumer.ahead?.(share) ?? inTurn(consumer.take));
  }

  /** A batch that is not full is all that the log has at the moment. */
  private async nearEnd(): Promise<void> {
    for (const [index, at] of this.at.entries())
      if (at.state === 'building')
        this.at = this.at.with(index, { ...at, state: await markCatchingUp(this.parts.pool, this.parts.schema, at) });
  }

  /** The log's head was reached, and everything up to there is committed. */
  async caughtUp(): Promise<void> {
    for (const [index, at] of this.at.entries()) {
      if (isBuilt(at.state)) this.at = this.at.with(index, { ...at, state: await markCaughtUp(this.parts.pool, this.parts.schema, at) });
    }
  }

  private note({ entries, position }: Batch, handled: readonly number[]): void {
    const open = (this.open ??= {
      since: performance.now(),
      handled: handled.map(() => 0),
      events: 0,
      bytes: 0,
      position,
      last: undefined,
    });
    for (const [index, events] of handled.entries()) open.handled[index]! += events;
    open.events += entries.length;
    for (const { stored } of entries) open.bytes += stored.data.length + stored.meta.length;
    open.position = position;
    open.last = entries.at(-1) ?? open.last;
  }

  private due(when: 'far' | 'givingWay'): boolean {
    if (!this.open) return false;
    const { limits } = this.parts;
    const { since, events, bytes } = this.open;
    const batches = when === 'givingWay' ? 1 : BATCHES[this.busy ? 'busy' : 'idle'];
    return events >= batches * limits.events || bytes >= batches * limits.bytes || (!this.busy && performance.now() - since >= LONGEST_MS);
  }

  /** Answers how many events each consumer took. */
  private async accept(working: readonly PipelinedConsumer[], entries: readonly Entry[], signal: AbortSignal): Promise<readonly number[]> {
    const types = [...new Set(entries.map(({ stored }) => stored.type))];
    const takeOne = async (consumer: Consumer, index: number): Promise<number> => {
      const at = this.at[index]!;
      // In the log's order: where the first is later, all are.
      const isLater = entries.length === 0 || entries[0]!.stored.position > at.position;
      const isOwn = ({ stored }: Entry): boolean => (isLater || stored.position > at.position) && takes(consumer, stored.type);
      const own = isLater && types.every((type) => takes(consumer, type)) ? entries : entries.filter(isOwn);
      if (own.length > 0) await blaming(consumer, () => working[index]!.accept(own, at, signal));
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

  /** Writes what is open while the caller goes on; one write is under way at a time. */
  private async flush(pace?: Pace): Promise<void> {
    await this.underWay;
    const open = this.open;
    if (!open) return;
    this.open = null;
    const moving = this.consumers.flatMap((consumer, index) => {
      const at = this.at[index]!;
      return at.position < open.position ? [{ at, consumer, handled: open.handled[index] ?? 0, ready: this.working![index]!.flush() }] : [];
    });
    const last = open.last ? { eventId: open.last.stored.eventId, recordedAt: recordedAtOf(open.last) } : null;
    this.busy = true;
    this.underWay = this.commit(moving, { to: open.position, last }, pace).finally(() => (this.busy = false));
    this.underWay.catch(() => undefined); // told to whoever waits for it
    this.at = this.at.map((at) => (at.position < open.position ? { ...at, position: open.position } : at));
  }

  private commit(moving: readonly Moving[], move: CheckpointMove, pace?: Pace): Promise<void> {
    const writes = madeReady(moving);
    return inTransaction(this.parts.pool, BEGIN, async (client) => {
      await moveCheckpoints(client, controlTables(this.parts.schema), { from: moving, move });
      for (const [index, { consumer }] of moving.entries()) await blaming(consumer, async () => (await writes[index]!)(client, pace));
    });
  }
}

/** One after the other, whatever the database does meanwhile. */
const madeReady = (moving: readonly Moving[]): readonly Promise<PendingWrite>[] => {
  let before: Promise<unknown> = Promise.resolve();
  return moving.map(({ ready }) => {
    const write = before.then(ready);
    before = write.catch(() => undefined); // told to whoever waits for it
    return write;
  });
};

const recordedAtOf = ({ stored }: Entry): string => (JSON.parse(stored.meta) as { recordedAt: string }).recordedAt;

/** A fold that throws, or a row that its table refuses, is this consumer's; a database or log away is everybody's. */
const blaming = async <T>(consumer: Consumer, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (fault) {
    throw isForeign(fault) ? fault : new ConsumerFault(consumer, fault);
  }
};
