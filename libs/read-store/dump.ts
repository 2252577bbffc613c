import type { Pool } from 'pg';
import { dumpLine } from './memory';
import type { AnyReadModel } from './read-model';
import { controlTables, quotedTable, READ_SCHEMA } from './schema';

const PAGE = 2000;

/**
 * Every row of these models as canonical lines, by model and key, each with the ids of the events it rests on in log order:
 * equal states give equal bytes, whatever batches, processes or crashes they came through.
 * Take it while nobody moves the tables.
 */
export async function* dumpReadModels(pool: Pool, models: readonly AnyReadModel[], schema: string = READ_SCHEMA): AsyncIterable<string> {
  const { projection, evidence } = controlTables(schema);
  const byName = [...models].sort((a, b) => (a.projection.name < b.projection.name ? -1 : 1));
  for (const { projection: model } of byName) {
    let after: string | null = null;
    for (;;) {
      const page: { rows: { key: string; row: string; evidence: string[] }[] } = await pool.query(
        `select r.key, r.row, coalesce((
           select array_agg(event_id order by first) from (
             select event_id::text, min(ordinal) as first from ${evidence}
             where key = r.key and projection = (select id from ${projection} where name = $1 and version = $2) group by event_id) as told
         ), '{}') as evidence
         from ${quotedTable(model, schema)} r where $3::text is null or r.key > $3 order by r.key limit $4`,
        [model.name, model.version, after, PAGE],
      );
      for (const row of page.rows) yield dumpLine(model, row);
      if (page.rows.length < PAGE) break;
      after = page.rows.at(-1)!.key;
    }
  }
}
