import type { Pool, PoolClient } from 'pg';
import type { Ahead, Consumer } from './consumer';
import type { AnyReadModel } from './read-model';
import { createTable, readModelTable, shapeText } from './read-model-table';
import { RowFolder } from './row-folder';
import { controlTables, shapeOf } from './schema';

/** Rows that one read model keeps in memory between batches. */
const MEMORY_BYTES = 32 * 1024 * 1024;

/** One read model as a consumer: loads the rows that a batch names, folds in memory, writes back what changed. */
export const readModelConsumer = (model: AnyReadModel, schema: string, build = 1): Consumer => {
  const { projection } = model;
  const table = readModelTable(model, schema, build);
  const parts = { model, table, tables: controlTables(schema), memoryBytes: MEMORY_BYTES };
  const folder = (pool: Pick<Pool | PoolClient, 'query'>): Ahead => new RowFolder({ ...parts, pool });
  return {
    name: projection.name,
    version: projection.version,
    build,
    types: new Set(Object.keys(projection.handles)),
    decoded: true,
    shape: shapeOf(shapeText(model)),
    prepare: (client) => createTable(client, table),
    // One batch by itself: the rows are loaded under the checkpoint's lock.
    take: async (entries, at, signal) => async (client) => {
      const once = folder(client);
      await once.take(entries, at, signal);
      await once.seal()(client);
    },
    ahead: (pool) => folder(pool),
  };
};
