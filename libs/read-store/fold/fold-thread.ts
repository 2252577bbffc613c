import { Worker } from 'node:worker_threads';
import type { Pool } from 'pg';
import type { StoredEvent, Position } from '#event-store/log.port';
import { threadOptions } from '../worker/worker-computation';
import type { Entry } from '../checkpoints/consumer';
import type { Folded, FromThread, ToThread } from './fold-messages';
import type { ReadModelTable } from '../tables/read-model-table';
import { loadRows } from './row-folder';
import type { Encoded } from './row-writer';

/** What a thread needs of a consumer besides its model, which it has itself. */
export interface FoldedAside extends Folded {
  readonly table: ReadModelTable;
}

/** Batches sent and not yet folded: enough to keep the thread busy, few enough to bound what waits. */
const WAITING = 12;
/** Rows live long there, events briefly: a small nursery would copy both again and again. */
const NURSERY_MIB = 64;

/** A fold failed in a thread: the consumer's own fault, as if it had failed here. */
class FoldFault extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** A thread that folds for the consumers of one group: each event is sent and decoded once. */
export class FoldThread {
  private readonly worker: Worker;
  private readonly faults = new Map<number, Error>();
  private readonly sealing = new Map<
    number,
    { readonly consumer: number; readonly resolve: (sealed: Encoded) => void; readonly reject: (fault: Error) => void }
  >();
  private sent = new WeakSet<Entry>();
  private requests = 0;
  private waiting = 0;
  private roomy: (() => void)[] = [];
  private ended: Error | undefined;

  constructor(
    file: string,
    private readonly consumers: readonly FoldedAside[],
    private readonly pool: Pick<Pool, 'query'>,
  ) {
    const folded: readonly Folded[] = consumers.map(({ table: _, ...one }) => one);
    this.worker = new Worker(file, { ...threadOptions, workerData: folded, resourceLimits: { maxYoungGenerationSizeMb: NURSERY_MIB } });
    this.worker.on('message', (message: FromThread) => this.hear(message));
    this.worker.once('error', (fault) => this.fail(fault));
    this.worker.once('exit', (code) => this.fail(new Error(`a thread that folds ended with ${code}`)));
  }

  async take(consumer: number, entries: readonly Entry[], at: Position): Promise<void> {
    this.mustWork(consumer);
    const events = entries.map((entry): StoredEvent | Position => {
      if (this.sent.has(entry)) return entry.stored.position;
      this.sent.add(entry);
      return entry.stored;
    });
    this.waiting += 1;
    this.tell({ is: 'events', consumer, at, events });
    while (this.waiting > WAITING * this.consumers.length && !this.ended)
      await new Promise<void>((resolve) => void this.roomy.push(resolve));
    this.mustWork(consumer);
  }

  seal(consumer: number): Promise<Encoded> {
    const request = (this.requests += 1);
    const sealed = new Promise<Encoded>((resolve, reject) => void this.sealing.set(request, { consumer, resolve, reject }));
    const fault = this.ended ?? this.faults.get(consumer);
    if (fault) this.reject(request, fault);
    else this.tell({ is: 'seal', consumer, request });
    return sealed;
  }

  async end(): Promise<void> {
    this.fail(new Error('the thread that folds was ended'));
    await this.worker.terminate();
  }

  private tell(message: ToThread): void {
    this.worker.postMessage(message);
  }

  private hear(message: FromThread): void {
    if (message.is === 'taken') this.settleOne();
    else if (message.is === 'load') void this.load(message);
    else if (message.is === 'sealed') {
      this.sealing.get(message.request)?.resolve(message.sealed);
      this.sealing.delete(message.request);
    } else {
      this.faults.set(message.consumer, new FoldFault(message.name, message.message));
      for (const [request, { consumer }] of this.sealing)
        if (consumer === message.consumer) this.reject(request, this.faults.get(consumer)!);
      this.settleOne();
    }
  }

  private async load({ request, consumer, keys }: Extract<FromThread, { is: 'load' }>): Promise<void> {
    try {
      const rows = await loadRows(this.pool, this.consumers[consumer]!.table, keys);
      if (!this.ended) this.tell({ is: 'rows', request, rows });
    } catch (fault) {
      this.fail(fault as Error);
    }
  }

  private mustWork(consumer: number): void {
    const fault = this.ended ?? this.faults.get(consumer);
    if (fault) throw fault;
  }

  private settleOne(): void {
    this.waiting -= 1;
    for (const go of this.roomy.splice(0)) go();
  }

  private fail(fault: Error): void {
    this.ended ??= fault;
    for (const request of this.sealing.keys()) this.reject(request, fault);
    for (const go of this.roomy.splice(0)) go();
  }

  private reject(request: number, fault: Error): void {
    this.sealing.get(request)?.reject(fault);
    this.sealing.delete(request);
  }
}
