import { benchDatabase, type BenchDatabase } from '#bench/runner/bench-database';
import { testDatabase } from '#testing/test-database';

/** An empty database: within Jest on the run's server, else on one of its own. */
export const emptyDatabase = (): Promise<Pick<BenchDatabase, 'url' | 'drop'>> =>
  process.env['JEST_WORKER_ID'] === undefined ? benchDatabase() : testDatabase();
