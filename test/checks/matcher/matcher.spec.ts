import { expectAllCaught, smallRun } from '../runner/small-run';
import { matcherCheck } from './matcher.check';

it('finds the optimum, valid and certified, in rounds of every shape (R10, R11, R18)', async () => {
  const { counts, findings, figures } = await matcherCheck.run(smallRun({ count: 80, sizes: { requests: 12, larger: 24 } }));
  expect(findings).toEqual([]);
  expect(counts).toEqual({ invalid: 0, differences: 0, short: 0, uncertified: 0, unstable: 0 });
  expect(figures).toMatchObject({ instances: 80, small: 400, larger: 8 });
});

/** Bounds that were tried and claimed more than is true, here alone among thousands: what two groups of an offer could gain together. */
it.each([906, 1210])('claims no more than is true where groups are wanted by their own givers, too, seed %i (R18)', async (seed) => {
  const { findings } = await matcherCheck.run(smallRun({ seed, count: 1, sizes: { requests: 12, larger: 24 } }));
  expect(findings).toEqual([]);
});

it('catches every bug that is planted in the solver, or in who may meet', async () => {
  expectAllCaught(await matcherCheck.selfTest(smallRun({})), 14);
});
