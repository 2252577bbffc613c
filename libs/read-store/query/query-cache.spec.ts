import type { Position } from '#event-store/log.port';
import type { ReadPosition } from '../read-store.port';
import { createQueryCache } from './query-cache';

const at = (position: number, logId = 'log'): ReadPosition => ({
  logId,
  position: String(position) as Position,
  recordedAt: null,
  builds: 'a_v1',
});
const counted = (room = 2) => {
  const shared = createQueryCache<number>({ room });
  let computed = 0;
  const ask = (key: string, readPosition: ReadPosition, { stood = readPosition, final = false } = {}): Promise<number> =>
    shared({ key, readPosition, compute: async () => ({ answer: (computed += 1), readPosition: stood }), isFinal: () => final });
  return { shared, ask };
};

describe('answers shared by those who ask', () => {
  it('computes once for all who ask at once, and after', async () => {
    const { ask } = counted();
    expect(await Promise.all([ask('a', at(1)), ask('a', at(1))])).toEqual([1, 1]);
    expect(await ask('a', at(1))).toBe(1);
  });

  it('computes anew once the rows have moved, or stand in another log, unless the answer is final', async () => {
    const { ask } = counted(9);
    expect([await ask('a', at(1)), await ask('a', at(2)), await ask('a', at(2, 'copy'))]).toEqual([1, 2, 3]);
    expect(await ask('a', at(3), { final: true })).toBe(2);
  });

  it('knows that the rows may have moved on before they were read', async () => {
    const { ask } = counted();
    expect([await ask('a', at(1), { stood: at(4) }), await ask('a', at(4)), await ask('a', at(5))]).toEqual([1, 1, 2]);
  });

  it('keeps the newest answers only', async () => {
    const { ask } = counted(2);
    expect([await ask('a', at(1)), await ask('b', at(1)), await ask('c', at(1))]).toEqual([1, 2, 3]);
    expect([await ask('c', at(1)), await ask('b', at(1)), await ask('a', at(1))]).toEqual([3, 2, 4]);
  });

  it('forgets an answer after a while, where it is told to', async () => {
    jest.useFakeTimers();
    try {
      const shared = createQueryCache<number>({ room: 2, keepMs: 1_000 });
      let computed = 0;
      const ask = () => shared({ key: 'a', readPosition: at(1), compute: async () => ({ answer: (computed += 1), readPosition: at(1) }) });
      expect([await ask(), await ask()]).toEqual([1, 1]);
      jest.advanceTimersByTime(1_000);
      expect(await ask()).toBe(2);
    } finally {
      jest.useRealTimers();
    }
  });

  it('tells a fault to all who wait for it, and tries again for the next', async () => {
    const { shared, ask } = counted();
    const failing = () => shared({ key: 'a', readPosition: at(1), compute: () => Promise.reject(new Error('no rows')) });
    const told = await Promise.allSettled([failing(), failing()]);
    expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await ask('a', at(1))).toBe(1);
  });
});
