/** A projector of one read model in a process of its own: live, under leases, and it looks after rebuilds. */
import { systemClock, openInstallation } from '#apps/installation/installation';
import { failWith, untilSignal } from '#apps/installation/run-until-signal';
import { readSettings } from '#apps/installation/settings';
import { matchQueueModel } from '#projections/match-queue/match-queue.table';
import { startPruning } from '#read-store/change-feed/change-pruning';
import { startRuntime } from '#read-store/subscriptions/runtime';

const main = async (): Promise<void> => {
  const signalled = untilSignal();
  const installation = await openInstallation(readSettings(process.env));
  const { log, codec, pool, settings } = installation;
  const following = { log, codec, pool, readModels: [matchQueueModel], processes: [], clock: systemClock, personalTexts: false };
  const runtime = await startRuntime(following);
  const pruning = startPruning(pool, settings.feeds.kept, 1_000);
  process.send?.({ url: '' });
  await signalled;
  await pruning.stop();
  await runtime.stop();
  await installation.close();
};

main().then(() => process.exit(0), failWith);
