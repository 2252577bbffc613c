import { smallRun } from '../runner/small-run';
import { erasureCheck } from './erasure.check';

jest.setTimeout(120_000);

it('leaves no byte of whoever is erased in any file, and an older copy of the keys brings nobody back (R19, case 29)', async () => {
  const { counts, findings, figures } = await erasureCheck.run(smallRun({ log: 'postgres', seed: 3, count: 2 }));
  expect(findings).toEqual([]);
  expect(counts).toEqual({ readable: 0, lost: 0, stuck: 0, accepted: 0, blind: 0 });
  expect(figures).toMatchObject({ populations: 2 });
  expect(figures['texts']).toBeGreaterThan(100);
});
