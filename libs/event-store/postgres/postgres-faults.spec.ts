import { aStream, anEvent, collected, events, eventsIn, following, idsOf, until } from '../contract/subject';
import { LogUnavailable, START, type EventToAppend } from '../log.port';
import { cuttingLine, database, holding, open, waitingForLock, withDatabase, withEmptyLog } from './postgres-log.fixture';

withDatabase();

describe('the log in PostgreSQL, besides', () => {
  withEmptyLog();

  describe('a fault', () => {
    it('is ambiguous when the connection is lost under way, and a retry gives one copy', async () => {
      const log = await open();
      const [stream, batch] = [aStream(), events(2)];
      let fault: unknown;
      await holding(anEvent(), 'rollback', async () => {
        const appended = log.append(stream, 'none', batch).catch((error: unknown) => error);
        const pids = await waitingForLock();
        await database.pool.query('select pg_terminate_backend(pid) from unnest($1::int[]) pid', [pids]);
        fault = await appended;
      });
      expect(fault).toBeInstanceOf(LogUnavailable);
      expect(fault).toMatchObject({ ambiguous: true });
      await expect(log.append(stream, 'none', batch)).resolves.toMatchObject({ outcome: 'appended', revision: 1 });
      expect(idsOf(await collected(log.readAll({ after: START })))).toEqual(idsOf(batch));
    });

    it('is ambiguous when the answer to a committed append is lost, and a retry is answered as the first time', async () => {
      const line = await cuttingLine(new URL(database.url));
      const log = await open({}, line.url);
      await log.append(aStream(), 'none', events(1));
      const [stream, batch] = [aStream(), events(2)];
      line.swallowAnswers();
      const appended = log.append(stream, 'none', batch).catch((error: unknown) => error);
      while ((await database.pool.query('select from log.events where stream = $1', [stream])).rowCount === 0);
      line.cut();
      expect(await appended).toMatchObject({ name: 'LogUnavailable', ambiguous: true });
      await log.append(aStream(), 'none', events(1));
      await expect(log.append(stream, 'none', batch)).resolves.toMatchObject({
        outcome: 'appended',
        position: '00000000000000000003',
        revision: 1,
      });
      expect(await collected(log.readStream(stream))).toHaveLength(2);
      await log.close();
      line.close();
    });

    it('is ambiguous at the deadline for what was sent, and a retry gives one copy', async () => {
      const log = await open({ deadlineMs: 300 });
      const [stream, sent] = [aStream(), anEvent()];
      let fault: unknown;
      await holding(anEvent(), 'rollback', async () => {
        await log.append(stream, 'none', [sent]).catch((error: unknown) => (fault = error));
      });
      expect(fault).toMatchObject({ name: 'LogUnavailable', ambiguous: true });
      await expect(log.append(stream, 'none', [sent])).resolves.toMatchObject({ outcome: 'appended', revision: 0 });
      expect(idsOf(await collected(log.readAll({ after: START })))).toEqual([sent.eventId]);
    });

    it('is not ambiguous at the deadline for what could not be sent', async () => {
      const line = await cuttingLine(new URL(database.url));
      const log = await open({ deadlineMs: 300 }, line.url);
      line.swallowAnswers();
      await expect(log.append(aStream(), 'none', events(1))).rejects.toMatchObject({ name: 'LogUnavailable', ambiguous: false });
      line.cut();
      await log.close();
      line.close();
    });

    it('is not ambiguous where no server listens: the next append finds it again', async () => {
      const line = await cuttingLine(new URL(database.url));
      const log = await open({}, line.url);
      line.close();
      await expect(log.append(aStream(), 'none', events(1))).rejects.toMatchObject({ name: 'LogUnavailable', ambiguous: false });
      await expect(log.head()).rejects.toMatchObject({ name: 'LogUnavailable' });
      await line.reopen();
      await expect(log.append(aStream(), 'none', events(1))).resolves.toMatchObject({ outcome: 'appended' });
      await log.close();
      line.close();
    });
  });

  it('goes on with a subscription, from its own place, after the server has ended all its connections', async () => {
    const log = await open({ retryMs: { first: 1, longest: 10 } });
    const feed = following(log, { after: START });
    const all: EventToAppend[] = [];
    for (let round = 0; round < 5; round += 1) {
      const batch = events(3);
      all.push(...batch);
      await log.append(aStream(), 'none', batch);
      const { value } = await feed.next();
      await database.pool.query(
        `select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'savoirs-log' and datname = current_database()`,
      );
      if (value?.kind === 'event') expect(idsOf(all)).toContain(value.event.eventId);
    }
    const last = anEvent();
    while ((await log.append(aStream(), 'any', [last]).catch(() => undefined)) === undefined);
    const again = following(log, { after: START });
    const seen = idsOf(eventsIn(await until(again, (item) => eventsIn([item])[0]?.eventId === last.eventId)));
    expect(seen).toEqual(idsOf([...all, last]));
    const rest = idsOf(eventsIn(await until(feed, (item) => eventsIn([item])[0]?.eventId === last.eventId)));
    expect(rest).toEqual(seen.slice(seen.length - rest.length));
    await Promise.all([feed.stop(), again.stop()]);
  });
});
