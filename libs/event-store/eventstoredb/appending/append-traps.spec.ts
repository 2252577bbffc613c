import { type EventStoreDbDouble } from '#test/eventstoredb-double/double';
import { aStream, anEvent, collected, done, events } from '../../contract/subject';
import { LogUnavailable, START } from '../../log.port';
import { ManualTimers } from '../client/manual-timers.fixture';
import { copies, onTheDouble } from '../on-the-double.fixture';

jest.setTimeout(20_000);

/** What lies beside the texts of `anEvent`: a version in its metadata, and two bytes for each letter of its type. */
const BESIDE = ',"$schemaVersion":1'.length + 2 * anEvent().type.length;
const META = anEvent().meta.length;

/** Until the script's fault has struck: the append has reached the server. */
const struck = async (double: EventStoreDbDouble, fault: 'swallowAppends' | 'loseReplies'): Promise<void> => {
  while (double.node.faults[fault] > 0) await new Promise(setImmediate);
};

describe('appending to EventStoreDB', () => {
  const { starting, opening } = onTheDouble();
  const subject = async (options?: Parameters<typeof EventStoreDbDouble.start>[0]) => {
    const double = await starting(options);
    const timers = new ManualTimers();
    return { double, timers, log: await opening(double.url, { timers }), stream: aStream() };
  };

  it('sends appends in the order of their calls, from the first on: the client swaps those that wait for its connection', async () => {
    const { double, log } = await subject();
    await log.close();
    const again = await opening(double.url);
    const batch = events(4);
    await Promise.all(batch.map((event) => again.append(aStream(), 'none', [event])));
    expect(double.log.records.slice(-4).map(({ id }) => id)).toEqual(batch.map(({ eventId }) => eventId));
  });

  describe('an append without an answer may or may not be there', () => {
    it('is ended on this side when the server keeps it pending past its deadline, and retried with the same ids and revision', async () => {
      const { double, timers, log, stream } = await subject();
      double.node.faults.swallowAppends = 1;
      const batch = events(2);
      const appending = log.append(stream, 'none', batch);
      await struck(double, 'swallowAppends');
      await timers.end('append attempt');
      await expect(appending).resolves.toMatchObject({ outcome: 'appended', revision: 1 });
      expect(copies(double, batch)).toEqual([1, 1]);
    });

    it('is read back by its event ids before it is answered: committed and its reply lost, it is not sent again', async () => {
      const { double, timers, log, stream } = await subject();
      await log.append(stream, 'none', events(1));
      double.node.faults.judged = 0;
      double.node.faults.loseReplies = 1;
      const batch = events(2);
      const appending = log.append(stream, 0, batch);
      await struck(double, 'loseReplies');
      await timers.end('append attempt');
      const answer = done(await appending);
      expect((await collected(log.readStream(stream))).at(-1)?.position).toBe(answer);
      expect(copies(double, batch)).toEqual([1, 1]);
      expect(double.node.faults.judged).toBe(1);
    });

    it.each([[true], [false]])(
      'is answered as stored where the server drops its repetition, because the first is not indexed yet (batch appends: %s)',
      async (batch) => {
        const { double, timers, log, stream } = await subject({ batch });
        double.node.faults.loseReplies = 1;
        const given = events(2);
        const appending = log.append(stream, 'none', given);
        await struck(double, 'loseReplies');
        double.log.unindexed = 2;
        await timers.end('append attempt');
        await expect(appending).resolves.toMatchObject({ outcome: 'appended', revision: 1 });
        expect(copies(double, given)).toEqual([1, 1]);
        expect(double.log.unindexed).toBe(0);
      },
    );

    it.each([['none' as const], ['any' as const]])(
      'is stored once when the connection is reset after the commit, expecting %s',
      async (expected) => {
        const { double, log, stream } = await subject();
        double.node.faults.resetAfterCommit = 1;
        const batch = events(3);
        await expect(log.append(stream, expected, batch)).resolves.toMatchObject({ outcome: 'appended', revision: 2 });
        expect(copies(double, batch)).toEqual([1, 1, 1]);
      },
    );

    it('is told as unknown once its time is over; the same ids later are stored once', async () => {
      const { double, timers, log, stream } = await subject();
      double.node.faults.loseReplies = 1;
      double.node.faults.beforePage = () => new Promise(() => undefined);
      const batch = events(2);
      const appending = log.append(stream, 'none', batch);
      const outcome = expect(appending).rejects.toMatchObject({ name: 'LogUnavailable', ambiguous: true });
      await struck(double, 'loseReplies');
      await timers.end('append attempt');
      await timers.end('append deadline');
      await outcome;
      double.node.faults.beforePage = () => Promise.resolve();
      await expect(log.append(stream, 'none', batch)).resolves.toMatchObject({ outcome: 'appended', revision: 1 });
      expect(copies(double, batch)).toEqual([1, 1]);
    });

    it('is a conflict for certain where other events took its place meanwhile', async () => {
      const { double, timers, log, stream } = await subject();
      double.node.faults.swallowAppends = 1;
      const [lost, winner] = [events(1), events(1)];
      const appending = log.append(stream, 'none', lost);
      await struck(double, 'swallowAppends');
      const other = await opening(double.url);
      await other.append(stream, 'none', winner);
      await timers.end('append attempt');
      await expect(appending).resolves.toEqual({ outcome: 'conflict', actual: 0 });
      expect(copies(double, [...lost, ...winner])).toEqual([0, 1]);
    });

    it('is not unknown where no server was ever reached', async () => {
      const { double, timers, log, stream } = await subject();
      await double.stop();
      const appending = log.append(stream, 'none', events(1));
      const outcome = expect(appending).rejects.toMatchObject({ name: 'LogUnavailable', ambiguous: false });
      await timers.end('append deadline');
      await outcome;
    });

    it('is retried while no quorum takes it: "Could not recognize Server Is Not Ready"', async () => {
      const { double, log, stream } = await subject();
      double.node.faults.notReady = 3;
      const batch = events(1);
      await expect(log.append(stream, 'none', batch)).resolves.toMatchObject({ outcome: 'appended' });
      expect(copies(double, batch)).toEqual([1]);
    });
  });

  describe('what the server takes for the same append, and what it stores twice', () => {
    it('stores one copy at `any`, which the server takes at least once, when the reply was lost', async () => {
      const { double, timers, log, stream } = await subject();
      await log.append(stream, 'none', events(2));
      double.node.faults.loseReplies = 1;
      const batch = events(2);
      const first = log.append(stream, 'any', batch);
      await struck(double, 'loseReplies');
      await timers.end('append attempt');
      const position = done(await first);
      expect(done(await log.append(stream, 'any', batch))).toBe(position);
      expect(copies(double, batch)).toEqual([1, 1]);
    });

    it('answers a conflict at the current revision to ids that lie in the stream, where the server would store them again', async () => {
      const { double, log, stream } = await subject();
      const batch = events(2);
      await log.append(stream, 'none', batch);
      await log.append(stream, 1, events(3));
      const fresh = await opening(double.url);
      await expect(fresh.append(stream, 4, batch)).resolves.toEqual({ outcome: 'conflict', actual: 4 });
      expect(copies(double, batch)).toEqual([1, 1]);
    });

    it('counts the revision, which the fast path always tells as 1', async () => {
      const { log, stream } = await subject();
      await log.append(stream, 'none', events(4));
      await expect(log.append(stream, 3, events(2))).resolves.toMatchObject({ revision: 5 });
    });

    it('refuses a stream that was deleted for good, whose tombstone no reader of the log sees', async () => {
      const { double, log, stream } = await subject();
      await log.append(stream, 'none', events(1));
      double.log.tombstone(stream);
      await expect(log.append(stream, 0, events(1))).rejects.toThrow('deleted for good');
      await expect(collected(log.readStream(stream))).rejects.toThrow(LogUnavailable);
      expect((await collected(log.readAll({ after: START }))).map(({ type }) => type)).toEqual(['SessionHeld']);
    });

    it('reads nothing and appends nothing else before an exact append to a stream that it has read', async () => {
      const { double, log, stream } = await subject();
      await log.append(stream, 'none', events(2));
      const reads = double.node.calls.read;
      await log.append(stream, 1, events(1));
      await log.append(stream, 2, events(1));
      expect(double.node.calls.read).toBe(reads);
    });
  });

  describe('the pending batch appends that all clients of a process share', () => {
    it('uses one appending client and the fast path, however many logs are open on one address', async () => {
      const { double, log } = await subject();
      const others = [await opening(double.url), await opening(double.url)];
      await Promise.all([log, ...others].map((one) => one.append(aStream(), 'none', events(1))));
      expect(double.node.calls).toMatchObject({ batchAppend: 1, append: 0, features: 1 });
      await others[0]?.close();
      await expect(log.append(aStream(), 'none', events(1))).resolves.toMatchObject({ outcome: 'appended' });
    });

    it("survives another server's broken connection, which falsely rejects this one's appends, and the answer that comes after", async () => {
      const [here, there] = [await subject(), await subject()];
      await there.log.append(aStream(), 'none', events(1));
      let go = (): void => undefined;
      const held = new Promise<void>((resolve) => (go = resolve));
      const reached = new Promise<void>((resolve) => {
        here.double.node.faults.beforeAppend = () => (resolve(), held);
      });
      const batch = events(2);
      const appending = here.log.append(here.stream, 'none', batch);
      await reached;
      there.double.node.resetConnections();
      await expect(there.log.append(aStream(), 'none', events(1))).resolves.toMatchObject({ outcome: 'appended' });
      go();
      await expect(appending).resolves.toMatchObject({ outcome: 'appended', revision: 1 });
      await expect(here.log.append(aStream(), 'none', events(1))).resolves.toMatchObject({ outcome: 'appended' });
      expect(copies(here.double, batch)).toEqual([1, 1]);
    });

    it('loses none of many writes that wait for a connection which breaks', async () => {
      const { double, log } = await subject();
      double.node.faults.deaf = true;
      const batches = Array.from({ length: 60 }, () => [anEvent({ data: JSON.stringify('x'.repeat(20_000)) })]);
      const appending = batches.map((batch) => log.append(aStream(), 'none', batch));
      for (let n = 0; n < 100; n += 1) await new Promise(setImmediate);
      double.node.faults.deaf = false;
      double.node.resetConnections();
      for (const answer of await Promise.all(appending)) expect(answer.outcome).toBe('appended');
      expect(new Set(copies(double, batches.flat()))).toEqual(new Set([1]));
    });
  });

  describe('a server without batch appends', () => {
    it('takes the slow path with the same answers', async () => {
      const { double, log, stream } = await subject({ batch: false });
      const batch = events(2);
      const position = done(await log.append(stream, 'none', batch));
      await expect(log.append(stream, 'none', events(1))).resolves.toEqual({ outcome: 'conflict', actual: 1 });
      await expect(log.append(aStream(), 3, events(1))).resolves.toEqual({ outcome: 'conflict', actual: 'none' });
      expect(done(await log.append(stream, 'none', batch))).toBe(position);
      double.node.faults.maxAppendSize = 60;
      const small = { outcome: 'too-large', bytes: 30, limit: 60 - BESIDE };
      await expect(log.append(aStream(), 'none', events(1))).resolves.toEqual({ ...small, what: 'append' });
      double.node.faults.maxAppendSize = 1000;
      double.node.faults.maxAppendEventSize = 60;
      await expect(log.append(aStream(), 'none', events(1))).resolves.toEqual({ ...small, what: 'event' });
      double.node.faults.maxAppendEventSize = 1000;
      double.log.tombstone(stream);
      await expect(log.append(stream, 1, events(1))).rejects.toThrow('deleted for good');
      expect(double.node.calls.batchAppend).toBe(0);
    });
  });

  describe("a server's own limit, lower than the port's", () => {
    const sized = (bytes: number) => anEvent({ data: JSON.stringify('x'.repeat(bytes - META - 2)) });

    it.each(['append', 'event'] as const)('refuses an %s at once, and tells what would have been taken (cases 46 and 52)', async (what) => {
      const { double, timers, log, stream } = await subject();
      double.node.faults[what === 'append' ? 'maxAppendSize' : 'maxAppendEventSize'] = 100_000;
      const limit = 100_000 - BESIDE;
      const tooLarge = { outcome: 'too-large', what, bytes: 150_000, limit };
      await expect(log.append(stream, 'none', [sized(150_000)])).resolves.toEqual(tooLarge);
      await expect(log.append(stream, 'none', [sized(limit + 1)])).resolves.toEqual({ ...tooLarge, bytes: limit + 1 });
      expect(await log.head()).toBe(START);
      await expect(log.append(stream, 'none', [sized(limit)])).resolves.toMatchObject({ outcome: 'appended' });
      expect(timers.ended).toEqual([]);
    });

    it('is told for all events of an append together, and for the largest of them alone (cases 46 and 52)', async () => {
      const { double, log, stream } = await subject();
      double.node.faults.maxAppendSize = 2000;
      const three = [sized(600), sized(1000), sized(700)];
      await expect(log.append(stream, 'none', three)).resolves.toEqual({
        ...{ outcome: 'too-large', what: 'append', bytes: 2300, limit: 2000 - 3 * BESIDE },
      });
      double.node.faults.maxAppendEventSize = 500;
      await expect(log.append(stream, 'none', three)).resolves.toEqual({
        ...{ outcome: 'too-large', what: 'event', bytes: 1000, limit: 500 - BESIDE },
      });
    });

    it('counts what is kept of correlation and causation once more (case 46)', async () => {
      const { double, log, stream } = await subject();
      double.node.faults.maxAppendSize = 100;
      const answer = await log.append(stream, 'none', [anEvent({ meta: '{"causationId":"c","correlationId":"k"}', data: '{}' })]);
      const kept = ',"$correlationId":"k","$causationId":"c","$schemaVersion":1'.length + 2 * 'SessionHeld'.length;
      expect(answer).toEqual({ outcome: 'too-large', what: 'append', bytes: 41, limit: 100 - kept });
    });
  });

  it('answers conflicts from an error without message and code: the revision, or `none`', async () => {
    const { log, stream } = await subject();
    await log.append(stream, 'none', events(3));
    await expect(log.append(stream, 0, events(1))).resolves.toEqual({ outcome: 'conflict', actual: 2 });
    await expect(log.append(aStream(), 5, events(1))).resolves.toEqual({ outcome: 'conflict', actual: 'none' });
  });

  it('compares ids before it reports a conflict, which the server told of an append that is there', async () => {
    const { double, log, stream } = await subject();
    const batch = events(2);
    const first = await log.append(stream, 'none', batch);
    await log.append(stream, 1, events(1));
    double.log.forgetful = true;
    await expect(log.append(stream, 'none', batch)).resolves.toEqual(first);
    await expect(log.append(stream, 'none', events(2))).resolves.toEqual({ outcome: 'conflict', actual: 2 });
    expect(copies(double, batch)).toEqual([1, 1]);
  });
});
