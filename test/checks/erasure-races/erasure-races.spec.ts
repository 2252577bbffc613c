import type { CheckRun } from '../runner/check';
import { erasureRacesCheck } from './erasure-races.check';

const small = (count: number): CheckRun => ({
  ...{ seed: 1, count, log: 'memory', sizes: {}, signal: new AbortController().signal },
  progress: () => undefined,
});

jest.setTimeout(120_000);

it('leaves nothing readable once it is recorded, and always ends, whatever stands still (R19, case 28, case 29)', async () => {
  const { counts, findings, figures } = await erasureRacesCheck.run(small(8));
  expect(findings).toEqual([]);
  expect(counts).toEqual({ readable: 0, stuck: 0 });
  expect(figures).toEqual({ erasures: 8 });
});

it('catches every bug that is planted', async () => {
  const planted = await erasureRacesCheck.selfTest(small(1));
  expect(planted.length).toBeGreaterThanOrEqual(12);
  expect(planted.filter(({ caughtBy }) => caughtBy.length === 0)).toEqual([]);
});
