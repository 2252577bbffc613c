import { type ProblemError } from '../problems/problem';
import { LongRunningJobs } from './long-running-jobs';

/** Ends when told to. */
const held = () => {
  let end: (result: string) => void = () => undefined;
  let times = 0;
  const until = new Promise<string>((resolve) => (end = resolve));
  const work = (): Promise<string> => {
    times += 1;
    return until;
  };
  return { work, end: (result: string) => end(result), times: () => times };
};

const problemOf = (asked: Promise<unknown>) =>
  asked.then(
    () => null,
    (fault: unknown) => (fault as ProblemError).problem,
  );

describe('work that takes longer than a request', () => {
  it('tells how far it is, goes on, and gives its result to who asks again', async () => {
    const underway = new LongRunningJobs();
    const { work, end, times } = held();
    const told = underway.join('a', 1, ({ tell }) => {
      tell({ share: 0.25, told: '25 of 100 events' });
      return work();
    });
    expect(await problemOf(told)).toMatchObject({ status: 503, code: 'under-way', details: { share: 0.25, told: '25 of 100 events' } });
    const [one, other] = [underway.join('a', 60_000, work), underway.join('a', 60_000, work)];
    end('done');
    expect([await one, await other, times()]).toEqual(['done', 'done', 1]);
    await underway.join('a', 60_000, work);
    expect(times()).toBe(2);
  });

  it('tells a fault to who asks, and begins anew for the next but one', async () => {
    const underway = new LongRunningJobs();
    await expect(underway.join('a', 60_000, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  });

  it('takes no more than so many at once', async () => {
    const underway = new LongRunningJobs();
    const { work, end } = held();
    const asked = Array.from({ length: 8 }, (_, n) => underway.join(`job ${n}`, 60_000, work));
    expect(await problemOf(underway.join('one more', 60_000, work))).toMatchObject({ status: 503, code: 'too-much-at-once' });
    end('done');
    await Promise.all(asked);
    expect(await underway.join('one more', 60_000, work)).toBe('done');
  });

  it('is told to stop with the process', async () => {
    const underway = new LongRunningJobs();
    const stopped = underway.join(
      'a',
      60_000,
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))),
    );
    await new Promise(setImmediate);
    void underway.onModuleDestroy();
    await expect(stopped).rejects.toThrow('stopped');
  });
});
