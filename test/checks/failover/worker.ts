import { installTimers } from '../runner/virtual-clock';
import { serveSchedules } from '../runner/worker-pool';
import { MUTANTS } from './mutants';
import { play } from './play';
import { FailoverHarness } from './harness';
import { QuietClock } from './quiet-clock';

void serveSchedules(MUTANTS, (_, mutant) => {
  Error.stackTraceLimit = 4; // thousands of errors are expected, and their traces cost more than they
  const time = new QuietClock();
  const harness = new FailoverHarness(time);
  installTimers(() => time, { intervals: true });
  return Promise.resolve((seed) => play(seed, harness, mutant));
});
