import { serveSchedules } from '../runner/worker-pool';
import { BUGS } from './bugs';
import { play } from './play';
import { Stage } from './stage';
import { VirtualTime } from './virtual-time';

void serveSchedules(BUGS, (_, mutant) => {
  Error.stackTraceLimit = 4; // thousands of errors are expected, and their traces cost more than they
  const time = new VirtualTime();
  const stage = new Stage(time);
  time.install();
  return Promise.resolve((seed) => play(seed, stage, mutant));
});
