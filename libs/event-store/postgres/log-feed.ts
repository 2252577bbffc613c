import type { Signal } from '#async/signal';
import { LogUnavailable, type LogFilter, type Position, type SubscriptionItem } from '../log.port';
import { fromPosition, toPosition } from '../position';
import type { LogReader, Page } from './log-reader';
import { AdaptivePageSize } from './adaptive-page-size';
import type { NotifyListener } from './notify-listener';

export interface FeedTimes {
  /** Looks at the log this often where no wake-up came. */
  readonly pollMs: number;
  /** Waits between attempts while the server is away: the first, doubled up to the longest. */
  readonly retryMs: { readonly first: number; readonly longest: number };
}

export interface FeedStart {
  readonly after: Position;
  readonly filter?: LogFilter;
  readonly signal: AbortSignal;
}

/** One page is held for the consumer and no more; a server that went away is asked again from the own place. */
export class LogFeed {
  constructor(
    private readonly reader: LogReader,
    private readonly appended: Signal,
    private readonly wakeUps: NotifyListener,
    private readonly times: FeedTimes,
  ) {}

  async *items({ after, filter, signal }: FeedStart): AsyncIterable<SubscriptionItem> {
    let at = fromPosition(after);
    let told: bigint | undefined;
    const pace = new AdaptivePageSize();
    const leave = this.wakeUps.attend();
    try {
      while (!signal.aborted) {
        const seen = this.appended.count;
        const head = (await this.insisting(() => this.reader.head(), signal)) ?? at;
        while (at < head && !signal.aborted) {
          const page = await this.insisting(() => this.reader.page(at, head, filter, pace.limit), signal);
          if (page === undefined) return;
          for (const item of itemsOf(page)) {
            if (signal.aborted) return;
            yield item;
          }
          pace.learn(page.events);
          at = page.through;
        }
        if (told !== at && !signal.aborted) yield { kind: 'caught-up', position: toPosition(at) };
        told = at;
        await this.appended.wait(seen, signal, this.times.pollMs);
      }
    } finally {
      leave();
    }
  }

  /** Until the server answers, or `signal` aborts. */
  private async insisting<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
    for (let pause = this.times.retryMs.first; !signal.aborted; pause = Math.min(pause * 2, this.times.retryMs.longest)) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof LogUnavailable)) throw error;
        await this.appended.wait(this.appended.count, signal, pause);
      }
    }
    return undefined;
  }
}

function* itemsOf({ events, through }: Page): Iterable<SubscriptionItem> {
  for (const event of events) yield { kind: 'event', event };
  const position = toPosition(through);
  if (events.at(-1)?.position !== position) yield { kind: 'checkpoint', position };
}
