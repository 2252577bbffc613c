import { aStream, anEvent, collected, done, events, eventsIn, following, idsOf, until } from '../contract/subject';
import { START, type EventToAppend } from '../log.port';
import type { PostgresLog } from './postgres-log';
import { database, holding, open, waitingForLock, withDatabase, withEmptyLog } from './postgres-log.fixture';

withDatabase();

describe('the log in PostgreSQL, besides', () => {
  withEmptyLog();

  describe('a place that an open transaction holds', () => {
    it('is not passed by readers, and is read in order once committed', async () => {
      const log = await open();
      const [before, held, after] = [anEvent(), anEvent(), anEvent()];
      await log.append(aStream(), 'none', [before]);
      const feed = following(log, { after: START });
      let appended: Promise<unknown> | undefined;
      await holding(held, 'commit', async () => {
        appended = log.append(aStream(), 'none', [after]);
        await waitingForLock();
        expect(idsOf(await collected(log.readAll({ after: START })))).toEqual([before.eventId]);
        expect(idsOf(eventsIn(await until(feed, ({ kind }) => kind === 'caught-up')))).toEqual([before.eventId]);
      });
      await appended;
      expect(idsOf(await collected(log.readAll({ after: START })))).toEqual(idsOf([before, held, after]));
      const rest = await until(feed, (item) => eventsIn([item])[0]?.eventId === after.eventId);
      expect(idsOf(eventsIn(rest))).toEqual(idsOf([held, after]));
      await feed.stop();
    });

    it('stalls nobody and leaves no gap once rolled back', async () => {
      const log = await open();
      let appended: Promise<unknown> | undefined;
      const after = anEvent();
      await holding(anEvent(), 'rollback', async () => {
        appended = log.append(aStream(), 'none', [after]);
        await waitingForLock();
      });
      await appended;
      expect(await collected(log.readAll({ after: START }))).toMatchObject([{ eventId: after.eventId, position: '00000000000000000001' }]);
    });

    it('is not passed either where somebody wrote by hand, without the lock', async () => {
      const log = await open();
      const [held, after] = [anEvent(), anEvent()];
      const client = await database.pool.connect();
      await client.query('begin');
      const insert = `insert into log.events (position, revision, version, event_id, stream, type, meta, data) values (1, 0, 1, $1, 'a-1', 'T', '{}', '{}')`;
      await client.query(insert, [held.eventId]);
      const appended = log.append(aStream(), 'none', [after]);
      await waitingForLock();
      expect(await log.head()).toBe(START);
      await client.query('commit');
      client.release();
      done(await appended);
      expect(idsOf(await collected(log.readAll({ after: START })))).toEqual(idsOf([held, after]));
    });
  });

  describe('an append at the end as this process knows it', () => {
    it('is judged anew where another process has written meanwhile', async () => {
      const [log, other] = [await open(), await open()];
      const stream = aStream();
      const written: EventToAppend[] = [];
      for (let n = 0; n < 8; n += 1) {
        const event = anEvent();
        written.push(event);
        const result = await (n % 4 < 2 ? log : other).append(stream, n === 0 ? 'none' : n - 1, [event]);
        expect(result).toEqual({ outcome: 'appended', position: String(n + 1).padStart(20, '0'), revision: n });
      }
      expect(idsOf(await collected(log.readStream(stream)))).toEqual(idsOf(written));
    });

    it('answers conflicts and retries as every append does', async () => {
      const log = await open();
      const [stream, first, second] = [aStream(), anEvent(), anEvent()];
      const known = async (): Promise<PostgresLog> => {
        const fresh = await open();
        await fresh.append(aStream(), 'none', events(1));
        return fresh;
      };
      await log.append(stream, 'none', [first]);
      const answer = await (await known()).append(stream, 0, [second]);
      await expect((await known()).append(stream, 0, [second])).resolves.toEqual(answer);
      await expect((await known()).append(stream, 1, [second])).resolves.toEqual({ outcome: 'conflict', actual: 1 });
      await expect((await known()).append(stream, 0, events(1))).resolves.toEqual({ outcome: 'conflict', actual: 1 });
      await expect((await known()).append(stream, 'none', events(1))).resolves.toEqual({ outcome: 'conflict', actual: 1 });
      await expect((await known()).append(stream, 5, events(1))).resolves.toEqual({ outcome: 'conflict', actual: 1 });
      await expect((await known()).append(aStream(), 2, events(1))).resolves.toEqual({ outcome: 'conflict', actual: 'none' });
      expect(idsOf(await collected(log.readStream(stream)))).toEqual(idsOf([first, second]));
    });

    it('asks for the end where the log has been cut behind its back, and leaves no gap', async () => {
      const log = await open();
      for (let n = 0; n < 3; n += 1) await log.append(aStream(), 'none', events(1));
      await database.pool.query('delete from log.events where position > 1');
      await expect(log.append(aStream(), 'none', events(1))).resolves.toMatchObject({ position: '00000000000000000002' });
    });
  });

  it('groups the appends of a process: what gathers while one is under way is one transaction', async () => {
    const log = await open();
    await Promise.all(Array.from({ length: 100 }, () => log.append(aStream(), 'none', events(1))));
    const { rows } = await database.pool.query<{ transactions: string }>(
      'select count(distinct xmin::text) as transactions from log.events',
    );
    expect(Number(rows[0]?.transactions)).toBeLessThanOrEqual(2);
  });

  it('takes an event id once in the whole log: in another stream it is a conflict', async () => {
    const log = await open();
    const event = anEvent();
    await log.append(aStream(), 'none', [event]);
    await expect(log.append(aStream(), 'any', [event])).resolves.toEqual({ outcome: 'conflict', actual: 'none' });
  });
});
