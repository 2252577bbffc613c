import type { CheckRun, LogKind } from '../runner/check';
import { determinismCheck } from './determinism.check';

const small = (log: LogKind): CheckRun => ({
  ...{ seed: 1, count: 1, log, sizes: { members: 12, months: 1 }, signal: new AbortController().signal },
  progress: () => undefined,
});

jest.setTimeout(300_000);

it.each(['postgres', 'memory', 'eventstoredb'] as const)(
  'gives one history for one seed, live and from zero, with the log in %s (R18)',
  async (log) => {
    const { counts, findings, figures } = await determinismCheck.run(small(log));
    expect(findings).toEqual([]);
    expect(counts).toEqual({ differences: 0 });
    expect(figures['events']).toBeGreaterThan(50);
  },
);

it('catches every bug that is planted', async () => {
  const planted = await determinismCheck.selfTest(small('postgres'));
  expect(planted.length).toBeGreaterThanOrEqual(5);
  expect(planted.filter(({ caughtBy }) => caughtBy.length === 0)).toEqual([]);
});
