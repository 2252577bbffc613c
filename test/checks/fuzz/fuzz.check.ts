import type { Check, CheckResult, CheckRun, Caught } from '../runner/check';
import { failedCounts } from '../runner/check';
import { mustBeClean, mutantsNamed, plantEach } from '../runner/self-test';
import { SERVER_MUTANTS } from './mutants';
import { play, type Outcome } from './play';
import { withHarness } from './harness';

const MIB = 1024 * 1024;
const BOUND_MIB = 48;
/** Of so many requests, a part this large at least comes past validation: else the check looks at validation alone. */
const JUDGED_FROM = 500;
const REACHED_SHARE = 0.2;

const judged = (
  { findings, heapGrowth, answered, reached, accepted, askedAgain, kinds }: Outcome,
  progress: CheckRun['progress'],
): CheckResult => {
  const heapGrowthMiB = Math.round(heapGrowth / MIB);
  const many = (name: string): number => findings.filter(({ count }) => count === name).length;
  const commonest = [...kinds].sort(([, one], [, other]) => other - one).map(([kind, count]) => `${count} × ${kind}`);
  progress(commonest.join(', '));
  return {
    counts: {
      serverErrors: many('serverErrors'),
      stalls: many('stalls'),
      parked: many('parked'),
      overHeap: heapGrowthMiB > BOUND_MIB ? 1 : 0,
      hollow: answered >= JUDGED_FROM && reached < answered * REACHED_SHARE ? 1 : 0,
    },
    figures: { heapGrowthMiB, answered, reached, accepted, askedAgain },
    findings: findings.map(({ what }) => what),
    suspects: findings.flatMap(({ seed }) => (seed === null ? [] : [seed])),
  };
};

const run = ({ seed, count, sizes, signal, progress }: CheckRun, bug?: string): Promise<CheckResult> => {
  const { members = 24, months = 3, clients = 8 } = sizes;
  return withHarness({ members, months, ...(bug === undefined ? {} : { bug }) }, signal, async (harness) => {
    progress(`${harness.played.people.length} people have played: asking`);
    return judged(await play(harness, { seed, count, atOnce: clients, signal, progress }), progress);
  });
};

const SMALL = 1_500;

const selfTest = async (asked: CheckRun): Promise<readonly Caught[]> => {
  const small = { ...asked, count: SMALL, progress: () => undefined };
  mustBeClean(failedCounts(await run(small)));
  return plantEach(mutantsNamed(SERVER_MUTANTS), asked, async ({ bug }) => failedCounts(await run(small, bug)));
};

export const fuzzCheck: Check = {
  name: 'fuzz',
  about:
    'requests over every route and role, right and wrong: no answer of 500 or more, no stall, nothing parked, no growth of memory; count: requests',
  defaultCount: 200_000,
  logs: ['postgres'],
  sizes: { members: 24, months: 3, clients: 8 },
  run: (asked) => run(asked),
  selfTest,
};
