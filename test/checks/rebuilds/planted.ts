import type { CheckRun, Planted } from '../runner/check';
import { told } from '../runner/check';
import { rebuildBugs } from './bugs';
import { playRebuilds } from './play';

const REBUILDS = 6;
const TIMEOUT_MS = 15_000;

/** Each bug is planted by itself, and a few rebuilds must tell. */
export const testRebuildsCheck = async (run: CheckRun): Promise<readonly Planted[]> => {
  const planted: Planted[] = [];
  for (const bug of rebuildBugs) {
    run.signal.throwIfAborted();
    const { seed, sizes, signal } = run;
    const result = await playRebuilds({ seed, sizes, signal, count: REBUILDS, bug, patienceMs: TIMEOUT_MS, progress: () => undefined });
    planted.push({ bug: bug.bug, caughtBy: told(result) });
    run.progress(`${planted.length} of ${rebuildBugs.length} bugs planted`);
  }
  return planted;
};
