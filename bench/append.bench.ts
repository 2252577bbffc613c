import type { EventLog } from '#event-store/log.port';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import type { Bench, BenchRun, BenchResult } from './runner/bench';
import { benchDatabase } from './runner/bench-database';
import { plainInserts, type PlainInserts } from './contenders/plain-inserts';
import { interleaved, perSecond, rounded } from './runner/rounds';
import { appendAll, singleAppends, type SingleAppend } from './contenders/single-appends';

const MAX_CONCURRENCY = 50;

const measure = async (log: EventLog, plain: PlainInserts, run: BenchRun): Promise<BenchResult> => {
  const contender = (size: number, act: (rows: readonly SingleAppend[]) => Promise<void>) => () => {
    const rows = singleAppends(size);
    return perSecond(size, () => act(rows));
  };
  const [few, many] = [run.size, run.size * 5];
  const figures = await interleaved(
    {
      appendOnePerSecond: contender(few, (rows) => appendAll(log, rows, 1)),
      postgresOnePerSecond: contender(few, (rows) => plain.insert(rows, 1)),
      appendFiftyPerSecond: contender(many, (rows) => appendAll(log, rows, MAX_CONCURRENCY)),
      postgresFiftyPerSecond: contender(many, (rows) => plain.insert(rows, MAX_CONCURRENCY)),
    },
    run,
  );
  return {
    figures,
    ratios: {
      toPostgresOne: rounded(figures.appendOnePerSecond / figures.postgresOnePerSecond),
      toPostgresFifty: rounded(figures.appendFiftyPerSecond / figures.postgresFiftyPerSecond),
    },
  };
};

export const appendBench: Bench = {
  name: 'append',
  about:
    'durable appends to the PostgreSQL log, one at a time and 50 at once, beside one prepared INSERT each; size: appends a round (×5 for 50)',
  defaultSize: 2000,
  run: async (run) => {
    const database = await benchDatabase();
    try {
      const log = await PostgresLog.open(database.url);
      const plain = await plainInserts(database.url, MAX_CONCURRENCY);
      try {
        return await measure(log, plain, run);
      } finally {
        await Promise.all([log.close(), plain.close()]);
      }
    } finally {
      await database.drop();
    }
  },
};
