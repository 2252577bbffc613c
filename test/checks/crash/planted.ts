import type { CheckRun, Caught } from '../runner/check';
import { mustBeClean, plantEach } from '../runner/self-test';
import { BUGS, type Ground } from './bugs';
import { newLedger } from './ledger';
import { openNetwork, startLoad } from './load';
import { judge, untilSettled } from './verdict';
import type { World } from './world';

const COMMANDS = 25;

const work = async ({ world, ledger, seed }: Ground): Promise<void> => {
  const parts = { world, ledger, seed, members: 4 };
  const load = startLoad(parts, await openNetwork(parts));
  while (ledger.given.length < COMMANDS) await new Promise((resolve) => setTimeout(resolve, 20));
  await load.finish();
};

/** Plants each bug in a log at rest, judges, and takes it back. @throws where the judge finds something before any bug */
export const testCrashCheck = async (world: World, asked: CheckRun): Promise<readonly Caught[]> => {
  const { seed, log, signal } = asked;
  const ground: Ground = { world, ledger: newLedger(), seed, view: (whole) => whole };
  const { installation, networkId } = world;
  const verdict = async () => {
    if (world.projector.running()) await untilSettled(world, signal);
    return judge({ installation: { ...installation, log: ground.view(installation.log) }, networkId, ledger: ground.ledger });
  };
  await work(ground);
  mustBeClean((await verdict()).findings);
  const bugs = BUGS.filter((one) => one.log === undefined || one.log === log);
  return plantEach(bugs, asked, async ({ by, alter }) => {
    const takeBack = await alter(ground);
    const { counts } = await verdict();
    await takeBack();
    if (world.projector.running()) await untilSettled(world, signal);
    return (counts[by] ?? 0) > 0 ? [by] : [];
  });
};
