import { START } from '../log.port';
import { aStream, anEvent, collected, done, events, eventsIn, following, idsOf, until, type Subject } from './subject';

const caughtUp = ({ kind }: { kind: string }): boolean => kind === 'caught-up';

export const subscribing = (subject: Subject): void => {
  describe('subscribe', () => {
    it('catches up, says so, then gives what is appended, here and in another process', async () => {
      const { log, second } = subject();
      const other = second === undefined ? log : await second();
      const [past, here, there] = [events(3), events(2), events(1)];
      const last = done(await log.append(aStream(), 'none', past));
      const feed = following(log, { after: START });
      const first = await until(feed, caughtUp);
      expect(idsOf(eventsIn(first))).toEqual(idsOf(past));
      expect(first.at(-1)).toEqual({ kind: 'caught-up', position: last });
      const next = until(feed, (item) => eventsIn([item])[0]?.eventId === there[0]?.eventId);
      await log.append(aStream(), 'none', here);
      await other.append(aStream(), 'none', there);
      expect(idsOf(eventsIn(await next))).toEqual(idsOf([...here, ...there]));
      await feed.stop();
    });

    it('says that it is caught up on an empty log, and stays', async () => {
      const { log } = subject();
      const feed = following(log, { after: START });
      expect((await feed.next()).value).toEqual({ kind: 'caught-up', position: START });
      const event = anEvent();
      const pending = feed.next();
      await log.append(aStream(), 'none', [event]);
      expect((await pending).value).toMatchObject({ kind: 'event', event: { eventId: event.eventId } });
      await feed.stop();
    });

    it('starts after the given position, and gives each event with its place', async () => {
      const { log } = subject();
      const position = done(await log.append(aStream(), 'none', events(2)));
      const stream = aStream();
      await log.append(stream, 'none', events(2));
      const feed = following(log, { after: position });
      expect(eventsIn(await until(feed, caughtUp))).toEqual(await collected(log.readStream(stream)));
      await feed.stop();
    });

    it('lets through what the filter does, and moves on over empty ranges by checkpoints', async () => {
      const { log } = subject();
      const wanted = anEvent({ type: 'Wanted' });
      await log.append(aStream('member'), 'none', [anEvent({ type: 'Wanted' }), anEvent()]);
      await log.append(aStream('exchange'), 'none', [wanted]);
      const end = done(await log.append(aStream('exchange'), 'none', events(3)));
      const feed = following(log, { after: START, filter: { types: ['Wanted'], categories: ['exchange'] } });
      const items = await until(feed, caughtUp);
      expect(idsOf(eventsIn(items))).toEqual([wanted.eventId]);
      expect(items).toContainEqual({ kind: 'checkpoint', position: end });
      const live = until(feed, ({ kind }) => kind === 'checkpoint');
      const beyond = done(await log.append(aStream('exchange'), 'none', events(1)));
      expect((await live).at(-1)).toEqual({ kind: 'checkpoint', position: beyond });
      await feed.stop();
    });

    it('never announces a checkpoint before an event that lies at or before it', async () => {
      const { log } = subject();
      for (let n = 0; n < 30; n += 1) await log.append(aStream(), 'none', [anEvent({ type: n % 3 ? 'Noise' : 'Wanted' })]);
      const feed = following(log, { after: START, filter: { types: ['Wanted'] } });
      let announced = START;
      for (const item of await until(feed, caughtUp)) {
        if (item.kind === 'event') expect(item.event.position > announced).toBe(true);
        else announced = item.position;
      }
      await feed.stop();
    });

    it('gives every event once and in order to a subscriber who follows while writers race', async () => {
      const { log, second } = subject();
      const other = second === undefined ? log : await second();
      const feed = following(log, { after: START });
      const writing = Promise.allSettled(Array.from({ length: 80 }, (_, n) => (n % 2 ? log : other).append(aStream(), 'none', events(2))));
      const seen: string[] = [];
      while (seen.length < 160) {
        const { value } = await feed.next();
        if (value?.kind === 'event') seen.push(value.event.eventId);
      }
      await writing;
      expect(seen).toEqual(idsOf(await collected(log.readAll({ after: START }))));
      await feed.stop();
    });

    it('waits for a consumer who does not ask: what is appended meanwhile is read when it asks', async () => {
      const { log } = subject();
      const feed = following(log, { after: START });
      await until(feed, caughtUp);
      const appended: string[] = [];
      for (let n = 0; n < 20; n += 1) {
        const batch = events(100);
        appended.push(...idsOf(batch));
        await log.append(aStream(), 'none', batch);
      }
      expect(idsOf(eventsIn(await until(feed, (item) => eventsIn([item])[0]?.eventId === appended.at(-1))))).toEqual(appended);
      await feed.stop();
    });

    it('ends cleanly on abort: while it waits, between two events, and before it began', async () => {
      const { log } = subject();
      await log.append(aStream(), 'none', events(5));
      const [waiting, amid, unstarted] = [
        following(log, { after: START }),
        following(log, { after: START }),
        following(log, { after: START }),
      ];
      await until(waiting, caughtUp);
      const pending = waiting.next();
      waiting.abort();
      expect(await pending).toEqual({ value: undefined, done: true });
      await amid.next();
      expect(await amid.stop()).toEqual({ value: undefined, done: true });
      expect(await unstarted.stop()).toEqual({ value: undefined, done: true });
      expect(await unstarted.next()).toEqual({ value: undefined, done: true });
    });

    it('ends when the log is closed', async () => {
      const { log } = subject();
      const feed = following(log, { after: START });
      await until(feed, caughtUp);
      const pending = feed.next();
      await log.close();
      expect(await pending).toEqual({ value: undefined, done: true });
    });
  });
};
