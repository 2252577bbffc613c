import type { CheckRun, Planted } from '../runner/check';
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
export const testCrashCheck = async (world: World, { seed, log, signal, progress }: CheckRun): Promise<readonly Planted[]> => {
  const ground: Ground = { world, ledger: newLedger(), seed, view: (whole) => whole };
  const { installation, networkId } = world;
  const verdict = async () => {
    if (world.projector.running()) await untilSettled(world, signal);
    return judge({ installation: { ...installation, log: ground.view(installation.log) }, networkId, ledger: ground.ledger });
  };
  await work(ground);
  const clean = await verdict();
  if (clean.findings.length > 0) throw new Error(`not right before any bug was planted: ${clean.findings.slice(0, 5).join('; ')}`);
  const planted: Planted[] = [];
  for (const { bug, by, plant } of BUGS.filter((one) => one.log === undefined || one.log === log)) {
    signal.throwIfAborted();
    const takeBack = await plant(ground);
    const { counts } = await verdict();
    planted.push({ bug, caughtBy: (counts[by] ?? 0) > 0 ? [by] : [] });
    progress(`planted: ${bug}: ${JSON.stringify(counts)}`);
    await takeBack();
    if (world.projector.running()) await untilSettled(world, signal);
  }
  return planted;
};
