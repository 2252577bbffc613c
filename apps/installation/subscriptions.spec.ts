import type { FeedStatus } from '#event-store/eventstoredb/reading/supervised-feed';
import type { Position } from '#event-store/log.port';
import { watchSubscriptions } from './subscriptions';

const at = (place: number): Position => String(place).padStart(20, '0') as Position;

describe('what is watched of the subscriptions to the log', () => {
  const watching = () => {
    let ms = 0;
    const told: string[] = [];
    const feeds = new Map<number, FeedStatus>();
    const { onFeed, subscriptions } = watchSubscriptions({
      feeds: () => [...feeds.values()],
      watchdogMs: 5_000,
      clock: () => ms,
      tell: (sentence) => void told.push(sentence),
    });
    const silently = (change: Partial<FeedStatus>): FeedStatus => {
      const { feed = 1 } = change;
      const before = feeds.get(feed) ?? { feed, state: 'catching-up', position: at(0), drops: 0 };
      const drops = before.drops + (change.state === 'dropped' ? 1 : 0);
      const after: FeedStatus = { ...before, drops, ...change };
      feeds.set(feed, after);
      return after;
    };
    const becomes = (state: FeedStatus['state'], more: Partial<FeedStatus> = {}): void => {
      onFeed(silently({ ...more, state }));
      if (state === 'stopped') feeds.delete(more.feed ?? 1);
    };
    return { subscriptions, told, becomes, gives: (position: Position) => silently({ position }), pass: (time: number) => (ms += time) };
  };

  it('is lost once it has been away for three watchdog periods, however often it was taken up in vain', () => {
    const { subscriptions, becomes, pass } = watching();
    becomes('live', { position: at(7) });
    pass(60_000);
    expect(subscriptions.areLost()).toBe(false);
    becomes('dropped', { reason: 'mute' });
    for (let n = 0; n < 3; n += 1) {
      pass(5_000);
      expect(subscriptions.areLost()).toBe(false);
      becomes('catching-up');
      becomes('dropped', { reason: 'mute' });
    }
    pass(1);
    expect(subscriptions.areLost()).toBe(true);
    expect(subscriptions.now()).toEqual([{ state: 'dropped', drops: 4, downSeconds: 15.001, reason: 'mute' }]);
    becomes('live');
    expect(subscriptions.areLost()).toBe(false);
    expect(subscriptions.now()).toMatchObject([{ state: 'live', downSeconds: 0 }]);
  });

  it('is not lost while it gives events again, though it is not live yet', () => {
    const { subscriptions, becomes, gives, pass } = watching();
    becomes('dropped');
    becomes('catching-up');
    pass(20_000);
    expect(subscriptions.areLost()).toBe(true);
    gives(at(1));
    expect(subscriptions.areLost()).toBe(false);
    becomes('dropped');
    pass(10_000);
    expect(subscriptions.areLost()).toBe(false);
    pass(10_000);
    expect(subscriptions.areLost()).toBe(true);
  });

  it('tells of one drop once, and of the return; counts drops and ends of all', () => {
    const { subscriptions, told, becomes, gives } = watching();
    becomes('live');
    becomes('live', { feed: 2 });
    for (const reason of ['ended by the server', 'mute']) {
      becomes('dropped', { reason });
      becomes('catching-up');
      gives(at(3));
    }
    becomes('live');
    expect(told).toEqual([
      'A subscription to the log dropped (ended by the server): it is being taken up again.',
      'The subscription to the log is live again.',
    ]);
    becomes('dropped', { feed: 2 });
    becomes('stopped', { feed: 2 });
    expect(told).toHaveLength(3);
    expect(subscriptions.now()).toHaveLength(1);
    expect(subscriptions.totals()).toEqual({ drops: 3, stopped: 1 });
  });
});
