import { expectAllCaught, smallRun } from '../runner/small-run';
import { fairnessCheck } from './fairness.check';

const small = { sizes: { members: 150 } };

it('lets nobody wait for ever, no giver drown and no site be left out, over two years (R3, R11)', async () => {
  const { counts, findings, figures } = await fairnessCheck.run(smallRun(small));
  expect(findings).toEqual([]);
  expect(counts).toEqual({ starved: 0, drowned: 0, excluded: 0, behind: 0 });
  expect(figures['networks']).toBe(1);
});

it('catches every policy that is unfair over time', async () => {
  expectAllCaught(await fairnessCheck.selfTest(smallRun(small)), 6);
});
