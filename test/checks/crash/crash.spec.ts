import { expectAllCaught, smallRun } from '../runner/small-run';
import type { LogKind } from '../runner/check';
import { crashCheck } from './crash.check';

const small = (log: LogKind, count: number) => smallRun({ count, log, sizes: { members: 6 } });

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
  expectAllCaught(await crashCheck.selfTest(small('postgres', 1)), 5);
});
