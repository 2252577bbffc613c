import type { Pool } from 'pg';
import type { Codec } from '#event-store/codec.port';
import type { EventLog } from '#event-store/log.port';
import { dumpReadModels } from './dump';
import type { AnyReadModel } from '../read-model';
import { startRuntime } from '../subscriptions/runtime';
import { quotedName } from '../tables/table-names';

export interface RebuildParts {
  readonly log: EventLog;
  readonly codec: Codec;
  readonly pool: Pool;
  readonly models: readonly AnyReadModel[];
  /** Where the fresh tables go; whatever stood there is dropped first. */
  readonly schema: string;
}

export const dropSchema = async (pool: Pool, schema: string): Promise<void> => {
  await pool.query(`drop schema if exists ${quotedName(schema)} cascade`);
};

/** Folds the whole log into fresh tables beside the serving ones, and gives their dump: it must equal the serving ones' bytes. */
export async function* rebuildFromZero({ log, codec, pool, models, schema }: RebuildParts): AsyncIterable<string> {
  await dropSchema(pool, schema);
  const clock = {
    now: (): never => {
      throw new Error('a fold knows no clock');
    },
  };
  const runtime = await startRuntime({
    log,
    codec,
    pool,
    readModels: models,
    processes: [],
    clock,
    schema,
    mode: 'driven',
    personalTexts: false,
  });
  await runtime.drain();
  yield* dumpReadModels(pool, models, schema);
}
