import { expectAllCaught, smallRun } from '../runner/small-run';
import { disclosureCheck } from './disclosure.check';

const small = (count: number) => smallRun({ count });

jest.setTimeout(60_000);

it('derives nobody’s answers from all that is published, and nobody’s silence from what is shown of exchanges (R15, cases 24 and 27)', async () => {
  const { counts, findings, figures } = await disclosureCheck.run(small(4));
  expect(findings).toEqual([]);
  expect(counts).toEqual({ derived: 0 });
  expect(figures['published']).toBeGreaterThan(1_000);
});

it('catches every bug that is planted: each condition of the rule is needed (R15)', async () => {
  expectAllCaught(await disclosureCheck.selfTest(small(1)), 20);
});
