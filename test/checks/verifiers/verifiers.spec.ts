import { expectAllCaught, smallRun } from '../runner/small-run';
import { verifiersCheck, WITHOUT_PYTHON } from './verifiers.check';

jest.setTimeout(120_000);

it('finds that our verifier, the one in Python and the site’s agree on evidence, whole and broken in each field', async () => {
  const { counts, findings, figures } = await verifiersCheck.run(smallRun({ count: 60 }));
  expect(findings).toEqual([]);
  expect(counts).toEqual({ disagreements: 0 });
  expect(figures['whole']).toBe(15);
  if (figures['byPython'] === 0) process.stderr.write(`${WITHOUT_PYTHON}\n`);
  else expect(figures['byPython']).toBe(60);
});

it('catches every verifier that leaves one thing out', async () => {
  expectAllCaught(await verifiersCheck.selfTest(smallRun({})), 6);
});
