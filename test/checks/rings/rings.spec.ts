import { expectAllCaught, smallRun } from '../runner/small-run';
import { ringsCheck } from './rings.check';

it('finds the best rings, valid ones, and the same whatever way the solver went (R18)', async () => {
  const { counts, findings, figures } = await ringsCheck.run(smallRun({ count: 200 }));
  expect(findings).toEqual([]);
  expect(counts).toEqual({ differences: 0, invalid: 0, unstable: 0 });
  expect(figures['graphs']).toBe(200);
});

it('catches every bug that is planted in the choice of rings', async () => {
  expectAllCaught(await ringsCheck.selfTest(smallRun({})), 10);
});
