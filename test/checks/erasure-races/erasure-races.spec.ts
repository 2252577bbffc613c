import { expectAllCaught, smallRun } from '../runner/small-run';
import { erasureRacesCheck } from './erasure-races.check';

const small = (count: number) => smallRun({ count });

jest.setTimeout(120_000);

it('leaves nothing readable once it is recorded, and always ends, whatever stands still (R19, case 28, case 29)', async () => {
  const { counts, findings, figures } = await erasureRacesCheck.run(small(8));
  expect(findings).toEqual([]);
  expect(counts).toEqual({ readable: 0, stuck: 0 });
  expect(figures).toEqual({ erasures: 8 });
});

it('catches every bug that is planted', async () => {
  expectAllCaught(await erasureRacesCheck.selfTest(small(1)), 12);
});
