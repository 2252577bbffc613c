import { expectAllCaught, smallRun } from '../runner/small-run';
import type { LogKind } from '../runner/check';
import { determinismCheck } from './determinism.check';

const small = (log: LogKind) => smallRun({ log, sizes: { members: 12, months: 1 } });

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
  expectAllCaught(await determinismCheck.selfTest(small('postgres')), 6);
});
