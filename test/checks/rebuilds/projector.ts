import { Pool } from 'pg';
import { untilSignal } from '#apps/installation/run-until-signal';
import { systemClock } from '#apps/installation/installation';
import { createCodec } from '#event-store/codec/codec';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { memoryKeys } from '#keys/memory-keys';
import { startRuntime } from '#read-store/subscriptions/runtime';
import { sumsModel } from './models';

/** A projector of one version of the code, as a process of its own: it may be killed at any moment. */
const main = async (): Promise<void> => {
  const { DATABASE_URL: url = '', VERSION = '1', KEEP_MS = '1000' } = process.env;
  const signalled = untilSignal();
  const log = await PostgresLog.open(url, { pollMs: 50 });
  const pool = new Pool({ connectionString: url, max: 8 });
  pool.on('error', () => undefined);
  const runtime = await startRuntime({
    ...{ log, pool, codec: createCodec(memoryKeys()), readModels: [sumsModel(Number(VERSION))], processes: [], clock: systemClock },
    ...{ personalTexts: false, leaseMs: 3_000, keepMs: Number(KEEP_MS) },
  });
  await signalled;
  await runtime.stop();
  await log.close();
  await pool.end();
};

void main();
