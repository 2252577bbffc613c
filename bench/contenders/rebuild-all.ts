import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { startRebuilds } from '#apps/installation/start-rebuilds';
import { createCodec } from '#event-store/codec/codec';
import type { EventLog } from '#event-store/log.port';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { memoryKeys } from '#keys/memory-keys';
import { allVersionsOf } from '#read-store/fold/model-versions';
import { rebuild } from '#read-store/builds/operations';
import { dropSchema } from '#read-store/certificates/rebuild-from-zero';
import type { AnyReadModel } from '#read-store/read-model';
import { finishBuilds } from '#read-store/subscriptions/finish-builds';
import { prepareReadModels, startRuntime } from '#read-store/subscriptions/runtime';
import type { Built } from '#read-store/tables/table-names';
import { readModels } from '#projections/read-models';

const SCHEMA = 'read_bench';

export interface Subject {
  readonly log: EventLog;
  readonly pool: Pool;
}

const partsOf = ({ log, pool }: Subject, models: readonly AnyReadModel[] = readModels) => ({
  ...{ log, codec: createCodec(memoryKeys()), pool, readModels: models, schema: SCHEMA, personalTexts: false, processes: [] },
  clock: { now: () => '2026-01-01T00:00:00.000Z' as never },
});

interface Begun {
  readonly models?: readonly AnyReadModel[];
  readonly byHand: boolean;
}

/** One after the other, as an operator's commands come. */
const beginBuilds = async ({ pool, log }: Subject, { models = readModels, byHand }: Begun): Promise<readonly Required<Built>[]> => {
  const lines = models.map((model) => allVersionsOf(model, SCHEMA));
  const parts = { pool, schema: SCHEMA, lines, logId: await log.logId() };
  const begun: Required<Built>[] = [];
  for (const { name } of lines) begun.push(await rebuild(parts, { name, byHand }));
  return begun;
};

/**
 * Every real read model, or those of these names, from the log's start to its head: rows, evidence and checkpoints in PostgreSQL, in builds
 * that nobody reads yet.
 */
export const rebuildAll = async (subject: Subject, names?: readonly string[]): Promise<void> => {
  const { pool } = subject;
  const models = readModels.filter(({ projection }) => names?.includes(projection.name) ?? true);
  await dropSchema(pool, SCHEMA);
  const parts = partsOf(subject, models);
  await prepareReadModels(parts);
  await beginBuilds(subject, { models, byHand: true });
  // Nothing serves: what is measured is these builds alone, which serve once they have reached the head.
  await pool.query(`update ${SCHEMA}.projection set state = 'retired' where state = 'active'`);
  const runtime = await startRuntime({ ...parts, mode: 'driven' });
  await runtime.drain();
};

export interface Projector {
  /** A further build of every read model beside those that serve; resolves once all were compared and switched. */
  rebuild(): Promise<void>;
  stop(): Promise<void>;
}

const REBUILDS = require.resolve('./rebuilds-apart');
export const MEMORY_MIB = 256;

/** As `apps/projector/rebuilds` does it, in the bench's tables. */
export const finishRebuilds = (subject: Subject, signal: AbortSignal): Promise<void> =>
  finishBuilds({ ...partsOf(subject), memoryBytes: MEMORY_MIB * 1024 * 1024 }, signal);

/** What serves follows the log, as in use, with rebuilds in a process of their own. */
export const startProjector = async (subject: Subject, url: string): Promise<Projector> => {
  const { pool } = subject;
  const rebuildApart = () => startRebuilds({ env: process.env, projections: { memoryMiB: MEMORY_MIB } }, { file: REBUILDS, args: [url] });
  const runtime = await startRuntime({ ...partsOf(subject), rebuildApart });
  const serving = async (): Promise<ReadonlySet<string>> => {
    const { rows } = await pool.query<{ name: string; build: number }>(
      `select name, build from ${SCHEMA}.projection where state = 'active'`,
    );
    return new Set(rows.map(({ name, build }) => `${name} ${build}`));
  };
  return {
    rebuild: async () => {
      const wanted = await beginBuilds(subject, { byHand: false });
      runtime.refresh();
      for (;;) {
        const now = await serving();
        if (wanted.every(({ name, build }) => now.has(`${name} ${build}`))) return;
        await sleep(100);
      }
    },
    stop: () => runtime.stop(),
  };
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
