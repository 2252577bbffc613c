import { Pool } from 'pg';
import type { RecordedEvent } from '#event-store/codec.port';
import { createCodec } from '#event-store/codec/codec';
import { START, type EventLog } from '#event-store/log.port';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { memoryKeys } from '#keys/memory-keys';
import { emptyFolding, foldEvent } from '#read-store/fold';
import { dropSchema } from '#read-store/rebuild-from-zero';
import { startRuntime } from '#read-store/runtime';
import { readModels } from '#projections/read-models';
import type { Bench, BenchResult, BenchRun } from './bench';
import { benchDatabase } from './bench-database';
import { besideRebuild } from './command-latency';
import { demoEvents, fillLog } from './demo-log';
import { rebuildWithEmmett, writeToEmmett } from './emmett-rebuild';
import { interleaved, perSecond, rounded } from './rounds';

const SCHEMA = 'read_bench';
const ROUNDS = 5;
/** What Emmett is given: a million would take it an hour. */
const EMMETT_EVENTS = 2_000;
const codec = createCodec(memoryKeys());
const FOLDING = { file: require.resolve('#apps/installation/fold.aside'), threads: 1 };

export interface Subject {
  readonly log: EventLog;
  readonly pool: Pool;
}

/** Read, decode and fold, all rows in memory, without a table: what no rebuild can beat. */
const floor = async ({ log }: Subject): Promise<void> => {
  const folds = readModels.map(({ projection }) => ({ projection, folding: emptyFolding<unknown>() }));
  const types = [...new Set(readModels.flatMap(({ projection }) => Object.keys(projection.handles)))];
  for await (const stored of log.readAll({ after: START, filter: { types } })) {
    const event = codec.decode(stored);
    for (const { projection, folding } of folds) if (event.type in projection.handles) foldEvent(projection, folding, event);
  }
};

/** Every real read model from the log's start to its head: rows, evidence and checkpoints in PostgreSQL. */
const rebuild = async ({ log, pool }: Subject): Promise<void> => {
  await dropSchema(pool, SCHEMA);
  const clock = { now: () => '2026-01-01T00:00:00.000Z' as never };
  const parts = { log, codec, pool, readModels, processes: [], clock, schema: SCHEMA, personalTexts: false };
  const runtime = await startRuntime({ ...parts, mode: 'driven', aside: FOLDING });
  await runtime.drain();
};

/** The most memory in use while `work` runs, threads and all. */
const peakMiB = async (work: () => Promise<void>): Promise<number> => {
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return most / 2 ** 20;
};

const firstEvents = async ({ log }: Subject, count: number): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const stored of log.readAll({ after: START, limit: count })) events.push(codec.decode(stored));
  return events;
};

const measure = async (subject: Subject, url: string, run: BenchRun): Promise<BenchResult> => {
  const demoDatabase = await benchDatabase();
  const demo = { url: demoDatabase.url, members: 120, months: 3, seed: run.seed, signal: run.signal };
  const events = await demoEvents(demo).finally(() => demoDatabase.drop());
  run.progress(`a demo of ${events.length} events`);
  const small = Math.max(Math.floor(run.size / 10), 1);
  await fillLog(subject.pool, events, { from: 0, to: small });
  const ofSmall = await interleaved({ rebuildOfTenthPerSecond: () => perSecond(small, () => rebuild(subject)) }, run, ROUNDS);
  const emmettEvents = Math.min(EMMETT_EVENTS, small);
  await writeToEmmett(url, await firstEvents(subject, emmettEvents));
  await fillLog(subject.pool, events, { from: small, to: run.size });
  run.progress(`${run.size} events written, ${emmettEvents} of them for Emmett, too`);
  let memory = 0;
  const figures = await interleaved(
    {
      rebuildEventsPerSecond: () =>
        perSecond(run.size, async () => void (memory = Math.max(memory, await peakMiB(() => rebuild(subject))))),
      floorEventsPerSecond: () => perSecond(run.size, () => floor(subject)),
      emmettEventsPerSecond: () => perSecond(emmettEvents, () => rebuildWithEmmett(url, readModels)),
    },
    run,
    ROUNDS,
  );
  const latency = await besideRebuild(url, () => rebuild(subject));
  const { rebuildEventsPerSecond: own, floorEventsPerSecond, emmettEventsPerSecond } = figures;
  return {
    figures: { ...figures, ...ofSmall, rebuildPeakMiB: rounded(memory), ...latency },
    ratios: {
      toFloor: rounded(own / floorEventsPerSecond),
      toEmmett: rounded(own / emmettEventsPerSecond),
      flatness: rounded(own / ofSmall.rebuildOfTenthPerSecond),
      commandLatencyP99: rounded(latency.besideP99Ms / latency.aloneP99Ms),
    },
  };
};

export const rebuildBench: Bench = {
  name: 'rebuild',
  about: 'every read model from zero, beside read, decode and fold without tables, and beside Emmett’s rebuild; size: events',
  defaultSize: 1_000_000,
  run: async (run) => {
    const database = await benchDatabase();
    const pool = new Pool({ connectionString: database.url });
    pool.on('error', () => undefined); // dropping the database ends idle clients
    try {
      const log = await PostgresLog.open(database.url);
      try {
        return await measure({ log, pool }, database.url, run);
      } finally {
        await log.close();
      }
    } finally {
      await pool.end();
      await database.drop();
    }
  },
};
