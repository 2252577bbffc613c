import { ComputationStopped, runInWorker, stopComputations } from './worker-computation';

const file = require.resolve('./worker-computation.fixture');
type Question = { readonly pieces: number };
const adding = (batches: readonly (readonly number[])[], pieces: number): Promise<readonly number[]> =>
  runInWorker<number, Question, number>({
    file,
    feed: async (take) => {
      for (const batch of batches) await take(batch);
      return { pieces };
    },
  });

afterEach(() => jest.restoreAllMocks());

describe('a computation in a thread of its own', () => {
  it('takes rows in batches and answers in pieces, in order', async () => {
    expect(await adding([[1, 2], [3], []], 3)).toEqual([6, 5, 4]);
    expect(await adding([], 0)).toEqual([]);
  });

  it('keeps nothing from one run to the next, however many are asked for at once', async () => {
    expect(await Promise.all([adding([[1]], 1), adding([[2]], 1), adding([[3]], 1)])).toEqual([[1], [2], [3]]);
  });

  it('is stopped wherever it stands, and so is what waits for its turn; the next one runs (R24, case 3)', async () => {
    const all = [adding([[1]], Infinity), adding([[2]], 1), adding([[3]], 1)].map((one) => expect(one).rejects.toThrow(ComputationStopped));
    // once the first is under way
    await new Promise((resolve) => setTimeout(resolve, 100));
    stopComputations();
    await Promise.all(all);
    expect(await adding([[4]], 1)).toEqual([4]);
  });

  it('leaves nothing behind that waits for the end of the program, however many have run', async () => {
    const [added, removed] = [
      jest.spyOn(AbortSignal.prototype, 'addEventListener'),
      jest.spyOn(AbortSignal.prototype, 'removeEventListener'),
    ];
    for (let run = 0; run < 3; run += 1) await adding([[run]], 1);
    const listeners = (spied: typeof added | typeof removed) => spied.mock.calls.map(([, listener]) => listener);
    expect(listeners(added)).toHaveLength(3);
    expect(listeners(removed)).toEqual(listeners(added));
  });

  it('tells a fault of the computation, of the feed or of a missing file, and goes on with the next', async () => {
    await expect(adding([[12], [13]], 1)).rejects.toThrow('not thirteen');
    await expect(runInWorker({ file, feed: () => Promise.reject(new Error('no rows')) })).rejects.toThrow('no rows');
    await expect(runInWorker({ file: `${file}.missing`, feed: () => new Promise(() => undefined) })).rejects.toThrow('missing');
    expect(await adding([[7]], 1)).toEqual([7]);
  });
});
