import { MUTANTS } from './mutants';
import { failedCounts } from '../runner/check';
import { playRebuilds } from './play';

jest.setTimeout(300_000);

describe('the check of rebuilds', () => {
  const small = { sizes: { events: 1_500 }, signal: new AbortController().signal, progress: () => undefined };

  it('finds nothing in a few rebuilds under load, some of them killed, one with a new version', async () => {
    const { counts, figures, findings } = await playRebuilds({ ...small, seed: 40, count: 4 });
    expect(findings).toEqual([]);
    expect(counts).toEqual({ failedReads: 0, staleAnswers: 0, wrongAnswers: 0, lost: 0, unswitched: 0 });
    expect(figures).toMatchObject({ schemaChanges: 1, killed: 2 });
  });

  it('catches a build that serves as soon as it has begun', async () => {
    const result = await playRebuilds({ ...small, seed: 40, count: 2, mutant: MUTANTS[0]!, patienceMs: 10_000 });
    expect(failedCounts(result)).not.toEqual([]);
  });
});
