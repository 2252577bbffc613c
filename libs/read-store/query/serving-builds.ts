import type { BuildRow } from '../checkpoints/projection-table';
import type { AnyReadModel } from '../read-model';
import { NotActive, type ReadPosition, type TableOf } from '../read-store.port';
import { tableName } from '../tables/table-names';

/** What an answer tells of the builds that it was read of. */
export const SERVING_COLUMNS = ['name', 'version', 'build', 'logId', 'position', 'recordedAt'] as const;
export type ServingBuild = Pick<BuildRow, (typeof SERVING_COLUMNS)[number]>;

export const readPositionOf = (serving: readonly ServingBuild[]): ReadPosition => {
  const { logId, position, recordedAt } = serving.reduce((least, one) => (one.position < least.position ? one : least));
  return { logId, position, recordedAt, builds: serving.map(tableName).sort().join(' ') };
};

/** @throws NotActive */
export const tablesOf = (serving: readonly ServingBuild[], models: readonly AnyReadModel[], schema: string): TableOf => {
  const versionOf = (model: AnyReadModel) => serving.find(({ name }) => name === model.projection.name);
  const missing = models.filter((model) => versionOf(model)?.version !== model.projection.version);
  if (missing.length > 0) throw new NotActive(missing.map(({ projection }) => projection.name).join(', '));
  return (model) => {
    const build = versionOf(model);
    if (!build) throw new Error(`${model.projection.name} is read without being named`);
    return `${schema}.${tableName(build)}`;
  };
};
