import { join } from 'node:path';
import { otherProcess } from '#testing/processes/other-process';
import { aStream, anEvent, collected, done, events, eventsIn, following, positionsOf, until } from '../contract/subject';
import { logContract } from '../log.contract';
import { START } from '../log.port';
import { PostgresLog } from './postgres-log';
import { database, emptied, holding, open, withDatabase, withEmptyLog } from './postgres-log.fixture';

withDatabase();

logContract('the log in PostgreSQL', async () => {
  await emptied();
  return { log: await PostgresLog.open(database.url), second: () => PostgresLog.open(database.url) };
});

describe('the log in PostgreSQL, besides', () => {
  withEmptyLog();

  it('gives one order, without a gap, to what several processes write at once', async () => {
    const log = await open();
    const writers = await Promise.all([1, 2, 3].map(() => otherProcess(join(__dirname, 'writer.fixture.ts'), [database.url, '200'])));
    const told = writers.map(async ({ child }) => {
      let text = '';
      for await (const chunk of child.stdout ?? []) text += String(chunk);
      return JSON.parse(text.slice(text.indexOf('['))) as string[];
    });
    const feed = following(log, { after: START });
    const codes = Promise.all(writers.map((writer) => writer.leave()));
    const followed: string[] = [];
    while (followed.length < 600) {
      const { value } = await feed.next();
      if (value?.kind === 'event') followed.push(`${value.event.position} ${value.event.eventId}`);
    }
    expect(await codes).toEqual([0, 0, 0]);
    expect(followed).toEqual((await Promise.all(told)).flat().sort());
    expect(followed.map((line) => Number(line.slice(0, 20)))).toEqual(Array.from({ length: 600 }, (_, n) => n + 1));
    await feed.stop();
  });

  it('holds no more than a page for a consumer who does not ask', async () => {
    const log = await open();
    await log.append(aStream(), 'none', events(1000));
    const feed = following(log, { after: START });
    const first = await feed.next();
    await database.pool.query('delete from log.events where position > 500');
    const rest = eventsIn(await until(feed, ({ kind }) => kind === 'checkpoint'));
    expect(first.value).toMatchObject({ kind: 'event' });
    expect(rest).toHaveLength(499);
    await feed.stop();
  });

  it('sees by polling what no wake-up told', async () => {
    const log = await open({ pollMs: 5 });
    const feed = following(log, { after: START });
    await until(feed, ({ kind }) => kind === 'caught-up');
    const silent = anEvent();
    await holding(silent, 'commit', async () => undefined);
    expect(await feed.next()).toMatchObject({ value: { kind: 'event', event: { eventId: silent.eventId } } });
    await feed.stop();
  });

  it('is woken by another process long before it would poll', async () => {
    const [log, other] = [await open({ pollMs: 600_000 }), await open()];
    const feed = following(log, { after: START });
    await until(feed, ({ kind }) => kind === 'caught-up');
    const listening = `select from pg_stat_activity where query = 'listen savoirs_log' and state = 'idle' and datname = current_database()`;
    while ((await database.pool.query(listening)).rowCount === 0);
    const event = anEvent();
    await other.append(aStream(), 'none', [event]);
    expect(await feed.next()).toMatchObject({ value: { kind: 'event', event: { eventId: event.eventId } } });
    await feed.stop();
  });

  it('moves over long ranges that a filter empties in bounded steps, each with its checkpoint', async () => {
    const log = await open();
    await database.pool.query(`insert into log.events (position, revision, version, event_id, stream, type, meta, data)
      select n, n, 1, gen_random_uuid(), 'noise-1', 'Noise', '{}', '{}' from generate_series(1, 120000) n`);
    const wanted = anEvent({ type: 'Wanted' });
    done(await log.append(aStream(), 'none', [wanted]));
    const feed = following(log, { after: START, filter: { types: ['Wanted'] } });
    const items = await until(feed, ({ kind }) => kind === 'caught-up');
    expect(items.map((item) => `${item.kind} ${Number(item.kind === 'event' ? item.event.position : item.position)}`)).toEqual([
      'checkpoint 50000',
      'checkpoint 100000',
      'event 120001',
      'caught-up 120001',
    ]);
    expect(positionsOf(await collected(log.readAll({ after: START, filter: { types: ['Wanted'] } })))).toEqual(['00000000000000120001']);
    await feed.stop();
  });

  describe('the tables', () => {
    it('are made once when many processes start at once', async () => {
      const logs = await Promise.all([1, 2, 3, 4].map(() => open()));
      expect(new Set(await Promise.all(logs.map((log) => log.logId()))).size).toBe(1);
    });

    it('are refused by an older Savoirs in one sentence', async () => {
      await open();
      await database.pool.query('insert into log.migrations (version) values (99)');
      await expect(open()).rejects.toThrow(/^The log is at version 99 and this Savoirs knows only version \d+: start a newer Savoirs\.$/);
    });
  });
});
