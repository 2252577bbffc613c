import { setTimeout as pause } from 'node:timers/promises';
import { chanceOf } from '#apps/cli/demo/chance';
import type { Check, CheckResult, CheckRun } from '../check';
import { newLedger } from './ledger';
import { openNetwork, startLoad } from './load';
import { testCrashCheck } from './planted';
import { judge, untilSettled } from './verdict';
import { startWorld, TARGETS, type World } from './world';

/** Between two kills: not long enough for the killed to be ready again each time. */
const [SOONEST_MS, LATEST_MS] = [700, 2_600];

/** Kill `n` of a schedule is made from `seed + n` alone. */
const killAll = async (world: World, { seed, count, signal, progress }: CheckRun): Promise<void> => {
  for (let n = 0; n < count && !signal.aborted; n += 1) {
    const chance = chanceOf(seed + n, 'kill');
    const target = chance.of(TARGETS);
    await pause(chance.whole(SOONEST_MS, LATEST_MS), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    await world.kill(target);
    progress(`kill ${n + 1} of ${count}: ${target}`);
  }
};

/** Everybody at work, everything killed now and then; then rest, and judge. */
export const playCrashes = async (world: World, run: CheckRun): Promise<CheckResult> => {
  const ledger = newLedger();
  const parts = { world, ledger, seed: run.seed, members: run.sizes['members'] ?? 12 };
  const load = startLoad(parts, await openNetwork(parts));
  await killAll(world, run);
  await load.finish();
  run.progress('everybody is answered: waiting until the projector has caught up');
  const unreached = await untilSettled(world, run.signal);
  const result = await judge({ installation: world.installation, networkId: world.networkId, ledger });
  const besides = [...unreached, ...world.diedAlone()];
  return {
    ...result,
    figures: { ...result.figures, startsInVain: world.api.startsInVain() + world.projector.startsInVain() },
    counts: { ...result.counts, differences: (result.counts['differences'] ?? 0) + besides.length },
    findings: [...besides, ...result.findings],
  };
};

const inWorld = async <T>(run: CheckRun, work: (world: World) => Promise<T>): Promise<T> => {
  const world = await startWorld(run.signal);
  try {
    return await work(world);
  } finally {
    await world.close();
  }
};

export const crashCheck: Check = {
  name: 'crash',
  about: 'kill -9 of API, projector and database under load: nothing acknowledged lost, nothing doubled, all as if made anew; count: kills',
  defaultCount: 200,
  logs: ['postgres'],
  sizes: { members: 12 },
  run: (run) => inWorld(run, (world) => playCrashes(world, run)),
  selfTest: (run) => inWorld(run, (world) => testCrashCheck(world, run)),
};
