import type { Pool } from 'pg';
import { isSame, selectBuilds } from '../checkpoints/projection-table';
import { dumpLine } from '../fold/in-memory-fold';
import type { AnyReadModel } from '../read-model';
import { controlTables, quotedTable, READ_SCHEMA, type Built, type ControlTables } from '../tables/table-names';

const PAGE = 2000;

/** The build that serves of this version, else the one that was made last. */
const buildOf = async (pool: Pool, tables: ControlTables, { name, version }: Built): Promise<number> => {
  const living = await selectBuilds(pool, tables, { columns: ['version', 'build', 'state'], names: [name] });
  const builds = living.filter((one) => one.version === version);
  return (builds.find(({ state }) => state === 'active') ?? builds.at(-1))?.build ?? 1;
};

/**
 * Every row of these models as canonical lines, by model and key, each with the ids of the events it rests on in log order:
 * equal states give equal bytes, whatever batches, processes or crashes they came through.
 * Take it while nobody moves the tables.
 */
export async function* dumpReadModels(pool: Pool, models: readonly AnyReadModel[], schema: string = READ_SCHEMA): AsyncIterable<string> {
  const byName = [...models].sort((a, b) => (a.projection.name < b.projection.name ? -1 : 1));
  for (const { projection: model } of byName) {
    const { name, version } = model;
    yield* dumpBuild(pool, { name, version, build: await buildOf(pool, controlTables(schema), model) }, schema);
  }
}

/** The same of one build, whatever its state. */
export async function* dumpBuild(pool: Pool, of: Required<Built>, schema: string = READ_SCHEMA): AsyncIterable<string> {
  const tables = controlTables(schema);
  const builds = await selectBuilds(pool, tables, { columns: ['id', 'name', 'version', 'build'], those: 'all', names: [of.name] });
  const id = builds.find((one) => isSame(one, of))?.id;
  let after: string | null = null;
  for (;;) {
    const page: { rows: { key: string; row: string; evidence: string[] }[] } = await pool.query(
      `select r.key, r.row, coalesce((
         select array_agg(event_id order by first) from (
           select event_id::text, min(ordinal) as first from ${tables.evidence}, unnest(event_ids, ordinals) as one (event_id, ordinal)
           where key = r.key and projection = $1
           group by event_id) as told
       ), '{}') as evidence
       from ${quotedTable(of, schema)} r where $2::text is null or r.key > $2 order by r.key limit $3`,
      [id, after, PAGE],
    );
    for (const row of page.rows) yield dumpLine(of, row);
    if (page.rows.length < PAGE) break;
    after = page.rows.at(-1)!.key;
  }
}
