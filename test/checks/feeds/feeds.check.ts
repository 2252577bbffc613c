import { seededRandom } from '#apps/demo/seeded-random';
import type { Check, CheckResult, CheckRun, Caught } from '../runner/check';
import { failedCounts } from '../runner/check';
import { mustBeClean, mutantsNamed, plantEach } from '../runner/self-test';
import { SERVER_MUTANTS } from './mutants';
import { checkInvariants } from './invariants';
import { play } from './play';
import { withHarness, type FeedsSetup } from './harness';

const MIB = 1024 * 1024;
const BOUND_MIB = 64;

/** So many changes are kept. Who wakes up before the switch has slept for up to three tenths of all: who slept longest begins anew. */
const keptOf = (events: number): number => Math.floor(events * 0.2);

const run = ({ seed, count, sizes, signal, progress }: CheckRun, otherwise: Partial<FeedsSetup> = {}): Promise<CheckResult> =>
  withHarness({ kept: keptOf(count), ...otherwise }, async (harness) => {
    const { silent = 200, readers = 20, learners = 1 } = sizes;
    const played = await play({ harness, events: count, silent, readers, learners, chance: seededRandom(seed, 'feeds'), signal, progress });
    progress('everybody has read to the end: comparing');
    const judged = await checkInvariants(played.clients, harness);
    const heapGrowthMiB = Math.max(0, Math.round(played.heapGrowth / MIB));
    const sum = (of: (client: (typeof played.clients)[number]) => number): number => played.clients.reduce((all, one) => all + of(one), 0);
    return {
      counts: { ...judged.counts, uncut: played.uncut, overHeap: heapGrowthMiB > BOUND_MIB ? 1 : 0 },
      figures: {
        heapGrowthMiB,
        changesTold: judged.told,
        cut: played.cut,
        resumed: sum(({ retries }) => retries),
        resets: sum(({ resets }) => resets),
        snapshots: sum(({ stretches }) => stretches.length),
      },
      findings: judged.findings,
    };
  });

/** What some planted bugs need: more than the system's own buffers take. */
const NEEDS: Readonly<Record<string, { readonly learners: number; readonly silent?: number; readonly otherwise?: Partial<FeedsSetup> }>> = {
  'a client that does not read is not cut': { learners: 80, otherwise: { drainSeconds: 300 } },
  'what nobody reads is kept in memory': { learners: 80, silent: 12 },
  'kept changes are given up without a word': { learners: 160, silent: 12, otherwise: { kept: 50 } },
};
const EVENTS = 3_000;

const selfTest = async (asked: CheckRun): Promise<readonly Caught[]> => {
  const small = (learners: number, silent: number): CheckRun => ({ ...asked, count: EVENTS, sizes: { silent, learners, readers: 3 } });
  mustBeClean(failedCounts(await run(small(40, 6))));
  return plantEach(mutantsNamed(SERVER_MUTANTS), asked, async ({ bug }) => {
    const { learners, silent = 6, otherwise = {} } = NEEDS[bug] ?? { learners: 1 };
    return failedCounts(await run({ ...small(learners, silent), progress: () => undefined }, { ...otherwise, bug }));
  });
};

export const feedsCheck: Check = {
  name: 'feeds',
  about:
    'live feeds to clients that read and that do not, over a switch and a restart: nothing missed, nothing twice, bounded; count: events',
  defaultCount: 100_000,
  logs: ['postgres'],
  sizes: { silent: 200, readers: 20, learners: 1 },
  run: (asked) => run(asked),
  selfTest,
};
