import type { CheckRun } from '../runner/check';
import { backupCheck } from './backup.check';

const small = (count: number): CheckRun => ({
  ...{ seed: 1, count, log: 'postgres', sizes: { members: 4 }, signal: new AbortController().signal },
  progress: () => undefined,
});

jest.setTimeout(600_000);

it('restores from what was taken under load a whole prefix with all that was acknowledged before, whatever was killed', async () => {
  const { counts, findings, figures } = await backupCheck.run(small(2));
  expect(findings).toEqual([]);
  expect(counts).toEqual({ lost: 0, notPrefix: 0, keysMissing: 0, resurrected: 0, differences: 0, tornAccepted: 0 });
  expect(figures['acknowledged']).toBeGreaterThan(8);
});

it('catches every bug that is planted', async () => {
  const planted = await backupCheck.selfTest(small(1));
  expect(planted.length).toBeGreaterThanOrEqual(6);
  expect(planted.filter(({ caughtBy }) => caughtBy.length === 0)).toEqual([]);
});
