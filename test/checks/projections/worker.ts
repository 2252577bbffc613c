import { serveSchedules } from '../runner/worker-pool';
import { BUGS } from './bugs';
import { play } from './play';
import { installScheduleClock } from './schedule-clock';
import { Stage } from './stage';

void serveSchedules(BUGS, async ([url = '', name = ''], mutant) => {
  const stage = await Stage.open(url, name);
  installScheduleClock();
  return (seed) => play(seed, stage, mutant);
});
