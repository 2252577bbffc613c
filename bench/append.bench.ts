import { randomUUID } from 'node:crypto';
import type { EventId, StreamName } from '#kernel/id';
import type { EventLog } from '#event-store/log.port';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import type { Bench, BenchRun, BenchResult } from './bench';
import { benchDatabase } from './bench-database';
import { plainInserts, type Insert, type PlainInserts } from './plain-inserts';
import { interleaved, perSecond, rounded } from './rounds';

const AT_ONCE = 50;
/** A stream's length in use: a member's, a match's, an exchange's. */
const STREAM_LENGTH = 10;

const META = JSON.stringify({
  actor: { id: '0b9f6c1e-2f7d-4c63-9a52-5c3f2d1e8a70', role: 'member' },
  causationId: '4e1d7a55-2b8c-4f0e-8f6b-1d2c3b4a5968',
  commandId: '4e1d7a55-2b8c-4f0e-8f6b-1d2c3b4a5968',
  correlationId: '4e1d7a55-2b8c-4f0e-8f6b-1d2c3b4a5968',
  network: 'c7a0e1f2-93b4-4d5c-8e6f-708192a3b4c5',
  occurredAt: '2026-03-01T09:00:00.000Z',
  recordedAt: '2026-03-01T09:00:00.000Z',
});
const DATA = JSON.stringify({
  exchangeId: '1f2e3d4c-5b6a-4798-8897-a6b5c4d3e2f1',
  minutes: 60,
  note: 'x'.repeat(120),
  start: '2026-03-01T09:00:00.000Z',
});

/** Streams take turns in blocks as wide as what is under way at once, so that none of them is written twice at a time. */
const work = (size: number): Insert[] => {
  const streams = Array.from({ length: Math.ceil(size / STREAM_LENGTH) }, () => `exchange-${randomUUID()}` as StreamName);
  return Array.from({ length: size }, (_, index) => ({
    stream: streams[index % streams.length] as StreamName,
    revision: Math.floor(index / streams.length),
    event: { eventId: randomUUID() as EventId, type: 'SessionHeld', version: 1, meta: META, data: DATA },
  }));
};

const appendAll = async (log: EventLog, rows: readonly Insert[], atOnce: number): Promise<void> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let row = rows[next++]; row !== undefined; row = rows[next++]) {
      const { outcome } = await log.append(row.stream, row.revision === 0 ? 'none' : row.revision - 1, [row.event]);
      if (outcome !== 'appended') throw new Error(`an append answered ${outcome}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};

const measure = async (log: EventLog, plain: PlainInserts, run: BenchRun): Promise<BenchResult> => {
  const contender = (size: number, act: (rows: readonly Insert[]) => Promise<void>) => () => {
    const rows = work(size);
    return perSecond(size, () => act(rows));
  };
  const [few, many] = [run.size, run.size * 5];
  const figures = await interleaved(
    {
      appendOnePerSecond: contender(few, (rows) => appendAll(log, rows, 1)),
      postgresOnePerSecond: contender(few, (rows) => plain.insert(rows, 1)),
      appendFiftyPerSecond: contender(many, (rows) => appendAll(log, rows, AT_ONCE)),
      postgresFiftyPerSecond: contender(many, (rows) => plain.insert(rows, AT_ONCE)),
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
      const plain = await plainInserts(database.url, AT_ONCE);
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
