import { type EventStoreDbDouble } from '#test/eventstoredb-double/double';
import { aStream, anEvent, collected, done, events, eventsIn, following, idsOf, until } from '../../contract/subject';
import { LogUnavailable, START, type EventToAppend, type Position, type SubscriptionItem } from '../../log.port';
import { ManualTimers } from '../client/manual-timers.fixture';
import { onTheDouble } from '../on-the-double.fixture';
import type { FeedStatus } from './supervised-feed';

jest.setTimeout(20_000);

/** Events of ours put straight into the double. @returns their ids */
const filled = (double: EventStoreDbDouble, type: string, count: number, size = 0): string[] => {
  const event = { type, contentType: 'application/json', data: Buffer.from(JSON.stringify('x'.repeat(size))), metadata: OURS };
  const ids = Array.from({ length: count }, () => crypto.randomUUID());
  double.log.append(
    aStream('filled'),
    'no_stream',
    ids.map((id) => ({ ...event, id })),
  );
  return ids;
};
const OURS = Buffer.from('{"$schemaVersion":1}');

/** What a filter holds back. @returns no ids */
const noise = (double: EventStoreDbDouble, count: number): string[] => filled(double, 'Noise', count).slice(count);

describe('subscribing to EventStoreDB', () => {
  const { starting, opening } = onTheDouble();
  const subject = async (options?: Parameters<typeof starting>[0]) => {
    const double = await starting(options);
    const timers = new ManualTimers();
    const told: FeedStatus[] = [];
    const log = await opening(double.url, { timers, onFeed: (status) => told.push(status) });
    return { double, timers, log, told, states: () => told.map(({ state }) => state) };
  };
  const isEvent =
    (event: EventToAppend | undefined) =>
    (item: SubscriptionItem): boolean =>
      item.kind === 'event' && item.event.eventId === event?.eventId;
  const caughtUp = ({ kind }: SubscriptionItem): boolean => kind === 'caught-up';

  it('puts checkpoints and the word of being caught up behind the events before them, though the client tells them early', async () => {
    const { double, log } = await subject();
    const wanted: string[] = [];
    for (let n = 0; n < 12; n += 1) wanted.push(...noise(double, 400), ...filled(double, 'Wanted', 1));
    double.log.system();
    const feed = following(log, { after: START, filter: { types: ['Wanted'] } });
    let announced = START;
    const seen: Position[] = [];
    const items = await until(
      {
        next: async () => {
          // a consumer slower than the server: everything else has arrived by now
          for (let n = 0; n < 20; n += 1) await new Promise(setImmediate);
          return feed.next();
        },
      },
      caughtUp,
    );
    for (const item of items) {
      if (item.kind !== 'event') announced = item.position;
      else {
        expect(item.event.position > announced).toBe(true);
        seen.push(item.event.position);
      }
    }
    expect(idsOf(eventsIn(items))).toEqual(wanted);
    expect(seen).toHaveLength(12);
    await feed.stop();
  });

  it('moves on over long ranges that the filter empties, by checkpoints, with few of their events on the wire', async () => {
    const { double, log } = await subject();
    noise(double, 6000);
    const last = done(await log.append(aStream(), 'none', [anEvent({ type: 'Noise' })]));
    const feed = following(log, { after: START, filter: { types: ['Wanted'] } });
    const items = await until(feed, caughtUp);
    expect(items.filter(({ kind }) => kind === 'checkpoint').length).toBeGreaterThan(2);
    expect(items.at(-1)).toEqual({ kind: 'caught-up', position: last });
    expect(double.node.subscriptions.sent).toBeLessThan(5000);
    await feed.stop();
  });

  it('takes a clean end by the server for a drop, and goes on from its own place', async () => {
    const { double, log, states, told } = await subject();
    const [before, after] = [events(5), events(3)];
    await log.append(aStream(), 'none', before);
    const feed = following(log, { after: START });
    const first = await until(feed, caughtUp);
    double.node.subscriptions.endAll();
    await log.append(aStream(), 'none', after);
    const second = await until(feed, isEvent(after.at(-1)));
    expect(idsOf(eventsIn([...first, ...second]))).toEqual(idsOf([...before, ...after]));
    await until(feed, caughtUp);
    await feed.stop();
    expect(states()).toEqual(['catching-up', 'live', 'dropped', 'catching-up', 'live', 'stopped']);
    expect(told.find(({ state }) => state === 'dropped')).toMatchObject({ drops: 1, reason: 'ended by the server' });
  });

  it.each([['ended cleanly' as const], ['cut' as const]])(
    'gives every event once and in order to a consumer whose subscription is %s again and again',
    async (how) => {
      const { double, log } = await subject();
      const all: EventToAppend[] = [];
      const feed = following(log, { after: START });
      const seen: SubscriptionItem[] = [];
      for (let round = 0; round < 6; round += 1) {
        const batch = events(40);
        all.push(...batch);
        await log.append(aStream(), 'none', batch);
        seen.push(...(await until(feed, isEvent(batch[round * 5]))));
        if (how === 'cut') double.node.resetConnections();
        else double.node.subscriptions.endAll();
      }
      seen.push(...(await until(feed, isEvent(all.at(-1)))));
      expect(idsOf(eventsIn(seen))).toEqual(idsOf(all));
      await feed.stop();
    },
  );

  it('waits longer after each failure in a row, by chance a little less, and anew after an event', async () => {
    const { double, log, timers, states } = await subject();
    const feed = following(log, { after: START });
    await until(feed, caughtUp);
    const pending = feed.next();
    const { port } = double.node;
    await double.node.kill();
    while (timers.ended.filter(({ wait }) => wait === 'back-off').length < 5) await new Promise(setImmediate);
    expect(double.node.port).toBe(port);
    await double.node.start();
    const event = anEvent();
    await log.append(aStream(), 'none', [event]);
    const { value } = await pending;
    expect(isEvent(event)(value as SubscriptionItem) || caughtUp(value as SubscriptionItem)).toBe(true);
    const pauses = timers.ended.filter(({ wait }) => wait === 'back-off').map(({ ms }) => ms);
    expect(pauses.slice(0, 5)).toEqual([75, 150, 300, 600, 1200]);
    await feed.stop();
    expect(states().at(-1)).toBe('stopped');
  });

  it('resubscribes a mute stream when two looks at the head find it unmoved', async () => {
    const { double, log, timers, told } = await subject();
    const feed = following(log, { after: START });
    await until(feed, caughtUp);
    double.node.subscriptions.muteAll();
    const event = anEvent();
    await log.append(aStream(), 'none', [event]);
    const pending = until(feed, isEvent(event));
    await timers.end('watchdog');
    await timers.end('watchdog');
    expect(idsOf(eventsIn(await pending))).toEqual([event.eventId]);
    expect(told.find(({ state }) => state === 'dropped')).toMatchObject({ reason: 'mute', drops: 1 });
    await feed.stop();
  });

  it('comes back from a mute stream within two looks, however often it failed before', async () => {
    const { double, log, timers, told } = await subject();
    const feed = following(log, { after: START });
    await until(feed, caughtUp);
    const backOffs = () => timers.ended.filter(({ wait }) => wait === 'back-off');
    const pending = feed.next();
    await double.node.kill();
    while (backOffs().length < 4) await new Promise(setImmediate);
    double.node.faults.muteSubscriptions = 1;
    await double.node.start();
    while (double.node.faults.muteSubscriptions > 0) await new Promise(setImmediate);
    const failed = backOffs().length;
    const event = anEvent();
    await log.append(aStream(), 'none', [event]);
    await timers.end('watchdog');
    await timers.end('watchdog');
    const { value } = await pending;
    expect(isEvent(event)(value as SubscriptionItem) || caughtUp(value as SubscriptionItem)).toBe(true);
    expect(told.at(-1)?.reason ?? told.at(-2)?.reason).toBe('mute');
    expect(
      backOffs()
        .slice(failed)
        .map(({ ms }) => ms),
    ).toEqual([75]);
    await feed.stop();
  });

  it('resubscribes a stream that was mute from its start, even on an empty log', async () => {
    const { double, log, timers } = await subject();
    double.node.faults.muteSubscriptions = 1;
    const feed = following(log, { after: START });
    const pending = until(feed, caughtUp);
    await timers.end('watchdog');
    await timers.end('watchdog');
    expect((await pending).at(-1)).toEqual({ kind: 'caught-up', position: START });
    await feed.stop();
  });

  it('leaves a live stream alone, and one whose consumer takes its time', async () => {
    const { log, timers, states } = await subject();
    const feed = following(log, { after: START });
    await until(feed, caughtUp);
    const batch = events(3);
    await log.append(aStream(), 'none', batch);
    expect((await feed.next()).value).toMatchObject({ kind: 'event' });
    // the consumer holds the first event and asks for nothing, while the head is further on
    for (let n = 0; n < 3; n += 1) await timers.end('watchdog');
    expect(states()).toEqual(['catching-up', 'live']);
    expect(eventsIn(await until(feed, isEvent(batch[2])))).toHaveLength(2);
    const pending = feed.next();
    for (let n = 0; n < 3; n += 1) await timers.end('watchdog');
    expect(states()).not.toContain('dropped');
    await feed.stop();
    await pending;
  });

  it('holds the server back while the consumer does not ask', async () => {
    const { double, log } = await subject();
    filled(double, 'Large', 400, 20_000);
    const feed = following(log, { after: START });
    await feed.next();
    for (let n = 0; n < 500; n += 1) await new Promise(setImmediate);
    expect(double.node.subscriptions.sent).toBeLessThan(300);
    expect(eventsIn(await until(feed, caughtUp))).toHaveLength(399);
    await feed.stop();
  });

  it("is not told of the server's own events, which are filtered there, nor of another program's", async () => {
    const { double, log } = await subject();
    const [mine, later] = [anEvent(), anEvent()];
    await log.append(aStream(), 'none', [mine]);
    for (let n = 0; n < 300; n += 1) double.log.system();
    const foreign = {
      id: crypto.randomUUID(),
      type: 'Order',
      contentType: 'application/json',
      data: Buffer.from('{}'),
      metadata: Buffer.from(''),
    };
    double.log.append('order-1', 'any', [foreign]);
    const end = done(await log.append(aStream(), 'none', [later]));
    for (let n = 0; n < 300; n += 1) double.log.system();
    expect(await log.head()).toBe(end);
    expect(idsOf(await collected(log.readAll({ after: START })))).toEqual(idsOf([mine, later]));
    const sent = double.node.subscriptions.sent;
    const feed = following(log, { after: START });
    expect(idsOf(eventsIn(await until(feed, caughtUp)))).toEqual(idsOf([mine, later]));
    expect(double.node.subscriptions.sent - sent).toBe(3);
    for (let n = 0; n < 2500; n += 1) double.log.system();
    const beyond = (await until(feed, ({ kind }) => kind === 'checkpoint')).at(-1);
    expect(beyond).toMatchObject({ kind: 'checkpoint' });
    await feed.next();
    expect(await log.head()).toBe(end);
    expect(idsOf(await collected(log.readAll({ after: START })))).toEqual(idsOf([mine, later]));
    await feed.stop();
  });

  it('keeps positions beyond 2^53 whole: they are strings', async () => {
    const { log } = await subject({ from: 2n ** 62n + 1n });
    const places = [];
    for (let n = 0; n < 3; n += 1) places.push(done(await log.append(aStream(), 'none', events(1))));
    expect(places[0]).toMatch(/^0461168601842738\d{4}$/);
    expect((await collected(log.readAll({ after: places[0] as Position }))).map(({ position }) => position)).toEqual(places.slice(1));
    expect(JSON.parse(JSON.stringify(await log.head()))).toBe(places[2]);
  });

  it('drops at a position that the log never had, and stays silent at one beyond its end', async () => {
    const { log, told } = await subject();
    const head = done(await log.append(aStream(), 'none', events(2)));
    const invented = String(BigInt(head) - 1n).padStart(20, '0') as Position;
    await expect(collected(log.readAll({ after: invented }))).rejects.toThrow(LogUnavailable);
    const feed = following(log, { after: invented });
    const pending = feed.next();
    while (!told.some(({ state }) => state === 'dropped')) await new Promise(setImmediate);
    expect(told.find(({ state }) => state === 'dropped')?.reason).toBe('the log did not answer (unknown)');
    await feed.stop();
    await pending;
    const beyond = String(BigInt(head) + 1000n).padStart(20, '0') as Position;
    expect(await collected(log.readAll({ after: beyond }))).toEqual([]);
  });

  it('fails a read in which the server falls silent, and not one that is only slow', async () => {
    const { double, log, timers } = await subject();
    await log.append(aStream(), 'none', events(100));
    let pages = 0;
    double.node.faults.beforePage = async () => {
      pages += 1;
      for (let n = 0; n < 50; n += 1) await new Promise(setImmediate);
    };
    expect(await collected(log.readAll({ after: START }))).toHaveLength(100);
    expect(pages).toBeGreaterThan(0);
    double.node.faults.muteSubscriptions = Infinity;
    const reading = collected(log.readAll({ after: START }));
    const outcome = expect(reading).rejects.toThrow('fell silent');
    let over = false;
    void outcome.then(() => (over = true));
    while (!over) await Promise.race([timers.end('silent read'), outcome]);
    await outcome;
  });

  it('tells of its subscriptions while they live', async () => {
    const { log } = await subject();
    const [one, two] = [following(log, { after: START }), following(log, { after: START, filter: { types: ['A'] } })];
    await Promise.all([until(one, caughtUp), until(two, caughtUp)]);
    const pending = [one.next(), two.next()];
    expect(log.feeds()).toMatchObject([
      { feed: 1, state: 'live', position: START, drops: 0 },
      { feed: 2, state: 'live', position: START, drops: 0 },
    ]);
    await one.stop();
    expect(log.feeds()).toHaveLength(1);
    await log.close();
    await Promise.all(pending);
    expect(log.feeds()).toEqual([]);
  });
});
