import { setTimeout as pause } from 'node:timers/promises';
import { chanceOf, type Chance } from '#apps/demo/seeded-random';
import type { Check, CheckResult, CheckRun } from '../runner/check';
import { refuseSelfTest, tellEventStore } from '../runner/event-store';
import { newLedger, type Ledger } from './ledger';
import { openNetwork, startLoad } from './load';
import { testCrashCheck } from './planted';
import { judge, untilSettled } from './verdict';
import { startWorld, TARGETS, type World } from './world';

/** Half of the kills fall into starts and recoveries; the other half wait, within bounds, until somebody is answered again. */
const EARLY_MS = [200, 1_500] as const;
const AFTER_ANSWERS_MS = [20, 900] as const;
const TIMEOUT_MS = 10_000;

const moment = async (chance: Chance, { given }: Ledger, signal: AbortSignal): Promise<void> => {
  const wait = (milliseconds: number) => pause(milliseconds, undefined, { signal }).catch(() => undefined);
  if (chance.yes(0.5)) return wait(chance.whole(...EARLY_MS));
  const [before, deadline] = [given.length, Date.now() + TIMEOUT_MS];
  while (given.length === before && Date.now() < deadline && !signal.aborted) await wait(20);
  await wait(chance.whole(...AFTER_ANSWERS_MS));
};

/** Kill `n` of a schedule is made from `seed + n` alone. */
const killAll = async (world: World, ledger: Ledger, { seed, count, signal, progress }: CheckRun): Promise<void> => {
  for (let n = 0; n < count; n += 1) {
    const chance = chanceOf(seed + n, 'kill');
    const target = chance.of(TARGETS);
    await moment(chance, ledger, signal);
    if (signal.aborted) return;
    await world.kill(target);
    progress(`kill ${n + 1} of ${count}: ${target}; ${ledger.given.length} commands answered`);
  }
};

/** Everybody at work, everything killed now and then; then rest, and judge. */
export const playCrashes = async (world: World, run: CheckRun): Promise<CheckResult> => {
  const ledger = newLedger();
  const parts = { world, ledger, seed: run.seed, members: run.sizes['members'] ?? 12 };
  const load = startLoad(parts, await openNetwork(parts));
  await killAll(world, ledger, run);
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
  if (run.log === 'eventstoredb') tellEventStore(run.progress);
  const world = await startWorld(run.log, run.signal);
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
  logs: ['postgres', 'eventstoredb'],
  sizes: { members: 12 },
  run: (run) => inWorld(run, (world) => playCrashes(world, run)),
  selfTest: (run) => {
    if (run.log === 'eventstoredb') refuseSelfTest();
    return inWorld(run, (world) => testCrashCheck(world, run));
  },
};
