import type { StreamName } from '#kernel/id';
import { aStream, collected, done, events, idsOf } from '#event-store/contract/subject';
import { logContract } from '#event-store/log.contract';
import type { EventLog, StreamRead } from '#event-store/log.port';
import { MemoryLog } from '#event-store/memory/memory-log';
import { onlyWriterLog } from './only-writer-log';

// Its case is the narrow one of a single writer: the contract runs whole, with everybody on the same object.
logContract('the log of an only writer', async () => ({ log: onlyWriterLog(new MemoryLog()) }));

describe('the log of an only writer', () => {
  let inner: EventLog;
  let log: EventLog;
  let reads: StreamName[];

  beforeEach(() => {
    const memory = new MemoryLog();
    reads = [];
    inner = {
      logId: () => memory.logId(),
      append: (...append) => memory.append(...append),
      readStream: (stream: StreamName, read?: StreamRead) => {
        reads.push(stream);
        return memory.readStream(stream, read);
      },
      readAll: (read) => memory.readAll(read),
      subscribe: (from) => memory.subscribe(from),
      head: () => memory.head(),
      close: () => memory.close(),
    };
    log = onlyWriterLog(inner);
  });

  const read = async (stream: StreamName, how?: StreamRead) => collected(log.readStream(stream, how));

  it('reads a stream once, and knows what it appended to it since, as if it had read it', async () => {
    const stream = aStream();
    expect(await read(stream)).toEqual([]);
    for (const expected of ['none', 0, 1] as const) done(await log.append(stream, expected, events(1)));
    const known = await read(stream);
    expect(reads).toEqual([stream]);
    expect(known).toEqual(await collected(inner.readStream(stream)));
    expect(await read(stream, { from: 2 })).toEqual(known.slice(2));
  });

  it('reads anew after several events at once, whose positions it was not told', async () => {
    const stream = aStream();
    await read(stream);
    done(await log.append(stream, 'none', events(3)));
    expect(await read(stream)).toHaveLength(3);
    expect(reads).toEqual([stream, stream]);
  });

  it('knows a repeated append for what it is', async () => {
    const [stream, event] = [aStream(), events(1)];
    await read(stream);
    for (let time = 0; time < 2; time++) done(await log.append(stream, 'none', event));
    expect(idsOf(await read(stream))).toEqual(idsOf(event));
  });

  it('is told by the expected revision where somebody else wrote all the same, and reads anew', async () => {
    const stream = aStream();
    const [mine, theirs] = [events(1), events(1)];
    await read(stream);
    done(await log.append(stream, 'none', mine));
    done(await inner.append(stream, 0, theirs));
    expect(await log.append(stream, 0, events(1))).toMatchObject({ outcome: 'conflict' });
    expect(idsOf(await read(stream))).toEqual(idsOf([...mine, ...theirs]));
  });

  it('remembers nothing of an append that had no answer', async () => {
    const stream = aStream();
    const [first] = events(1);
    await read(stream);
    const append = inner.append;
    (inner as { append: EventLog['append'] }).append = async (...given) => {
      await append(...given);
      throw new Error('no answer');
    };
    await expect(log.append(stream, 'none', [first!])).rejects.toThrow('no answer');
    expect(idsOf(await read(stream))).toEqual([first!.eventId]);
  });

  it('remembers nothing that was overtaken: neither a read nor an append that another append crossed', async () => {
    const stream = aStream();
    const [a, b, c, d] = [events(1), events(1), events(1), events(1)];
    await read(stream);
    done(await log.append(stream, 'none', a));
    const [one, other] = await Promise.allSettled([log.append(stream, 0, b), log.append(stream, 1, c)]);
    expect([one, other]).toMatchObject([{ value: { outcome: 'appended' } }, { value: { outcome: 'appended' } }]);
    expect(idsOf(await read(stream))).toEqual(idsOf([...a, ...b, ...c]));

    const crossed = aStream();
    const begun = log.readStream(crossed)[Symbol.asyncIterator]().next();
    await Promise.allSettled([begun, log.append(crossed, 'none', d)]);
    expect(idsOf(await read(crossed))).toEqual(idsOf(d));
  });

  it('forgets the stream unused longest, and no other, past twenty thousand', async () => {
    const [first, second] = [aStream(), aStream()];
    await read(first);
    await read(second);
    done(await log.append(first, 'none', events(1)));
    for (let more = 0; more < 19_999; more++) await read(aStream());
    reads = [];
    await read(first);
    await read(second);
    expect(reads).toEqual([second]);
  });

  it('asks the log itself for a part of a stream', async () => {
    const stream = aStream();
    done(await log.append(stream, 'none', events(2)));
    await read(stream);
    expect((await read(stream, { direction: 'backwards', limit: 1 })).map(({ revision }) => revision)).toEqual([1]);
    expect(reads).toHaveLength(2);
  });
});
