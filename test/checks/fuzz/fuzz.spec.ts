import { smallRun } from '../runner/small-run';
import { fuzzCheck } from './fuzz.check';
import { computedSoFar, watchStalls } from './stall-watch';

jest.setTimeout(300_000);

it('answers requests of every kind without a fault, without a stall and without keeping what they bring', async () => {
  const { counts, findings, figures } = await fuzzCheck.run(
    smallRun({ count: 600, log: 'postgres', sizes: { members: 12, months: 1, clients: 8 } }),
  );
  expect(findings).toEqual([]);
  expect(counts).toEqual({ serverErrors: 0, stalls: 0, parked: 0, overHeap: 0, hollow: 0 });
  expect(figures['reached']).toBeGreaterThan(120);
});

it('tells a thread that computed from one that only waited', async () => {
  const stalls = watchStalls(50);
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(stalls()).toEqual([]);
  const until = computedSoFar() + 100;
  while (computedSoFar() < until);
  expect(stalls()).toEqual([expect.objectContaining({ computed: expect.any(Number) })]);
});
