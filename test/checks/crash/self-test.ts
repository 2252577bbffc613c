import type { CheckRun, Caught } from '../runner/check';
import { mustBeClean, plantEach } from '../runner/self-test';
import { MUTANTS, type MutantSite } from './mutants';
import { newLedger } from './ledger';
import { openNetwork, startWorkload } from './workload';
import { checkInvariants, untilSettled } from './invariants';
import type { CrashHarness } from './harness';

const COMMANDS = 25;

const work = async ({ harness, ledger, seed }: MutantSite): Promise<void> => {
  const parts = { harness, ledger, seed, members: 4 };
  const workload = startWorkload(parts, await openNetwork(parts));
  while (ledger.given.length < COMMANDS) await new Promise((resolve) => setTimeout(resolve, 20));
  await workload.finish();
};

/** Plants each bug in a log at rest, judges, and takes it back. @throws where the judge finds something before any bug */
export const testCrashCheck = async (harness: CrashHarness, asked: CheckRun): Promise<readonly Caught[]> => {
  const { seed, log, signal } = asked;
  const site: MutantSite = { harness, ledger: newLedger(), seed, view: (whole) => whole };
  const { installation, networkId } = harness;
  const verdict = async () => {
    if (harness.projector.running()) await untilSettled(harness, signal);
    return checkInvariants({ installation: { ...installation, log: site.view(installation.log) }, networkId, ledger: site.ledger });
  };
  await work(site);
  mustBeClean((await verdict()).findings);
  const bugs = MUTANTS.filter((one) => one.log === undefined || one.log === log);
  return plantEach(bugs, asked, async ({ by, alter }) => {
    const takeBack = await alter(site);
    const { counts } = await verdict();
    await takeBack();
    if (harness.projector.running()) await untilSettled(harness, signal);
    return (counts[by] ?? 0) > 0 ? [by] : [];
  });
};
