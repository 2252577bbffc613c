import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Position } from '#event-store/log.port';
import { selectBuilds } from '../checkpoints/projection-table';
import { WaitTimedOut } from '../read-store.port';
import type { ControlTables } from '../tables/table-names';

interface Waiter {
  readonly models: readonly string[];
  readonly position: Position;
  readonly until: number;
  readonly resolve: () => void;
  readonly reject: (fault: Error) => void;
}

/** Between two looks at the positions; one look serves everybody who waits in this process. */
const POLL_INTERVAL_MS = 5;

/** Those who wait for a position, on one small query at a time. */
export class PositionWaiter {
  private waiters = new Set<Waiter>();
  private looking = false;
  private closed = false;

  constructor(
    private readonly pool: Pool,
    private readonly tables: ControlTables,
  ) {}

  for(models: readonly string[], position: Position, ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiters.add({ models, position, until: performance.now() + ms, resolve, reject });
      if (!this.looking) void this.look();
    });
  }

  close(): void {
    this.closed = true;
  }

  private async look(): Promise<void> {
    this.looking = true;
    while (this.waiters.size > 0) {
      await this.lookOnce().catch(() => undefined); // a database away: whoever waits learns it by the time limit
      this.dropLate();
      if (this.waiters.size > 0) await sleep(POLL_INTERVAL_MS);
    }
    this.looking = false;
  }

  private async lookOnce(): Promise<void> {
    const rows = await selectBuilds(this.pool, this.tables, { columns: ['name', 'position'], those: 'active' });
    const at = new Map(rows.map(({ name, position }) => [name, position]));
    for (const waiter of this.waiters) {
      const there = waiter.models.every((name) => (at.get(name) ?? '') >= waiter.position);
      if (there) this.settle(waiter, waiter.resolve);
    }
  }

  private dropLate(): void {
    const now = performance.now();
    for (const waiter of this.waiters) {
      if (this.closed || waiter.until <= now) {
        this.settle(waiter, () => waiter.reject(new WaitTimedOut(`${waiter.models.join(', ')} did not reach the position in time`)));
      }
    }
  }

  private settle(waiter: Waiter, how: () => void): void {
    this.waiters.delete(waiter);
    how();
  }
}
