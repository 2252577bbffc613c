import { serveSchedules } from '../runner/worker-pool';
import { MUTANTS } from './mutants';
import { play } from './play';
import { installScheduleClock } from './schedule-clock';
import { ProjectionsHarness } from './harness';

void serveSchedules(MUTANTS, async ([url = '', name = ''], mutant) => {
  const harness = await ProjectionsHarness.open(url, name);
  installScheduleClock();
  return (seed) => play(seed, harness, mutant);
});
