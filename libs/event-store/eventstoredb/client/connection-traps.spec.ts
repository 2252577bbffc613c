import { dependencies } from '../../../../package.json';
import { aStream, anEvent, collected, done, events, eventsIn, following, idsOf, until } from '../../contract/subject';
import { LogUnavailable, START, type EventToAppend } from '../../log.port';
import type { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import { EventStoreDbLog, type EventStoreDbLogOptions } from '../eventstoredb-log';
import { ManualTimers } from './manual-timers.fixture';
import { copies, onTheDouble } from '../on-the-double.fixture';

jest.setTimeout(20_000);

const gossiped = ({ nodes }: EventStoreDbDouble): number => nodes.reduce((sum, { calls }) => sum + calls.gossip, 0);

describe('connecting to EventStoreDB', () => {
  const { starting, opening: open } = onTheDouble();
  const opening = (url: string, options: EventStoreDbLogOptions = {}): Promise<EventStoreDbLog> =>
    open(url, { timers: new ManualTimers(), ...options });

  describe('the address', () => {
    const secret = 'quite-secret-4711';

    it.each([
      [`esdb:/admin:${secret}@host`],
      [`esdb://admin:${secret}@host:port`],
      [`esdb://admin:${secret}@host?tlsCAFile=/no/such/file`],
      [`esdb://admin:${secret}@host?nodePreference=${secret}`],
    ])('that the client cannot read is refused without quoting it', async (url) => {
      const refusal = await EventStoreDbLog.open(url).catch((error: Error) => error);
      expect(refusal).toBeInstanceOf(Error);
      expect(`${String(refusal)} ${(refusal as Error).stack} ${JSON.stringify(refusal)}`).not.toContain(secret);
    });

    it('never shows its password in a fault either', async () => {
      const [double, timers] = [await starting(), new ManualTimers()];
      const log = await opening(double.url.replace('esdb://', `esdb://admin:${secret}@`), { timers });
      await double.stop();
      const failed = await log.head().catch((error: Error) => error);
      expect(failed).toBeInstanceOf(LogUnavailable);
      const appending = log.append(aStream(), 'none', events(1)).catch((error: Error) => error);
      await timers.end('append deadline');
      for (const fault of [failed, await appending]) {
        expect(`${String(fault)} ${(fault as Error).stack} ${String((fault as Error).cause)}`).not.toContain(secret);
      }
    });

    it('with a password is refused where DEBUG would make the client print it', async () => {
      process.env['DEBUG'] = 'app,esdb:*';
      try {
        await expect(EventStoreDbLog.open(`esdb://admin:${secret}@127.0.0.1:1`)).rejects.toThrow(/^DEBUG would make the client write/);
      } finally {
        delete process.env['DEBUG'];
      }
    });

    it('may not turn off the throwing of refused appends, with which wrong revisions are told', async () => {
      await expect(EventStoreDbLog.open('esdb://127.0.0.1:1?tls=false&throwOnAppendFailure=false')).rejects.toThrow('throwOnAppendFailure');
    });
  });

  describe('several nodes', () => {
    it('asks the leader, whoever is asked first', async () => {
      const double = await starting({ nodes: 3 });
      const follower = double.nodes[2];
      const log = await opening(`esdb://${follower?.host}:${follower?.port}?tls=false`);
      const batch = events(2);
      const stream = aStream();
      await log.append(stream, 'none', batch);
      expect(idsOf(await collected(log.readStream(stream)))).toEqual(idsOf(batch));
      expect(await collected(log.readStream(aStream()))).toEqual([]);
      expect(await log.head()).not.toBe(START);
      expect(follower?.calls.readServed).toBe(0);
      const served = double.node.calls.readServed;
      double.elect(double.nodes[1]);
      expect(idsOf(await collected(log.readStream(stream)))).toEqual(idsOf(batch));
      expect(await log.head()).not.toBe(START);
      expect(double.node.calls.readServed).toBe(served);
    });

    it('keeps every acknowledged append once and in order while leaders are killed amid appends', async () => {
      const double = await starting({ nodes: 3 });
      const log = await opening(double.url);
      const feed = following(log, { after: START });
      const acknowledged: EventToAppend[] = [];
      let rounds = 0;
      const writing = Array.from({ length: 4 }, async () => {
        const stream = aStream();
        for (let revision = 0; rounds < 4; revision += 1) {
          const event = anEvent();
          if ((await log.append(stream, revision === 0 ? 'none' : revision - 1, [event])).outcome === 'appended') acknowledged.push(event);
        }
      });
      for (const next of [1, 2, 0, 1]) {
        const enough = acknowledged.length + 20;
        while (acknowledged.length < enough) await new Promise(setImmediate);
        const killed = double.leader;
        double.elect(undefined);
        await killed?.kill();
        double.elect(double.nodes[next]);
        await killed?.start();
        rounds += 1;
      }
      await Promise.all(writing);
      const last = anEvent();
      await log.append(aStream(), 'none', [last]);
      const seen = idsOf(eventsIn(await until(feed, (item) => item.kind === 'event' && item.event.eventId === last.eventId)));
      expect(new Set(copies(double, acknowledged))).toEqual(new Set([1]));
      expect(seen).toEqual(idsOf(await collected(log.readAll({ after: START }))));
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining(idsOf(acknowledged)));
      await feed.stop();
    });

    it('rejects to nobody where a call breaks while nobody leads and no node can be found', async () => {
      const double = await starting({ nodes: 3 });
      const log = await opening(`${double.url}&maxDiscoverAttempts=5&discoveryInterval=10`);
      const rejected: unknown[] = [];
      const listen = (error: unknown): void => void rejected.push(error);
      process.on('unhandledRejection', listen);
      try {
        const feed = following(log, { after: START });
        await until(feed, ({ kind }) => kind === 'caught-up');
        double.elect(undefined);
        const asked = gossiped(double);
        const head = log.head().catch((error: unknown) => error);
        while (gossiped(double) === asked) await new Promise(setImmediate);
        double.node.resetConnections(); // over which the subscription still came
        expect(await head).toBeInstanceOf(LogUnavailable);
        double.elect(double.node);
        const last = anEvent();
        done(await log.append(aStream(), 'none', [last]));
        await until(feed, (item) => item.kind === 'event' && item.event.eventId === last.eventId);
        await feed.stop();
      } finally {
        process.off('unhandledRejection', listen);
      }
      expect(rejected).toEqual([]);
    });

    it('appends again after no node could be found, which leaves a client that fails for ever', async () => {
      const double = await starting({ nodes: 2 });
      const timers = new ManualTimers();
      const log = await opening(`${double.url}&maxDiscoverAttempts=1&discoveryInterval=1`, { timers });
      for (const node of double.nodes) await node.kill();
      const batch = events(1);
      const appending = log.append(aStream(), 'none', batch);
      while (timers.ended.filter(({ wait }) => wait === 'append back-off').length < 4) await new Promise(setImmediate);
      for (const node of double.nodes) await node.start();
      await expect(appending).resolves.toMatchObject({ outcome: 'appended' });
      expect(copies(double, batch)).toEqual([1]);
    });
  });

  it('reads on over a broken connection, from where it was', async () => {
    const double = await starting();
    const log = await opening(double.url);
    const stream = aStream();
    await log.append(stream, 'none', events(300));
    const seen = [];
    for await (const event of log.readStream(stream)) {
      seen.push(event.revision);
      if (event.revision === 20) double.node.resetConnections();
    }
    expect(seen).toEqual(Array.from({ length: 300 }, (_, revision) => revision));
  });

  it('closes at once, though the client may never settle its own end', async () => {
    const double = await starting();
    const log = await opening(double.url);
    double.node.faults.muteSubscriptions = 1;
    const feed = following(log, { after: START });
    const pending = feed.next();
    await log.append(aStream(), 'none', events(1));
    await log.close();
    await log.close();
    expect(await pending).toEqual({ value: undefined, done: true });
    await expect(log.append(aStream(), 'none', events(1))).rejects.toMatchObject({ name: 'LogUnavailable', ambiguous: false });
    await expect(log.head()).rejects.toThrow('closed');
  });

  it('has no other client of the same protocol beside it: their generated messages collide', () => {
    expect(Object.keys(dependencies).filter((name) => name.startsWith('@kurrent'))).toEqual([]);
  });

  describe('what is stored', () => {
    it('is readable JSON, with correlation and causation where the server looks for them', async () => {
      const double = await starting();
      const log = await opening(double.url);
      const meta = '{"actor":{"id":"m1","role":"member"},"causationId":"c2","correlationId":"c1","network":"n1"}';
      const event = anEvent({ version: 3, meta, data: '{"10":1,"9":2,"minutes":60}' });
      await log.append(aStream(), 'none', [event]);
      const record = double.log.records.find(({ id }) => id === event.eventId);
      expect(record?.contentType).toBe('application/json');
      expect(JSON.parse(Buffer.from(record?.data ?? []).toString())).toEqual({ minutes: 60, '9': 2, '10': 1 });
      expect(JSON.parse(Buffer.from(record?.metadata ?? []).toString())).toEqual({
        ...(JSON.parse(meta) as object),
        $schemaVersion: 3,
        $canonical: true,
        $correlationId: 'c1',
        $causationId: 'c2',
      });
      expect(await collected(log.readAll({ after: START }))).toMatchObject([event]);
    });

    it.each([
      ['a key of the server', '{"$correlationId":"mine","x":1}', '{}'],
      ['keys like numbers, in canonical order', '{"10":1,"9":2}', '{"10":[{"20":1,"3":2}],"9":2}'],
      ['half a surrogate pair, escaped', '{"a":"\\ud800"}', '"\\ud800"'],
      ['a list', '[1]', '[]'],
      ['a name like a prototype', '{"__proto__":{"a":1}}', '{"__proto__":{"a":1}}'],
      ['a text in JSON', '"meta"', '"data"'],
      ['nothing in JSON', 'null', 'null'],
    ])('comes back to the byte where it is %s', async (_name, meta, data) => {
      const log = await opening((await starting()).url);
      const event = anEvent({ meta, data });
      await log.append(aStream(), 'none', [event]);
      expect(await collected(log.readAll({ after: START }))).toMatchObject([event]);
    });

    it("has one identity for the log, made once by whoever comes first, and no reader's business", async () => {
      const double = await starting();
      const opened = await Promise.all(Array.from({ length: 5 }, () => opening(double.url)));
      expect(new Set(await Promise.all(opened.map((log) => log.logId()))).size).toBe(1);
      expect(double.log.records.filter(({ stream }) => stream === 'savoirs-log-identity')).toHaveLength(1);
      const log = opened[0] as EventStoreDbLog;
      expect(await log.head()).toBe(START);
      done(await log.append(aStream(), 'none', events(1)));
      expect(await collected(log.readAll({ after: START, filter: { categories: ['savoirs', 'exchange'] } }))).toHaveLength(1);
    });
  });
});
