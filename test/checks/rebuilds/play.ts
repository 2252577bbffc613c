import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom, type SeededRandom } from '#apps/demo/seeded-random';
import { BuildRefused } from '#read-store/builds/cut-over';
import type { CheckResult, CheckRun } from '../runner/check';
import type { RebuildMutant } from './mutants';
import { nothingSeen, reader, readSums, writer, type LoadSeen } from './workload';
import { NAME, sumsModel } from './models';
import { checkInvariants } from './invariants';
import { RebuildsHarness } from './harness';

const READERS = 6;
const WRITERS = 2;
const TIMEOUT_MS = 120_000;
/** A kill falls somewhere into starting, building, comparing and switching. */
const KILLED_WITHIN_MS = 1_500;

export interface RebuildsRun extends Pick<CheckRun, 'seed' | 'count' | 'sizes' | 'signal' | 'progress'> {
  readonly mutant?: RebuildMutant;
  readonly patienceMs?: number;
}

/** Rebuild `n` of a schedule is made from `seed + n` alone. */
const rebuildOne = async (harness: RebuildsHarness, n: number, { seed, mutant, signal, patienceMs = TIMEOUT_MS }: RebuildsRun) => {
  const chance = seededRandom(seed + n, 'rebuild');
  const before = await harness.active();
  // Every fourth is a new version of the code.
  const schemaChange = n % 4 === 3;
  if (schemaChange) await harness.release();
  else await begin(harness, mutant);
  await mutant?.begun?.(harness);
  const killed = n % 2 === 0;
  if (killed) {
    await pause(chance.whole(0, KILLED_WITHIN_MS), undefined, { signal }).catch(() => undefined);
    await harness.kill();
  }
  const switched = await harness.switched(before, patienceMs, signal);
  const rolledBack = switched && !mutant && n % 10 === 9 && (await rollBack(harness));
  return { schemaChange, killed, switched, rolledBack };
};

const begin = async (harness: RebuildsHarness, mutant: RebuildMutant | undefined): Promise<unknown> =>
  mutant?.begin ? mutant.begin(harness) : harness.builds.rebuild({ name: NAME, byHand: false }).run();

/** The former build may be gone by then: it is kept for a second only. */
const rollBack = (harness: RebuildsHarness): Promise<boolean> =>
  harness.builds
    .rollBack(NAME)
    .run()
    .then(
      () => true,
      (fault: unknown) => {
        if (fault instanceof BuildRefused) return false;
        throw fault;
      },
    );

const startLoad = (harness: RebuildsHarness, seen: LoadSeen, { seed, mutant }: RebuildsRun) => {
  const ending = new AbortController();
  const chance = (who: string): SeededRandom => seededRandom(seed, who);
  const versions = () => [harness.version, harness.version - 1].filter((one) => one > 0).map(sumsModel);
  const read = mutant?.read?.() ?? readSums;
  const readers = Array.from({ length: READERS }, (_, one) =>
    reader(
      {
        store: harness.store,
        seen,
        versions: mutant?.newestOnly ? () => versions().slice(0, 1) : versions,
        read,
        chance: chance(`reader ${one}`),
      },
      ending.signal,
    ),
  );
  const writers = Array.from({ length: WRITERS }, (_, one) =>
    writer({ log: harness.log, codec: harness.codec, next: harness.next, seen, chance: chance(`writer ${one}`) }, ending.signal),
  );
  return async (): Promise<void> => {
    ending.abort();
    await Promise.all([...readers, ...writers]);
  };
};

/** Builds come, are killed, take over and go, while clients read and write; then rest, and judge. */
export const playRebuilds = async (run: RebuildsRun): Promise<CheckResult> => {
  const { count, signal, progress } = run;
  const harness = await RebuildsHarness.open(run.sizes['events'] ?? 10_000);
  const seen = nothingSeen();
  const kinds = { schemaChanges: 0, killed: 0, rolledBack: 0 };
  const unswitched: string[] = [];
  try {
    await harness.settled(TIMEOUT_MS);
    const finish = startLoad(harness, seen, run);
    for (let n = 0; n < count && !signal.aborted; n += 1) {
      const one = await rebuildOne(harness, n, run);
      if (!one.switched && !signal.aborted) unswitched.push(`rebuild ${n + 1} did not take over in time`);
      if (one.schemaChange) kinds.schemaChanges += 1;
      if (one.killed) kinds.killed += 1;
      if (one.rolledBack) kinds.rolledBack += 1;
      progress(`rebuild ${n + 1} of ${count}; ${seen.answers.length} answers, ${seen.appended} events appended`);
      if (unswitched.length > 0 && run.mutant) break;
    }
    await finish();
    await harness.settled(run.patienceMs ?? TIMEOUT_MS);
    const verdict = await checkInvariants(harness, seen);
    const besides = [...unswitched, ...harness.diedAlone()];
    return {
      counts: { ...verdict.counts, unswitched: unswitched.length },
      figures: { ...kinds, answers: seen.answers.length, appended: seen.appended, longestWritePauseMs: Math.round(seen.longestWriteMs) },
      findings: [...besides, ...verdict.findings],
    };
  } finally {
    await harness.close();
  }
};
