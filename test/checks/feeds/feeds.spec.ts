import { smallRun } from '../runner/small-run';
import { feedsCheck } from './feeds.check';

jest.setTimeout(300_000);

it('misses and doubles nothing for clients that read and that do not, over a switch and a restart', async () => {
  const { counts, findings, figures } = await feedsCheck.run(
    smallRun({ count: 1_600, log: 'postgres', sizes: { silent: 4, readers: 2, learners: 1 } }),
  );
  expect(findings).toEqual([]);
  expect(counts).toEqual({ missed: 0, doubled: 0, differences: 0, unannounced: 0, uncut: 0, overHeap: 0 });
  expect(figures['changesTold']).toBeGreaterThan(1_500);
});
