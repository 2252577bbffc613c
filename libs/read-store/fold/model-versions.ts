import type { Pool } from 'pg';
import type { Consumer } from '../checkpoints/consumer';
import { selectBuilds, type BuildRow } from '../checkpoints/projection-table';
import { readModelConsumer } from './projection-runner';
import type { AnyReadModel } from '../read-model';
import { controlTables } from '../tables/table-names';

/** All code there is for one name: how a build of each version is consumed. */
export interface ModelVersions {
  readonly name: string;
  /** Newest first; there is at least one. */
  readonly versions: readonly ModelVersion[];
}

export interface ModelVersion {
  readonly version: number;
  readonly consumerOf: (build: number) => Consumer;
}

/** A read model and the versions before it whose code is still here, newest first. */
export const versionsOf = (model: AnyReadModel): readonly AnyReadModel[] => [model, ...(model.previous ? versionsOf(model.previous) : [])];

export const allVersionsOf = (model: AnyReadModel, schema: string): ModelVersions => ({
  name: model.projection.name,
  versions: versionsOf(model).map((one) => ({
    version: one.projection.version,
    consumerOf: (build) => readModelConsumer(one, schema, build),
  })),
});

/** Of what is never built beside itself: processes, the clear texts. */
export const onlyVersionOf = (consumer: Consumer): ModelVersions => ({
  name: consumer.name,
  versions: [{ version: consumer.version, consumerOf: () => consumer }],
});

const LISTED = ['id', 'name', 'version', 'build', 'state', 'paused'] as const;
export type ListedBuild = Pick<BuildRow, (typeof LISTED)[number]>;

/** Every living build that this code can follow. */
export const listBuilds = async (pool: Pool, lines: readonly ModelVersions[], schema: string): Promise<readonly ListedBuild[]> => {
  const rows = await selectBuilds(pool, controlTables(schema), { columns: LISTED, names: lines.map(({ name }) => name) });
  return rows.filter((row) => versionIn(lines, row) !== undefined);
};

/** Undefined where this code does not know the version (any more). */
export const versionIn = (lines: readonly ModelVersions[], { name, version }: { readonly name: string; readonly version: number }) =>
  lines.find((line) => line.name === name)?.versions.find((one) => one.version === version);
