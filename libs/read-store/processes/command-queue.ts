import { setTimeout as sleep } from 'node:timers/promises';
import { Semaphore } from '#async/semaphore';
import type { Clock } from '#kernel/clock';
import type { CommandId, Instant } from '#kernel/id';
import { isForeign } from '../checkpoints/consumer';
import { NotActive, WaitTimedOut } from '../read-store.port';

export interface CommandIds {
  readonly commandId: CommandId;
  readonly causationId: string;
  readonly correlationId: string;
  readonly network: string;
}

/** A rejection is final; it may tell the refusal's code. `unknown`: it may be done or not, ask again under the same id. */
export type CommandAnswer = 'done' | 'rejected' | 'unknown' | { readonly rejected: string };

/** @throws on a fault: its cause is parked, unless the log or the database is away: then all is taken again, under the same ids */
export type Execute<Command> = (order: Command, ids: CommandIds, at: Instant) => Promise<CommandAnswer>;

export interface CommandToSend {
  readonly order: unknown;
  /** Among the orders of its cause, from 0. */
  readonly index: number;
  readonly ids: CommandIds;
}

/** The orders of one cause, in order; after those of every earlier cause that shares a key. */
export interface Task {
  readonly process: string;
  readonly keys: readonly string[];
  readonly orders: readonly CommandToSend[];
}

/** The order that threw, and what: those before it are answered, none after it was given. */
export interface CommandFault {
  readonly index: number;
  readonly fault: unknown;
}

/** `waits`: nothing of it was given, as an earlier one that shares a key threw. */
export type TaskResult = 'answered' | 'waits' | CommandFault;

export interface CommandQueueParts {
  readonly execute: Execute<unknown>;
  readonly clock: Clock;
  /** Commands under way at once: group commit makes several dearer than one only slightly. */
  readonly concurrency: number;
  readonly onRejected: (process: string, code: string) => void;
  /** Milliseconds before the n-th repeat of an unanswered command. @throws to give up */
  readonly delay?: (attempt: number) => number;
}

const doubling = (attempt: number): number => Math.min(25 * 2 ** attempt, 2_000);

export class Aborted extends Error {
  override readonly name = 'AbortError';
}

/** Of nobody's order: the log, the database, or a read model that is asked, is away; it is asked again. */
export const isNobodysOwn = (fault: unknown): boolean => isForeign(fault) || fault instanceof WaitTimedOut || fault instanceof NotActive;

/** Runs the commands of processes: in order where keys are shared, side by side where they are not. */
export class CommandQueue {
  private readonly places: Semaphore;

  constructor(private readonly parts: CommandQueueParts) {
    this.places = new Semaphore(parts.concurrency);
  }

  /**
   * Resolves once every task is answered for good, threw, or waits behind one that did.
   * @throws what is nobody's own fault, after those under way have settled
   */
  async run(tasks: readonly Task[], signal: AbortSignal): Promise<readonly TaskResult[]> {
    const stopped = new Set<string>();
    const behind = async (task: Task, until: AbortSignal): Promise<TaskResult> => {
      const places = placesOf(task);
      const result = places.some((place) => stopped.has(place)) ? 'waits' : await this.perform(task, until);
      if (result !== 'answered') for (const place of places) stopped.add(place);
      return result;
    };
    if (this.parts.concurrency > 1) return this.sideBySide(tasks, signal, behind);
    const results: TaskResult[] = [];
    for (const task of tasks) results.push(await behind(task, signal));
    return results;
  }

  private async sideBySide(
    tasks: readonly Task[],
    signal: AbortSignal,
    work: (task: Task, until: AbortSignal) => Promise<TaskResult>,
  ): Promise<readonly TaskResult[]> {
    const failed = new AbortController();
    const either = AbortSignal.any([signal, failed.signal]);
    const tails = new Map<string, Promise<unknown>>();
    const all = tasks.map((task) => {
      const places = placesOf(task);
      const done = Promise.all(places.map((place) => tails.get(place)))
        .then(() => this.places.enter(1))
        .then((leave) => work(task, either).finally(leave))
        .catch((fault: unknown) => {
          failed.abort();
          throw fault;
        });
      for (const place of places) tails.set(place, done);
      return done;
    });
    const settled = await Promise.allSettled(all);
    const faults = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    if (faults.length > 0) throw faults.find((fault) => !(fault instanceof Aborted)) ?? faults[0];
    return Promise.all(all);
  }

  private async perform({ process, orders }: Task, signal: AbortSignal): Promise<TaskResult> {
    for (const order of orders) {
      try {
        await this.answered(process, order, signal);
      } catch (fault) {
        if (isNobodysOwn(fault)) throw fault;
        return { index: order.index, fault };
      }
    }
    return 'answered';
  }

  private async answered(process: string, { order, ids }: CommandToSend, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      if (signal.aborted) throw new Aborted('stopped before every command was answered');
      const answer = await this.parts.execute(order, ids, this.parts.clock.now());
      if (answer === 'rejected') this.parts.onRejected(process, 'unnamed');
      else if (typeof answer === 'object') this.parts.onRejected(process, answer.rejected);
      if (answer !== 'unknown') return;
      await sleep((this.parts.delay ?? doubling)(attempt), undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Keys of two processes have nothing to do with each other. */
const placesOf = ({ process, keys }: Task): readonly string[] => keys.map((key) => `${process} ${key}`);
