import type { CheckRun } from '../check';
import { crashCheck } from './crash.check';

const small = (count: number): CheckRun => ({
  ...{ seed: 1, count, log: 'postgres', sizes: { members: 6 }, signal: new AbortController().signal },
  progress: () => undefined,
});

jest.setTimeout(300_000);

it('loses and doubles nothing when API, projector and database are killed (R22)', async () => {
  const { counts, findings, figures } = await crashCheck.run(small(3));
  expect(findings).toEqual([]);
  expect(counts).toEqual({ lost: 0, doubled: 0, differences: 0 });
  expect(figures['acknowledged']).toBeGreaterThan(3);
});

it('catches every bug that is planted', async () => {
  const planted = await crashCheck.selfTest(small(1));
  expect(planted.length).toBeGreaterThanOrEqual(5);
  expect(planted.filter(({ caughtBy }) => caughtBy.length === 0)).toEqual([]);
});
