import type { Pool } from 'pg';
import { dumpLine } from '../fold/in-memory-fold';
import type { AnyReadModel } from '../read-model';
import { controlTables, quotedTable, READ_SCHEMA, type Built, type ControlTables } from '../tables/table-names';

const PAGE = 2000;

/** The build that serves of this version, else the one that was made last. */
const buildOf = async (pool: Pool, { projection }: ControlTables, { name, version }: Built): Promise<number> => {
  const { rows } = await pool.query<{ build: number }>(
    `select build from ${projection} where name = $1 and version = $2 and state <> 'retired' order by state = 'active' desc, build desc limit 1`,
    [name, version],
  );
  return rows[0]?.build ?? 1;
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
  const { projection, evidence } = controlTables(schema);
  let after: string | null = null;
  for (;;) {
    const page: { rows: { key: string; row: string; evidence: string[] }[] } = await pool.query(
      `select r.key, r.row, coalesce((
         select array_agg(event_id order by first) from (
           select event_id::text, min(ordinal) as first from ${evidence}, unnest(event_ids, ordinals) as one (event_id, ordinal)
           where key = r.key and projection = (select id from ${projection} where name = $1 and version = $2 and build = $5)
           group by event_id) as told
       ), '{}') as evidence
       from ${quotedTable(of, schema)} r where $3::text is null or r.key > $3 order by r.key limit $4`,
      [of.name, of.version, after, PAGE, of.build],
    );
    for (const row of page.rows) yield dumpLine(of, row);
    if (page.rows.length < PAGE) break;
    after = page.rows.at(-1)!.key;
  }
}
