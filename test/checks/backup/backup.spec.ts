import { expectAllCaught, smallRun } from '../runner/small-run';
import { backupCheck } from './backup.check';

const small = (count: number) => smallRun({ count, log: 'postgres', sizes: { members: 4 } });

jest.setTimeout(600_000);

it('restores from what was taken under load a whole prefix with all that was acknowledged before, whatever was killed', async () => {
  const { counts, findings, figures } = await backupCheck.run(small(2));
  expect(findings).toEqual([]);
  expect(counts).toEqual({ lost: 0, notPrefix: 0, keysMissing: 0, resurrected: 0, differences: 0, tornAccepted: 0 });
  expect(figures['acknowledged']).toBeGreaterThan(8);
});

it('catches every bug that is planted', async () => {
  expectAllCaught(await backupCheck.selfTest(small(1)), 6);
});
