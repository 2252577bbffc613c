import type { Instant } from '#kernel/id';
import { processes } from '#application/processes/processes';
import { openPostgres } from '#postgres/connect';
import { readModels } from '#projections/read-models';
import { lookAtConsumers } from '#read-store/subscriptions/look';
import type { ConsumerStatus } from '#read-store/subscriptions/runtime-status';
import { openLog } from './open-log';
import type { Settings } from './settings';

/** Where every projection and process stands: for whoever asks that alone, and opens nothing that decides, reveals or answers. */
export const readStatus = async (settings: Settings): Promise<readonly ConsumerStatus[]> => {
  const warn = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
  const postgres = await openPostgres(settings.postgres, { notice: warn });
  try {
    const { log } = await openLog({ url: settings.eventStore, gzip: settings.logGzip, postgres, warn });
    try {
      return await lookAtConsumers({
        log,
        pool: postgres.pool({ max: 4 }),
        readModels,
        processes,
        now: new Date().toISOString() as Instant,
      });
    } finally {
      await log.close();
    }
  } finally {
    await postgres.release();
  }
};
