import { Pool } from 'pg';
import type { Codec } from '#event-store/codec.port';
import { createCodec } from '#event-store/codec/codec';
import { START, type EventLog } from '#event-store/log.port';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { memoryKeys } from '#keys/memory-keys';
import { emptyFolding, foldEvent } from '#read-store/fold/fold';
import type { AnyReadModel } from '#read-store/read-model';
import { dropSchema } from '#read-store/certificates/rebuild-from-zero';
import { startRuntime } from '#read-store/subscriptions/runtime';
import { exchangeHistoryModel } from '#projections/exchange-history/exchange-history.table';
import { trainingHoursModel } from '#projections/training-hours/training-hours.table';
import type { Bench, BenchResult, BenchRun } from './runner/bench';
import { benchDatabase } from './runner/bench-database';
import { EVENTS_PER_EXCHANGE, writeExchanges } from './data/exchange-events';
import { interleaved, perSecond, rounded } from './runner/rounds';

/** About three rows for eleven events, and a fact of evidence for each. */
const MODELS: readonly AnyReadModel[] = [exchangeHistoryModel, trainingHoursModel];
const SCHEMA = 'read_bench';

/** Read, decode and fold, without a table: what no projector can beat. */
const floor = async (log: EventLog, codec: Codec): Promise<void> => {
  const folds = MODELS.map(({ projection }) => ({ projection, folding: emptyFolding<unknown>() }));
  const types = [...new Set(MODELS.flatMap(({ projection }) => Object.keys(projection.handles)))];
  for await (const stored of log.readAll({ after: START, filter: { types } })) {
    const event = codec.decode(stored);
    for (const { projection, folding } of folds) if (event.type in projection.handles) foldEvent(projection, folding, event);
  }
};

interface Subject {
  readonly log: EventLog;
  readonly codec: Codec;
  readonly pool: Pool;
}

const tables = async ({ log, codec, pool }: Subject, events: number): Promise<number> => {
  await dropSchema(pool, SCHEMA);
  const clock = { now: () => '2026-01-01T00:00:00.000Z' as never };
  const runtime = await startRuntime({
    ...{ log, codec, pool, readModels: MODELS, processes: [], clock, schema: SCHEMA, mode: 'driven', personalTexts: false },
  });
  return perSecond(events, () => runtime.drain());
};

const measure = async (subject: Subject, run: BenchRun): Promise<BenchResult> => {
  const exchanges = Math.ceil(run.size / EVENTS_PER_EXCHANGE);
  const events = exchanges * EVENTS_PER_EXCHANGE;
  await writeExchanges(subject.log, subject.codec, exchanges);
  run.progress(`${events} events written`);
  const figures = await interleaved(
    {
      catchUpEventsPerSecond: () => tables(subject, events),
      floorEventsPerSecond: () => perSecond(events, () => floor(subject.log, subject.codec)),
    },
    run,
  );
  return { figures, ratios: { toFloor: rounded(figures.catchUpEventsPerSecond / figures.floorEventsPerSecond) } };
};

export const catchUpBench: Bench = {
  name: 'catch-up',
  about: 'two read models from zero into PostgreSQL, with evidence, beside read, decode and fold without tables; size: events',
  defaultSize: 50_000,
  run: async (run) => {
    const database = await benchDatabase();
    const pool = new Pool({ connectionString: database.url });
    pool.on('error', () => undefined); // dropping the database ends idle clients
    try {
      const log = await PostgresLog.open(database.url);
      try {
        return await measure({ log, codec: createCodec(memoryKeys()), pool }, run);
      } finally {
        await log.close();
      }
    } finally {
      await pool.end();
      await database.drop();
    }
  },
};
