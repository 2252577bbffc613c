import type { CheckRun, Caught } from '../runner/check';
import { failedCounts } from '../runner/check';
import { plantEach } from '../runner/self-test';
import { rebuildBugs } from './bugs';
import { playRebuilds } from './play';

const REBUILDS = 6;
const TIMEOUT_MS = 15_000;

/** Each bug is planted by itself, and a few rebuilds must tell. */
export const testRebuildsCheck = (run: CheckRun): Promise<readonly Caught[]> => {
  const { seed, sizes, signal } = run;
  return plantEach(rebuildBugs, run, async (bug) =>
    failedCounts(await playRebuilds({ seed, sizes, signal, count: REBUILDS, bug, patienceMs: TIMEOUT_MS, progress: () => undefined })),
  );
};
