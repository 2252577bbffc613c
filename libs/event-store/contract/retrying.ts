import { START } from '../log.port';
import { aStream, anEvent, collected, done, events, idsOf, type Subject } from './subject';

export const retrying = (subject: Subject): void => {
  describe('a retry with the same event ids', () => {
    it('answers as the first time at the original expected revision, and stores nothing more (R22)', async () => {
      const { log } = subject();
      const stream = aStream();
      await log.append(stream, 'none', events(1));
      const repeated = events(2);
      const first = await log.append(stream, 0, repeated);
      await expect(log.append(stream, 0, repeated)).resolves.toEqual(first);
      expect(await collected(log.readStream(stream))).toHaveLength(3);
    });

    it('answers as the first time after later events too, whatever kind of revision was expected (R22)', async () => {
      const { log } = subject();
      const stream = aStream();
      const [one, two, three, four] = [events(2), events(1), events(1), events(2)];
      const attempts = [
        ['none', one],
        [1, two],
        ['exists', three],
        ['any', four],
      ] as const;
      const firsts = [];
      for (const [expected, batch] of attempts) firsts.push(await log.append(stream, expected, batch));
      await log.append(stream, 'any', events(3));
      const again = [];
      for (const [expected, batch] of attempts) again.push(await log.append(stream, expected, batch));
      expect(again).toEqual(firsts);
      expect(await collected(log.readStream(stream))).toHaveLength(9);
    });

    it('does not compare contents: the first stay (R22)', async () => {
      const { log } = subject();
      const stream = aStream();
      const original = anEvent({ data: '{"minutes":60}' });
      const first = await log.append(stream, 'none', [original]);
      await expect(log.append(stream, 'none', [{ ...original, data: '{"minutes":61}' }])).resolves.toEqual(first);
      expect((await collected(log.readStream(stream))).map(({ data }) => data)).toEqual(['{"minutes":60}']);
    });

    it('is a conflict at another expected revision, even the actual one', async () => {
      const { log } = subject();
      const stream = aStream();
      await log.append(stream, 'none', events(1));
      const repeated = events(2);
      await log.append(stream, 0, repeated);
      await expect(log.append(stream, 2, repeated)).resolves.toEqual({ outcome: 'conflict', actual: 2 });
      await expect(log.append(stream, 'none', repeated)).resolves.toEqual({ outcome: 'conflict', actual: 2 });
      expect(await collected(log.readStream(stream))).toHaveLength(3);
    });

    it('is a conflict, and stores nothing, with another mix of ids: some new, another order, or two appends in one', async () => {
      const { log } = subject();
      const stream = aStream();
      const [a, b, c] = [anEvent(), anEvent(), anEvent()];
      await log.append(stream, 'none', [a, b]);
      await expect(log.append(stream, 'none', [a, c])).resolves.toEqual({ outcome: 'conflict', actual: 1 });
      await expect(log.append(stream, 'any', [b, c])).resolves.toEqual({ outcome: 'conflict', actual: 1 });
      await expect(log.append(stream, 'any', [c, a])).resolves.toEqual({ outcome: 'conflict', actual: 1 });
      await expect(log.append(stream, 1, [b, c])).resolves.toEqual({ outcome: 'conflict', actual: 1 });
      await expect(log.append(stream, 'any', [b, a])).resolves.toEqual({ outcome: 'conflict', actual: 1 });
      await expect(log.append(stream, 'any', [a, b, c])).resolves.toEqual({ outcome: 'conflict', actual: 1 });
      expect(idsOf(await collected(log.readAll({ after: START })))).toEqual(idsOf([a, b]));
    });

    it('answers all alike and stores one copy when attempts race (R22)', async () => {
      const { log, second } = subject();
      const other = second === undefined ? log : await second();
      const stream = aStream();
      const repeated = events(2);
      const raced = await Promise.allSettled(Array.from({ length: 10 }, (_, n) => (n % 2 ? log : other).append(stream, 'none', repeated)));
      const positions = raced.map((one) => (one.status === 'fulfilled' ? done(one.value) : one.reason));
      expect(new Set(positions).size).toBe(1);
      expect(idsOf(await collected(log.readStream(stream)))).toEqual(idsOf(repeated));
    });
  });
};
