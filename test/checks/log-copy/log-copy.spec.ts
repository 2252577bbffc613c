import { smallRun } from '../runner/small-run';
import { logCopyCheck } from './log-copy.check';

const small = (count: number) => smallRun({ count, log: 'postgres', sizes: { kills: 3, members: 12, months: 1 } });

jest.setTimeout(300_000);

it('brings a log whole and in order to EventStoreDB and back, however often the copy is killed', async () => {
  const { counts, findings, figures } = await logCopyCheck.run(small(2_000));
  expect(findings).toEqual([]);
  expect(counts).toEqual({ lost: 0, reordered: 0, differences: 0 });
  expect(figures['killed']).toBeGreaterThan(0);
});

it('catches every bug that is planted, by the proof', async () => {
  const planted = await logCopyCheck.selfTest(small(500));
  expect(planted.length).toBeGreaterThanOrEqual(5);
  expect(planted.filter(({ caughtBy }) => !caughtBy.includes('proof'))).toEqual([]);
});
