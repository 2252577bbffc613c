import { expectAllCaught, smallRun } from '../runner/small-run';
import { tamperCheck } from './tamper.check';

jest.setTimeout(120_000);

it('tells every alteration of a log at its place, and takes no forgery', async () => {
  const { counts, findings, figures } = await tamperCheck.run(smallRun({ count: 2_000, sizes: { events: 40 } }));
  expect(findings).toEqual([]);
  expect(counts).toEqual({ undetected: 0, misplaced: 0, acceptedForged: 0 });
  expect(figures['bitsFlipped']).toBeGreaterThan(30_000);
});

it('catches every bug that is planted in the leaf, the proofs, the check, the notes and the witness', async () => {
  expectAllCaught(await tamperCheck.selfTest(smallRun({})), 12);
});
