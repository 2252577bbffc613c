import type { CheckRun, LogKind } from '../runner/check';
import { crashCheck } from './crash.check';

const small = (log: LogKind, count: number): CheckRun => ({
  ...{ seed: 1, count, log, sizes: { members: 6 }, signal: new AbortController().signal },
  progress: () => undefined,
});

jest.setTimeout(300_000);

it.each(['postgres', 'eventstoredb'] as const)(
  'loses and doubles nothing when API, projector and database are killed, with the log in %s (R22)',
  async (log) => {
    const { counts, findings, figures } = await crashCheck.run(small(log, 3));
    expect(findings).toEqual([]);
    expect(counts).toEqual({ lost: 0, doubled: 0, differences: 0 });
    expect(figures['acknowledged']).toBeGreaterThan(3);
  },
);

it('catches every bug that is planted', async () => {
  const planted = await crashCheck.selfTest(small('postgres', 1));
  expect(planted.length).toBeGreaterThanOrEqual(5);
  expect(planted.filter(({ caughtBy }) => caughtBy.length === 0)).toEqual([]);
});
