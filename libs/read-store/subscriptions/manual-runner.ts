import type { Clock } from '#kernel/clock';
import type { Instant } from '#kernel/id';
import type { EventLog } from '#event-store/log.port';
import { LostRace } from '../checkpoints/consumer';
import type { DueTimesOf } from '../processes/due-times';
import { pagesOf } from './pages';
import type { SubscriptionRunner, Source } from './subscription-runner';

/** One pass over what the log holds now. */
export const upToHead = (log: EventLog): Source =>
  async function* ({ signal, ...from }) {
    const head = await log.head();
    for await (const events of pagesOf(log, from)) {
      const isLast = events.some(({ position }) => position > head);
      if (signal.aborted) break;
      yield { kind: 'page', events: isLast ? events.filter(({ position }) => position <= head) : events };
      if (isLast) break;
    }
    if (!signal.aborted) yield { kind: 'caught-up', position: head };
  };

export interface ManualRunnerParts {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly views: SubscriptionRunner;
  readonly processes: SubscriptionRunner;
  readonly dueTimes: DueTimesOf;
}

/** Moves only when told to, one step after the other: the same history gives the same commands in the same order. */
export class ManualRunner {
  private readonly signal = new AbortController().signal;
  private loaded = false;

  constructor(private readonly parts: ManualRunnerParts) {}

  /** Until every process and projection stands at the head and nothing is due at `now`. Answers how many due times fired. */
  async drain(now?: Instant): Promise<number> {
    const fired = await this.settle(now);
    await this.pass(this.parts.views);
    return fired;
  }

  /** Read models alone, for a question that a due time brings. */
  updateViews(): Promise<void> {
    return this.pass(this.parts.views);
  }

  private async settle(now: Instant | undefined): Promise<number> {
    let fired = 0;
    for (;;) {
      await this.pass(this.parts.processes);
      const one = this.parts.processes.consumers.length === 0 ? 0 : await this.attempt(() => this.fireOne(now ?? this.parts.clock.now()));
      if (one === 0) return fired;
      fired += one;
    }
  }

  private fireOne(now: Instant): Promise<number> {
    return this.parts.dueTimes.fire(this.parts.processes.standpoints, { now, limit: 1, signal: this.signal });
  }

  private async pass(follower: SubscriptionRunner): Promise<void> {
    if (follower.consumers.length === 0) return;
    for (;;) {
      const behind = await this.attempt(async () => {
        const head = await this.parts.log.head();
        if (follower.standpoints.every(({ position }) => position >= head)) return false;
        await follower.run({ source: upToHead(this.parts.log), signal: this.signal });
        return true;
      });
      if (!behind) return;
    }
  }

  /** A race lost to another runner is no fault: reload, and go on from there. Any other fault is told; the next call reloads. */
  private async attempt<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        if (!this.loaded) await this.load();
        return await work();
      } catch (fault) {
        this.loaded = false;
        if (!(fault instanceof LostRace)) throw fault;
      }
    }
  }

  private async load(): Promise<void> {
    for (const follower of [this.parts.views, this.parts.processes]) if (follower.consumers.length > 0) await follower.load();
    this.loaded = true;
  }
}
