import { START } from '../log.port';
import { aStream, anEvent, collected, done, events, idsOf, type Subject } from './subject';

export const appending = (subject: Subject): void => {
  describe('append', () => {
    it('stores a new stream with `none`, counting revisions from 0', async () => {
      const { log } = subject();
      const stream = aStream();
      await expect(log.append(stream, 'none', events(3))).resolves.toMatchObject({ outcome: 'appended', revision: 2 });
      expect((await collected(log.readStream(stream))).map(({ revision }) => revision)).toEqual([0, 1, 2]);
    });

    it('answers a conflict with the actual revision to `none` on a stream that exists', async () => {
      const { log } = subject();
      const stream = aStream();
      await log.append(stream, 'none', events(2));
      await expect(log.append(stream, 'none', events(1))).resolves.toEqual({ outcome: 'conflict', actual: 1 });
    });

    it('stores after the expected revision, and conflicts before it and beyond it', async () => {
      const { log } = subject();
      const stream = aStream();
      await log.append(stream, 'none', events(2));
      await expect(log.append(stream, 1, events(1))).resolves.toMatchObject({ outcome: 'appended', revision: 2 });
      await expect(log.append(stream, 1, events(1))).resolves.toEqual({ outcome: 'conflict', actual: 2 });
      await expect(log.append(stream, 7, events(1))).resolves.toEqual({ outcome: 'conflict', actual: 2 });
      await expect(log.append(stream, Number.MAX_SAFE_INTEGER, events(1))).resolves.toEqual({ outcome: 'conflict', actual: 2 });
    });

    it('answers `none` as the actual revision of a stream that does not exist', async () => {
      const { log } = subject();
      await expect(log.append(aStream(), 0, events(1))).resolves.toEqual({ outcome: 'conflict', actual: 'none' });
      await expect(log.append(aStream(), 'exists', events(1))).resolves.toEqual({ outcome: 'conflict', actual: 'none' });
    });

    it('stores with `exists` on a stream that exists, and with `any` on both', async () => {
      const { log } = subject();
      const stream = aStream();
      await expect(log.append(stream, 'any', events(1))).resolves.toMatchObject({ outcome: 'appended', revision: 0 });
      await expect(log.append(stream, 'exists', events(1))).resolves.toMatchObject({ outcome: 'appended', revision: 1 });
      await expect(log.append(stream, 'any', events(1))).resolves.toMatchObject({ outcome: 'appended', revision: 2 });
    });

    it('answers with the position of its last event, each greater than any before', async () => {
      const { log } = subject();
      const [first, second] = [done(await log.append(aStream(), 'none', events(2))), done(await log.append(aStream(), 'none', events(2)))];
      const stored = await collected(log.readAll({ after: START }));
      expect(stored[1]?.position).toBe(first);
      expect(stored[3]?.position).toBe(second);
      expect(START < first && first < second).toBe(true);
      expect(first).toMatch(/^\d{20}$/);
    });

    it('stores nothing of an append that conflicts', async () => {
      const { log } = subject();
      const stream = aStream();
      await log.append(stream, 'none', events(1));
      await log.append(stream, 'none', events(5));
      expect(await collected(log.readAll({ after: START }))).toHaveLength(1);
    });

    it('rejects an append that no store could hold as it is, and stores nothing', async () => {
      const { log } = subject();
      const one = anEvent();
      await expect(log.append(aStream(), 'any', [])).rejects.toThrow(RangeError);
      await expect(log.append(aStream(), 'any', [one, one])).rejects.toThrow(RangeError);
      await expect(log.append(aStream(), 'any', [anEvent({ data: '"\u0000"' })])).rejects.toThrow(RangeError);
      await expect(log.append(aStream(), 'any', [anEvent({ data: '"\ud800"' })])).rejects.toThrow(RangeError);
      await expect(log.append(aStream(), -1, [one])).rejects.toThrow(RangeError);
      expect(await log.head()).toBe(START);
    });

    it('lets one of many writers win who expect the same revision', async () => {
      const { log, other } = await withSecond(subject);
      const stream = aStream();
      const raced = await Promise.allSettled(
        Array.from({ length: 20 }, (_, n) => (n % 2 ? log : other).append(stream, 'none', [anEvent(), anEvent()])),
      );
      const outcomes = raced.map((one) => (one.status === 'fulfilled' ? one.value.outcome : one.reason));
      expect(outcomes.filter((outcome) => outcome === 'appended')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'conflict')).toHaveLength(19);
      expect(await collected(log.readStream(stream))).toHaveLength(2);
    });

    it('judges each of many appends at once alone: a conflict or a wrong call fails no neighbour', async () => {
      const { log } = subject();
      const [a, b, c] = [aStream(), aStream(), aStream()];
      const raced = await Promise.allSettled([
        log.append(a, 'none', events(2)),
        log.append(b, 5, events(1)),
        log.append(c, 'any', [anEvent({ meta: '\u0000' })]),
        log.append(a, 1, events(1)),
        log.append(c, 'none', [anEvent({ data: 'x'.repeat(300_000) })]),
        log.append(c, 'none', events(1)),
      ]);
      expect(raced.map((one) => (one.status === 'fulfilled' ? one.value.outcome : 'rejected'))).toEqual([
        'appended',
        'conflict',
        'rejected',
        'appended',
        'too-large',
        'appended',
      ]);
      expect(idsOf(await collected(log.readAll({ after: START })))).toHaveLength(4);
    });
  });
};

const withSecond = async (
  subject: Subject,
): Promise<{ log: Awaited<ReturnType<Subject>>['log']; other: Awaited<ReturnType<Subject>>['log'] }> => {
  const { log, second } = subject();
  return { log, other: second === undefined ? log : await second() };
};
