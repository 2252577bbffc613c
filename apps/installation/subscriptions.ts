import type { FeedStatus } from '#event-store/eventstoredb/reading/supervised-feed';

/** Between two looks of the log's own watchdog at a subscription that says nothing. */
export const WATCHDOG_MS = 5_000;
/** So many watchdog periods may a subscription be away before this process says that it is not ready. */
const PERIODS = 3;

export type SubscriptionState = FeedStatus['state'];

/** One subscription to the log, as an operator sees it. */
export interface Subscription {
  readonly state: SubscriptionState;
  /** How often it ended by itself since it began. */
  readonly drops: number;
  /** Seconds since it dropped and gave nothing; 0 while it gives. */
  readonly downSeconds: number;
  /** Of the last drop: a kind, never a text of the server. */
  readonly reason: string | null;
}

export interface Subscriptions {
  /** Every one that is not over. */
  now(): readonly Subscription[];
  /** One is away for longer than the watchdog and a few attempts explain. */
  areLost(): boolean;
  /** Of all subscriptions since the start: drops, and ends. */
  totals(): { readonly drops: number; readonly stopped: number };
}

interface WatchParts {
  readonly feeds: () => readonly FeedStatus[];
  readonly watchdogMs: number;
  /** Milliseconds of a clock that only goes on. */
  readonly clock: () => number;
  readonly tell: (sentence: string) => void;
}

interface Away {
  readonly since: number;
  readonly position: string;
}

/** Watches the subscriptions of a log that can lose one: each change of state is told to `onFeed`. */
export const watchSubscriptions = ({ feeds, watchdogMs, clock, tell }: WatchParts) => {
  const away = new Map<number, Away>();
  const totals = { drops: 0, stopped: 0 };
  /** What drops, comes and drops again without giving anything was away all the time. */
  const dropped = ({ feed, position, reason }: FeedStatus): void => {
    totals.drops += 1;
    const before = away.get(feed);
    if (before?.position === position) return;
    away.set(feed, { since: clock(), position });
    if (!before) tell(`A subscription to the log dropped (${reason ?? 'no reason'}): it is being taken up again.`);
  };
  const onFeed = (status: FeedStatus): void => {
    if (status.state === 'dropped') return dropped(status);
    if (status.state === 'catching-up') return;
    const back = away.delete(status.feed) && status.state === 'live';
    if (back) tell('The subscription to the log is live again.');
    if (status.state === 'stopped') totals.stopped += 1;
  };
  const now = (): readonly Subscription[] =>
    feeds().map(({ feed, state, drops, position, reason }) => {
      const since = away.get(feed);
      const isAway = since !== undefined && since.position === position;
      return { state, drops, downSeconds: isAway ? (clock() - since.since) / 1000 : 0, reason: reason ?? null };
    });
  const areLost = (): boolean => now().some(({ downSeconds }) => downSeconds * 1000 > PERIODS * watchdogMs);
  return { onFeed, subscriptions: { now, areLost, totals: () => ({ ...totals }) } satisfies Subscriptions };
};
