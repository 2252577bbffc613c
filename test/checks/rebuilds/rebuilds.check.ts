import { failedCounts, type Check } from '../runner/check';
import { plantEach } from '../runner/self-test';
import { MUTANTS } from './mutants';
import { playRebuilds } from './play';

/** A mutant is caught within so few rebuilds, and so soon. */
const SMALL = { count: 6, patienceMs: 15_000, progress: () => undefined };

export const rebuildsCheck: Check = {
  name: 'rebuilds',
  about: 'read models rebuilt and changed in version under read and write load, projectors killed midway: nobody notices; count: rebuilds',
  defaultCount: 200,
  logs: ['postgres'],
  sizes: { events: 10_000 },
  run: playRebuilds,
  selfTest: (run) => plantEach(MUTANTS, run, async (mutant) => failedCounts(await playRebuilds({ ...run, ...SMALL, mutant }))),
};
