import { expectAllCaught, smallRun } from '../runner/small-run';
import { matcherCheck } from './matcher.check';

it('finds the optimum, valid and certified, in rounds of every shape (R10, R11, R18)', async () => {
  const { counts, findings, figures } = await matcherCheck.run(smallRun({ count: 80, sizes: { requests: 12, larger: 24 } }));
  expect(findings).toEqual([]);
  expect(counts).toEqual({ invalid: 0, differences: 0, short: 0, uncertified: 0, unstable: 0 });
  expect(figures).toMatchObject({ instances: 80, small: 400, larger: 8 });
});

it('catches every bug that is planted in the solver, or in who may meet', async () => {
  expectAllCaught(await matcherCheck.selfTest(smallRun({})), 14);
});
