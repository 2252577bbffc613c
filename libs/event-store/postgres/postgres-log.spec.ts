import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { otherProcess } from '#testing/other-process';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { aStream, anEvent, collected, done, events, eventsIn, following, idsOf, positionsOf, until } from '../contract/subject';
import { logContract } from '../log.contract';
import { LogUnavailable, START, type EventToAppend } from '../log.port';
import { appendAll } from './append-statement';
import { PostgresLog, type PostgresLogOptions } from './postgres-log';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const emptied = () => database.pool.query('drop schema if exists log cascade');

logContract('the log in PostgreSQL', async () => {
  await emptied();
  return { log: await PostgresLog.open(database.url), second: () => PostgresLog.open(database.url) };
});

describe('the log in PostgreSQL, besides', () => {
  let opened: PostgresLog[];
  const open = async (options?: PostgresLogOptions, url = database.url): Promise<PostgresLog> => {
    const log = await PostgresLog.open(url, options);
    opened.push(log);
    return log;
  };
  beforeEach(async () => {
    opened = [];
    await emptied();
  });
  afterEach(() => Promise.all(opened.map((log) => log.close())));

  /** Runs `during` while a transaction by hand has stored `held` and keeps its place open. */
  const holding = async (held: EventToAppend, end: 'commit' | 'rollback', during: () => Promise<void>): Promise<void> => {
    const client = await database.pool.connect();
    try {
      await client.query('begin');
      await appendAll(client, [{ stream: aStream(), expected: 'none', events: [held], bytes: 0 }]);
      await during();
      await client.query(end);
    } finally {
      client.release();
    }
  };
  const waitingForLock = async (count = 1): Promise<number[]> => {
    for (;;) {
      const text = `select pid from pg_stat_activity where application_name = 'savoirs-log' and wait_event_type = 'Lock' and datname = current_database()`;
      const { rows } = await database.pool.query<{ pid: number }>(text);
      if (rows.length >= count) return rows.map(({ pid }) => pid);
    }
  };

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

  it('takes an event id once in the whole log: in another stream it is a conflict', async () => {
    const log = await open();
    const event = anEvent();
    await log.append(aStream(), 'none', [event]);
    await expect(log.append(aStream(), 'any', [event])).resolves.toEqual({ outcome: 'conflict', actual: 'none' });
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

/** A line to the server that can lose the server's answers, be cut, and be closed. */
const cuttingLine = async (server: URL) => {
  const sockets = new Set<Socket>();
  let swallowing = false;
  const proxy = createServer((near) => {
    const far = connect(Number(server.port), server.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => (near.destroy(), far.destroy(), sockets.delete(socket)));
    }
    near.pipe(far);
    far.on('data', (chunk) => !swallowing && near.write(chunk));
  });
  const listen = async (port: number): Promise<number> => {
    proxy.listen(port, '127.0.0.1');
    await once(proxy, 'listening');
    return (proxy.address() as AddressInfo).port;
  };
  const port = await listen(0);
  const url = new URL(server);
  url.host = `127.0.0.1:${port}`;
  const cut = (): void => {
    swallowing = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    cut,
    swallowAnswers: () => void (swallowing = true),
    close: () => (proxy.close(), cut()),
    reopen: () => listen(port),
  };
};
