import { installTimers } from '../runner/virtual-clock';
import { serveSchedules } from '../runner/worker-pool';
import { BUGS } from './bugs';
import { play } from './play';
import { Stage } from './stage';
import { QuietClock } from './quiet-clock';

void serveSchedules(BUGS, (_, mutant) => {
  Error.stackTraceLimit = 4; // thousands of errors are expected, and their traces cost more than they
  const time = new QuietClock();
  const stage = new Stage(time);
  installTimers(() => time, { intervals: true });
  return Promise.resolve((seed) => play(seed, stage, mutant));
});
