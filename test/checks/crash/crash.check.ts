import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom, type SeededRandom } from '#apps/demo/seeded-random';
import type { Check, CheckResult, CheckRun } from '../runner/check';
import { refuseSelfTest, tellEventStore } from '../runner/event-store';
import { newLedger, type Ledger } from './ledger';
import { openNetwork, startWorkload } from './workload';
import { testCrashCheck } from './self-test';
import { checkInvariants, untilSettled } from './invariants';
import { startHarness, KILL_TARGETS, type CrashHarness } from './harness';

/** Half of the kills fall into starts and recoveries; the other half wait, within bounds, until somebody is answered again. */
const EARLY_MS = [200, 1_500] as const;
const AFTER_ANSWERS_MS = [20, 900] as const;
const TIMEOUT_MS = 10_000;

const moment = async (chance: SeededRandom, { given }: Ledger, signal: AbortSignal): Promise<void> => {
  const wait = (milliseconds: number) => pause(milliseconds, undefined, { signal }).catch(() => undefined);
  if (chance.yes(0.5)) return wait(chance.whole(...EARLY_MS));
  const [before, deadline] = [given.length, Date.now() + TIMEOUT_MS];
  while (given.length === before && Date.now() < deadline && !signal.aborted) await wait(20);
  await wait(chance.whole(...AFTER_ANSWERS_MS));
};

/** Kill `n` of a schedule is made from `seed + n` alone. */
const killAll = async (harness: CrashHarness, ledger: Ledger, { seed, count, signal, progress }: CheckRun): Promise<void> => {
  for (let n = 0; n < count; n += 1) {
    const chance = seededRandom(seed + n, 'kill');
    const target = chance.of(KILL_TARGETS);
    await moment(chance, ledger, signal);
    if (signal.aborted) return;
    await harness.kill(target);
    progress(`kill ${n + 1} of ${count}: ${target}; ${ledger.given.length} commands answered`);
  }
};

/** Everybody at work, everything killed now and then; then rest, and judge. */
export const playCrashes = async (harness: CrashHarness, run: CheckRun): Promise<CheckResult> => {
  const ledger = newLedger();
  const parts = { harness, ledger, seed: run.seed, members: run.sizes['members'] ?? 12 };
  const workload = startWorkload(parts, await openNetwork(parts));
  await killAll(harness, ledger, run);
  await workload.finish();
  run.progress('everybody is answered: waiting until the projector has caught up');
  const unreached = await untilSettled(harness, run.signal);
  const result = await checkInvariants({ installation: harness.installation, networkId: harness.networkId, ledger });
  const besides = [...unreached, ...harness.diedAlone()];
  return {
    ...result,
    figures: { ...result.figures, startsInVain: harness.api.startsInVain() + harness.projector.startsInVain() },
    counts: { ...result.counts, differences: (result.counts['differences'] ?? 0) + besides.length },
    findings: [...besides, ...result.findings],
  };
};

const withHarness = async <T>(run: CheckRun, work: (harness: CrashHarness) => Promise<T>): Promise<T> => {
  if (run.log === 'eventstoredb') tellEventStore(run.progress);
  const harness = await startHarness(run.log, run.signal);
  try {
    return await work(harness);
  } finally {
    await harness.close();
  }
};

export const crashCheck: Check = {
  name: 'crash',
  about: 'kill -9 of API, projector and database under load: nothing acknowledged lost, nothing doubled, all as if made anew; count: kills',
  defaultCount: 200,
  logs: ['postgres', 'eventstoredb'],
  sizes: { members: 12 },
  run: (run) => withHarness(run, (harness) => playCrashes(harness, run)),
  selfTest: (run) => {
    if (run.log === 'eventstoredb') refuseSelfTest();
    return withHarness(run, (harness) => testCrashCheck(harness, run));
  },
};
