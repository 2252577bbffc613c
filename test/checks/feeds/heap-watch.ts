import { setTimeout as pause } from 'node:timers/promises';
import type { FeedsHarness } from './harness';

const memoryOf = async (harness: FeedsHarness): Promise<number> =>
  (await harness.server().ask<{ readonly memory: number }>('memory')).memory;

const POLL_INTERVAL_MS = 1_000;

/** Looks at what lives in the server's memory now and then. */
export class HeapWatch {
  private most = 0;
  private isOver = false;
  /** The look under way: nobody may stop the server meanwhile. */
  private under: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly harness: FeedsHarness,
    private readonly baseline: number,
  ) {}

  static async start(harness: FeedsHarness): Promise<HeapWatch> {
    const watch = new HeapWatch(harness, await memoryOf(harness));
    void watch.looking().catch(() => undefined); // the server went: nobody asks further
    return watch;
  }

  /** No look while this goes on. */
  async without<T>(work: () => Promise<T>): Promise<T> {
    const before = this.under;
    const done = before.then(work);
    this.under = done.catch(() => undefined);
    return done;
  }

  /** Bytes more than at the start, at most; no further looks. */
  async end(): Promise<number> {
    this.isOver = true;
    await this.under;
    return this.most - this.baseline;
  }

  private async looking(): Promise<void> {
    while (!this.isOver) {
      await this.without(async () => {
        if (!this.isOver) this.most = Math.max(this.most, await memoryOf(this.harness));
      });
      await pause(POLL_INTERVAL_MS);
    }
  }
}
