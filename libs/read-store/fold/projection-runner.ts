import type { Consumer } from '../checkpoints/consumer';
import { loadParking } from './poison-policy';
import type { AnyReadModel } from '../read-model';
import { createTable, readModelTable, shapeText } from '../tables/read-model-table';
import { RowFolder, type FolderParts } from './row-folder';
import { controlTables, shapeOf } from '../tables/table-names';

/** One read model as a consumer: loads the rows that a batch names, folds in memory, writes back what changed. */
export const readModelConsumer = (model: AnyReadModel, schema: string, build = 1): Consumer => {
  const { projection } = model;
  const table = readModelTable(model, schema, build);
  const tables = controlTables(schema);
  const parts: Omit<FolderParts, 'pool' | 'memoryBytes'> = {
    ...{ model, table, tables },
    parkingAt: (client, at) => loadParking(client, model, { at, tables }),
  };
  return {
    name: projection.name,
    version: projection.version,
    build,
    types: new Set(Object.keys(projection.handles)),
    decoded: true,
    shape: shapeOf(shapeText(model)),
    prepare: (client) => createTable(client, table),
    // One batch by itself: the rows are loaded under the checkpoint's lock.
    take: async (entries, at) => async (client) => {
      const once = new RowFolder({ ...parts, pool: client, memoryBytes: 0 });
      await once.accept(entries, at);
      await (
        await once.flush()()
      )(client);
    },
    ahead: (given) => new RowFolder({ ...parts, ...given }),
  };
};
