/** A projector of one read model in a process of its own: live, under leases, and it looks after rebuilds. */
import { systemClock } from '#apps/installation/installation';
import { matchQueueModel } from '#projections/match-queue/match-queue.table';
import { startPruning } from '#read-store/change-feed/change-pruning';
import { startRuntime } from '#read-store/subscriptions/runtime';
import { serveInstallation } from '../runner/serve-installation';

serveInstallation(async ({ log, codec, pool, settings }) => {
  const parts = { log, codec, pool, readModels: [matchQueueModel], processes: [], clock: systemClock, personalTexts: false };
  const runtime = await startRuntime(parts);
  const pruning = startPruning(pool, settings.feeds.kept, 1_000);
  return {
    url: '',
    stop: async () => {
      await pruning.stop();
      await runtime.stop();
    },
  };
});
