import { Pool } from 'pg';
import { createCodec } from '#event-store/codec/codec';
import type { EventLog } from '#event-store/log.port';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { memoryKeys } from '#keys/memory-keys';
import { dropSchema } from '#read-store/rebuild-from-zero';
import { prepareReadModels, startRuntime } from '#read-store/runtime';
import { readModels } from '#projections/read-models';

const SCHEMA = 'read_bench';
const FOLDING = require.resolve('#apps/installation/fold.aside');

export interface Subject {
  readonly log: EventLog;
  readonly pool: Pool;
}

/** Every real read model from the log's start to its head: rows, evidence and checkpoints in PostgreSQL, in builds that nobody reads yet. */
export const rebuildAll = async ({ log, pool }: Subject, threads = 0): Promise<void> => {
  await dropSchema(pool, SCHEMA);
  const clock = { now: () => '2026-01-01T00:00:00.000Z' as never };
  const parts = { log, codec: createCodec(memoryKeys()), pool, readModels, schema: SCHEMA, personalTexts: false };
  await prepareReadModels(parts);
  await pool.query(`update ${SCHEMA}.projection set state = 'building'`);
  const aside = threads > 0 ? { aside: { file: FOLDING, threads } } : {};
  const runtime = await startRuntime({ ...parts, processes: [], clock, mode: 'driven', ...aside });
  await runtime.drain();
};

/** Works on the log and the read tables of the database at `url`. */
export const onDatabase = async <T>(url: string, work: (subject: Subject) => Promise<T>): Promise<T> => {
  const pool = new Pool({ connectionString: url });
  pool.on('error', () => undefined); // dropping the database ends idle clients
  try {
    const log = await PostgresLog.open(url);
    try {
      return await work({ log, pool });
    } finally {
      await log.close();
    }
  } finally {
    await pool.end();
  }
};
