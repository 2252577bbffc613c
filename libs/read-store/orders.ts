import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#kernel/clock';
import type { CommandId, Instant } from '#kernel/id';

export interface CommandIds {
  readonly commandId: CommandId;
  readonly causationId: string;
  readonly correlationId: string;
  readonly network: string;
}

/** A rejection is final; it may tell the refusal's code. `unknown`: it may be done or not, ask again under the same id. */
export type Answer = 'done' | 'rejected' | 'unknown' | { readonly rejected: string };

/** @throws on a fault: the whole batch is taken again, under the same ids */
export type Execute<Command> = (order: Command, ids: CommandIds, at: Instant) => Promise<Answer>;

export interface Order {
  readonly order: unknown;
  readonly ids: CommandIds;
}

/** The orders of one cause, in order; after those of every earlier cause that shares a key. */
export interface Task {
  readonly process: string;
  readonly keys: readonly string[];
  readonly orders: readonly Order[];
}

export interface OrdersParts {
  readonly execute: Execute<unknown>;
  readonly clock: Clock;
  /** Commands under way at once: group commit makes several dearer than one only slightly. */
  readonly concurrency: number;
  readonly onRejected: (process: string, code: string) => void;
  /** Milliseconds before the n-th repeat of an unanswered command. */
  readonly delay?: (attempt: number) => number;
}

const doubling = (attempt: number): number => Math.min(25 * 2 ** attempt, 2_000);

export class Aborted extends Error {
  override readonly name = 'AbortError';
}

/** Runs the commands of processes: in order where keys are shared, side by side where they are not. */
export class Orders {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  constructor(private readonly parts: OrdersParts) {}

  /** Resolves once every order is answered for good. @throws what `execute` threw, after those under way have settled */
  async run(tasks: readonly Task[], signal: AbortSignal): Promise<void> {
    if (this.parts.concurrency === 1) {
      for (const task of tasks) await this.perform(task, signal);
      return;
    }
    const failed = new AbortController();
    const either = AbortSignal.any([signal, failed.signal]);
    const tails = new Map<string, Promise<void>>();
    const all = tasks.map((task) => {
      const before = task.keys.map((key) => tails.get(key) ?? Promise.resolve());
      const done = Promise.all(before)
        .then(() => this.inTurn(() => this.perform(task, either)))
        .catch((fault: unknown) => {
          failed.abort();
          throw fault;
        });
      for (const key of task.keys) tails.set(key, done);
      return done;
    });
    const settled = await Promise.allSettled(all);
    const faults = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    if (faults.length > 0) throw faults.find((fault) => !(fault instanceof Aborted)) ?? faults[0];
  }

  private async perform({ process, orders }: Task, signal: AbortSignal): Promise<void> {
    for (const { order, ids } of orders) {
      for (let attempt = 0; ; attempt++) {
        if (signal.aborted) throw new Aborted('stopped before every command was answered');
        const answer = await this.parts.execute(order, ids, this.parts.clock.now());
        if (answer === 'rejected') this.parts.onRejected(process, 'unnamed');
        else if (typeof answer === 'object') this.parts.onRejected(process, answer.rejected);
        if (answer !== 'unknown') break;
        await sleep((this.parts.delay ?? doubling)(attempt), undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async inTurn(work: () => Promise<void>): Promise<void> {
    if (this.running >= this.parts.concurrency) await new Promise<void>((resolve) => this.queue.push(resolve));
    else this.running += 1;
    try {
      await work();
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
