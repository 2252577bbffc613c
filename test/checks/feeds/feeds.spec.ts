import { feedsCheck } from './feeds.check';

jest.setTimeout(300_000);

it('misses and doubles nothing for clients that read and that do not, over a switch and a restart', async () => {
  const { counts, findings, figures } = await feedsCheck.run({
    ...{ seed: 1, count: 4_000, log: 'postgres', sizes: { silent: 6, readers: 3, learners: 40 }, signal: new AbortController().signal },
    progress: () => undefined,
  });
  expect(findings).toEqual([]);
  expect(counts).toEqual({ missed: 0, doubled: 0, differences: 0, unannounced: 0, uncut: 0, overHeap: 0 });
  expect(figures['changesTold']).toBeGreaterThan(10_000);
  expect(figures['cut']).toBeGreaterThan(0);
});
