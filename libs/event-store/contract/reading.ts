import { START, type EventLog, type Position } from '../log.port';
import { aStream, anEvent, collected, done, events, idsOf, positionsOf, type Subject } from './subject';

export const reading = (subject: Subject): void => {
  describe('readStream', () => {
    const filled = async (log: EventLog, count: number) => {
      const stream = aStream();
      await log.append(aStream(), 'none', events(1));
      await log.append(stream, 'none', events(count));
      return async (read: Parameters<EventLog['readStream']>[1]) =>
        (await collected(log.readStream(stream, read))).map(({ revision }) => revision);
    };

    it('gives nothing for a stream that does not exist, whichever way', async () => {
      const { log } = subject();
      expect(await collected(log.readStream(aStream()))).toEqual([]);
      expect(await collected(log.readStream(aStream(), { direction: 'backwards' }))).toEqual([]);
    });

    it('gives back what was stored, and where', async () => {
      const { log } = subject();
      const stream = aStream();
      const event = anEvent({ version: 7 });
      const position = done(await log.append(stream, 'none', [event]));
      expect(await collected(log.readStream(stream))).toEqual([{ ...event, stream, revision: 0, position }]);
    });

    it('reads forwards and backwards, from a revision (inclusive), up to a limit', async () => {
      const read = await filled(subject().log, 6);
      expect(await read({})).toEqual([0, 1, 2, 3, 4, 5]);
      expect(await read({ from: 4 })).toEqual([4, 5]);
      expect(await read({ from: 1, limit: 2 })).toEqual([1, 2]);
      expect(await read({ from: 6 })).toEqual([]);
      expect(await read({ direction: 'backwards' })).toEqual([5, 4, 3, 2, 1, 0]);
      expect(await read({ direction: 'backwards', limit: 1 })).toEqual([5]);
      expect(await read({ direction: 'backwards', from: 2 })).toEqual([2, 1, 0]);
      expect(await read({ direction: 'backwards', from: 99, limit: 2 })).toEqual([5, 4]);
      expect(await read({ limit: 0 })).toEqual([]);
    });

    it('reads a stream of many pages whole, both ways', async () => {
      const { log } = subject();
      const read = await filled(log, 1500);
      const all = Array.from({ length: 1500 }, (_, revision) => revision);
      expect(await read({})).toEqual(all);
      expect(await read({ direction: 'backwards' })).toEqual(all.reverse());
    });
  });

  describe('readSpans', () => {
    it('gives spans of several streams at once, where it can: what there is of each, in the order of the log', async () => {
      const { log } = subject();
      const [one, other] = [aStream('exchange'), aStream('member')];
      for (const stream of [one, other, one, one, other]) await log.append(stream, 'any', events(2));
      const spans = [
        { stream: other, from: 1, limit: 2 },
        { stream: one, from: 4 },
        { stream: aStream() },
        { stream: one, from: 0, limit: 1 },
      ];
      const found = await log.readSpans?.(spans);
      expect(found?.map(({ stream, revision }) => `${stream.split('-')[0]}/${revision}`)).toEqual(
        log.readSpans && ['exchange/0', 'member/1', 'exchange/4', 'exchange/5', 'member/2'],
      );
    });
  });

  describe('readAll', () => {
    it('gives every event of every stream in the order of appends, after a position (exclusive), up to a limit', async () => {
      const { log } = subject();
      const [a, b] = [aStream(), aStream('member')];
      const batches = [events(2), events(1), events(3)] as const;
      await log.append(a, 'none', batches[0]);
      const second = done(await log.append(b, 'none', batches[1]));
      await log.append(a, 1, batches[2]);
      expect(idsOf(await collected(log.readAll({ after: START })))).toEqual(idsOf(batches.flat()));
      expect(idsOf(await collected(log.readAll({ after: second })))).toEqual(idsOf(batches[2]));
      expect(idsOf(await collected(log.readAll({ after: START, limit: 3 })))).toEqual(idsOf([...batches[0], ...batches[1]]));
    });

    it('filters by types and by categories: given both, both must hold', async () => {
      const { log } = subject();
      const named = (type: string) => anEvent({ type });
      await log.append(aStream('exchange'), 'none', [named('A'), named('B')]);
      await log.append(aStream('member'), 'none', [named('A'), named('C')]);
      await log.append(aStream('membership'), 'none', [named('A')]);
      const read = async (filter: NonNullable<Parameters<EventLog['readAll']>[0]['filter']>) =>
        (await collected(log.readAll({ after: START, filter }))).map(({ stream, type }) => `${stream.split('-')[0]}/${type}`);
      expect(await read({ types: ['A'] })).toEqual(['exchange/A', 'member/A', 'membership/A']);
      expect(await read({ categories: ['member'] })).toEqual(['member/A', 'member/C']);
      expect(await read({ types: ['B', 'C'], categories: ['member', 'exchange'] })).toEqual(['exchange/B', 'member/C']);
      expect(await read({ types: ['B'], categories: ['member'] })).toEqual([]);
      expect(await read({ types: [] })).toEqual([]);
      expect(await read({})).toHaveLength(5);
      for (const filter of [{}, { types: ['A'] }, { types: ['B', 'C'], categories: ['member', 'exchange'] }, { types: [] }])
        expect(await log.count?.({ after: START, filter })).toBe(log.count && (await read(filter)).length);
      expect(await log.count?.({ after: START, limit: 2 })).toBe(log.count && 2);
      expect(await log.count?.({ after: await log.head() })).toBe(log.count && 0);
    });

    it('gives the same by pages where it has them, and no empty one', async () => {
      const { log } = subject();
      const first = done(await log.append(aStream(), 'none', [anEvent({ type: 'Wanted' })]));
      for (const _ of [1, 2]) await log.append(aStream(), 'none', events(70));
      for (const read of [{}, { after: first }, { limit: 3 }, { filter: { types: ['Wanted'] } }, { filter: { types: [] } }]) {
        const from = { after: START, ...read };
        const pages = log.readPages && (await collected(log.readPages(from)));
        expect(pages?.flat()).toEqual(log.readPages && (await collected(log.readAll(from))));
        expect(pages ?? []).not.toContainEqual([]);
      }
    });

    it('gives one order to all readers, without a gap, while writers in several processes append', async () => {
      const { log, second } = subject();
      const other = second === undefined ? log : await second();
      const writing = Promise.allSettled(
        Array.from({ length: 60 }, (_, n) => (n % 2 ? log : other).append(aStream(), 'none', events((n % 3) + 1))),
      );
      let written = false;
      const ended = writing.then((all) => ((written = true), all));
      const seen: Position[] = [];
      while (!written) seen.push(...positionsOf(await collected(other.readAll({ after: seen.at(-1) ?? START }))));
      const acknowledged = (await ended).map((one) => (one.status === 'fulfilled' ? done(one.value) : one.reason));
      seen.push(...positionsOf(await collected(other.readAll({ after: seen.at(-1) ?? START }))));
      expect(seen).toEqual(positionsOf(await collected(log.readAll({ after: START }))));
      expect(seen).toEqual([...seen].sort());
      expect(seen).toHaveLength(120);
      expect(seen).toEqual(expect.arrayContaining(acknowledged));
    });

    it('keeps the events of one append together', async () => {
      const { log } = subject();
      const batches = Array.from({ length: 20 }, () => events(5));
      await Promise.allSettled(batches.map((batch) => log.append(aStream(), 'none', batch)));
      const ids = idsOf(await collected(log.readAll({ after: START })));
      for (const batch of batches) {
        const first = ids.indexOf(idsOf(batch)[0] as (typeof ids)[number]);
        expect(ids.slice(first, first + 5)).toEqual(idsOf(batch));
      }
    });
  });

  describe('head and logId', () => {
    it('gives `START` for an empty log, then the last position', async () => {
      const { log } = subject();
      expect(await log.head()).toBe(START);
      const position = done(await log.append(aStream(), 'none', events(3)));
      expect(await log.head()).toBe(position);
    });

    it('keeps one id for the log, whoever asks', async () => {
      const { log, second } = subject();
      const other = second === undefined ? log : await second();
      const id = await log.logId();
      await log.append(aStream(), 'none', events(1));
      expect(id).not.toBe('');
      expect(await log.logId()).toBe(id);
      expect(await other.logId()).toBe(id);
    });
  });
};
