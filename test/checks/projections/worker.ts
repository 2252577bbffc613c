import { serveSchedules } from '../runner/worker-pool';
import { BUGS } from './bugs';
import { play } from './play';
import { installPlayTime } from './play-time';
import { Stage } from './stage';

void serveSchedules(BUGS, async ([url = '', name = ''], mutant) => {
  const stage = await Stage.open(url, name);
  installPlayTime();
  return (seed) => play(seed, stage, mutant);
});
