import type { CopyPace } from './appends';
import type { CopyParts } from './copier';
import { aLogOf, contents, copying, faultyTarget, grow, spoiled, type AppendFault } from './copying.fixture';
import { provesEqual } from './proof';
import { LogUnavailable, START } from '../log.port';
import { MemoryLog } from '../memory/memory-log';

const paces: readonly CopyPace[] = ['one-by-one', 'in-one-transaction'];

describe.each(paces)('a copy of a log, %s', (pace) => {
  it('holds the same events in the same order, byte for byte, under an id of its own', async () => {
    const [source, target] = [await aLogOf(600), new MemoryLog()];
    const { found, appended, proofs } = await copying({ source, target, pace });
    expect(await contents(target)).toEqual(await contents(source));
    expect([found, appended, proofs && provesEqual(proofs), proofs?.firstDifference]).toEqual([0, 600, true, null]);
    expect(await target.logId()).not.toBe(await source.logId());
  });

  it('goes on from every place where an earlier one may have ended', async () => {
    for (let there = 0; there <= 12; there += 1) {
      const [source, target] = [await aLogOf(12), new MemoryLog()];
      for (const { stream, ...event } of (await contents(source)).slice(0, there)) await target.append(stream, 'any', [event]);
      expect(await copying({ source, target, pace })).toMatchObject({ found: there, appended: 12 - there });
      expect(await contents(target)).toEqual(await contents(source));
    }
  });

  it.each<[AppendFault]>([['reply lost'], ['not stored'], ['stored late'], ['half stored']])(
    'stays whole and in order where appends get no answer: %s',
    async (fault) => {
      const [source, target] = [await aLogOf(60), new MemoryLog()];
      const faulty = faultyTarget(target, [fault, 'none', fault, fault, 'none', 'none', fault]);
      const { proofs } = await copying({ source, target: faulty, pace: 'one-by-one' });
      expect(proofs && provesEqual(proofs)).toBe(true);
      expect(await contents(target)).toEqual(await contents(source));
    },
  );

  it('may run twice at once into one target', async () => {
    const [source, target] = [await aLogOf(700), new MemoryLog()];
    const both = await Promise.allSettled([copying({ source, target, pace }), copying({ source, target: spoiled(target, {}), pace })]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(await contents(target)).toEqual(await contents(source));
  });

  it('goes on where a part of what it sends was stored meanwhile, as by a copy that was killed and whose last append came late', async () => {
    const [source, target] = [await aLogOf(40), new MemoryLog()];
    const [first] = await contents(source);
    let turn: Promise<unknown> = target.append(first!.stream, 'none', [first!]);
    const late = spoiled(target, {
      readAll: (read) => (read.after === START ? spoiledRead() : target.readAll(read)),
      append: (stream, expected, events) => {
        const answer = turn.then(() => target.append(stream, expected, events));
        turn = answer.catch(() => undefined);
        return answer;
      },
    });
    // the first look is too early to see it
    let looks = 0;
    const spoiledRead = () => ((looks += 1) === 1 ? new MemoryLog() : target).readAll({ after: START });
    await copying({ source, target: late, pace });
    expect(await contents(target)).toEqual(await contents(source));
  });

  it('follows a source that grows while it is copied, and proves it once', async () => {
    const [source, target] = [await aLogOf(30), new MemoryLog()];
    let [heads, grown, proven] = [0, 0, 0];
    const head = async () => (((heads += 1) === 2 || heads === 3) && (await grow(source, 7)), source.head());
    const onProgress: CopyParts['onProgress'] = ({ phase, events }) => void (phase === 'proving' && events === 1 && (proven += 1));
    const growing = spoiled(source, { head });
    const { proofs } = await copying({ source: growing, target, pace, onProgress, onGrown: () => (grown += 1) });
    expect([grown, proven, proofs]).toMatchObject([1, 1, { source: { events: 44 }, target: { events: 44 }, firstDifference: null }]);
  });

  it('follows a source that grows while it is proven, and proves it again', async () => {
    const [source, target] = [await aLogOf(30), new MemoryLog()];
    let [grown, proven] = [0, 0];
    const onProgress: CopyParts['onProgress'] = ({ phase, events }) =>
      void (phase === 'proving' && events === 1 && (proven += 1) < 3 && grow(source, 7));
    const { proofs } = await copying({ source, target, pace, onProgress, onGrown: () => (grown += 1) });
    expect([grown, proven, proofs]).toMatchObject([2, 3, { source: { events: 44 }, target: { events: 44 }, firstDifference: null }]);
  });

  it('stops between two appends when it is told to, and goes on later', async () => {
    const [source, target] = [await aLogOf(900), new MemoryLog()];
    const stop = new AbortController();
    const first = await copying({
      source,
      target,
      pace,
      signal: stop.signal,
      onProgress: ({ events }) => void (events > 250 && stop.abort()),
    });
    expect(first).toMatchObject({ proofs: null });
    expect(first.appended).toBeLessThan(900);
    expect(await contents(target)).toEqual((await contents(source)).slice(0, first.appended));
    expect(await copying({ source, target, pace })).toMatchObject({ found: first.appended, appended: 900 - first.appended });
  });

  it('stops while it compares, too, and has appended nothing then', async () => {
    const [source, target] = [await aLogOf(90), new MemoryLog()];
    await copying({ source, target, pace });
    await grow(source, 30);
    const stop = new AbortController();
    const onProgress: CopyParts['onProgress'] = ({ events }) => void (events === 40 && stop.abort());
    expect(await copying({ source, target, pace, signal: stop.signal, onProgress })).toEqual({ found: 40, appended: 0, proofs: null });
    expect(await copying({ source, target, pace })).toMatchObject({ found: 90, appended: 30 });
  });

  it('tells how far it is, from 0 to 1 in each phase', async () => {
    const [source, target] = [await aLogOf(300), new MemoryLog()];
    const shares = new Map<string, number[]>();
    await copying({
      source,
      target,
      pace,
      onProgress: ({ phase, share }) => void shares.set(phase, [...(shares.get(phase) ?? []), share]),
    });
    expect([...shares.keys()]).toEqual(['copying', 'proving']);
    for (const told of shares.values()) expect([told.at(-1), told]).toEqual([1, [...told].sort((a, b) => a - b)]);
  });
});

describe('a log that cannot become a copy', () => {
  it.each<[string, (source: MemoryLog) => Promise<MemoryLog>, RegExp]>([
    ['holds other events', () => aLogOf(3), /its event 1 is another one/],
    [
      'differs in one byte of the last event',
      async (source) => {
        const target = new MemoryLog();
        const [first, second] = await contents(source);
        await target.append(first!.stream, 'none', [first!]);
        await target.append(second!.stream, 0, [{ ...second!, data: second!.data.replace('é', 'è') }]);
        return target;
      },
      /its event 2 is another one/,
    ],
    [
      'holds all of it, and more',
      async (source) => {
        const target = new MemoryLog();
        await copying({ source, target });
        await grow(target, 1);
        return target;
      },
      /holds more than the source, from event 13 on/,
    ],
    ['is the source itself', async (source) => source, /are the same log/],
  ])('is refused in one sentence where it %s, and is left as it was', async (_how, make, sentence) => {
    const source = await aLogOf(12);
    const target = await make(source);
    const before = await contents(target);
    const refused = copying({ source, target });
    await expect(refused).rejects.toMatchObject({ name: 'CopyRefused', exitCode: 65 });
    await expect(refused).rejects.toThrow(sentence);
    expect(await contents(target)).toEqual(before);
  });

  it('is refused where somebody else writes to it meanwhile', async () => {
    const [source, target] = [await aLogOf(40), new MemoryLog()];
    let appends = 0;
    const shared = spoiled(target, {
      append: async (stream, expected, events) => {
        if ((appends += 1) === 9) await grow(target, 1);
        return target.append(stream, expected, events);
      },
    });
    await expect(copying({ source, target: shared })).rejects.toMatchObject({ name: 'CopyRefused' });
  });

  it('is refused, and stays a prefix, where another program’s event lies in a stream of the source', async () => {
    const [source, target] = [await aLogOf(10), new MemoryLog()];
    const readAll: MemoryLog['readAll'] = async function* (read) {
      for await (const event of source.readAll(read)) if (!/:[12]}/.test(event.meta)) yield event;
    };
    await expect(copying({ source: spoiled(source, { readAll }), target })).rejects.toThrow('stream exchange-0 is not as in the source');
    expect(await contents(target)).toEqual((await contents(source)).slice(0, 1));
  });

  it('is refused where it does not keep the order of what it is sent', async () => {
    const [source, target] = [await aLogOf(10), new MemoryLog()];
    let before: Promise<unknown> = Promise.resolve();
    const turning = spoiled(target, {
      append: async (stream, expected, events) => {
        if (events[0]!.meta.includes('"number":1}')) await before;
        const answer = target.append(stream, expected, events);
        before = before.then(() => answer);
        return answer;
      },
    });
    await expect(copying({ source, target: turning, pace: 'in-one-transaction' })).rejects.toThrow('did not keep the order');
  });

  it('is given up, not refused, where it stays without an answer: the same copy goes on later', async () => {
    const [source, target] = [await aLogOf(20), new MemoryLog()];
    const dead = faultyTarget(
      target,
      Array.from({ length: 5 }, () => 'not stored' as const),
    );
    await expect(copying({ source, target: dead })).rejects.toThrow(LogUnavailable);
    expect(await target.head()).toBe(START);
    expect(await copying({ source, target: dead })).toMatchObject({ appended: 20 });
  });
});
