import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { buildsIn, buildsQuery } from '../checkpoints/projection-table';
import type { ReadDatabase, ReadStore } from '../read-store.port';
import { controlTables, READ_SCHEMA } from '../tables/table-names';
import { OneStatement } from './one-statement';
import { PositionWaiter } from './position-waiter';
import { readPositionOf, SERVING_COLUMNS, tablesOf, type ServingBuild } from './serving-builds';

/**
 * Reads what the runtime writes, from any process: it needs the pool only.
 * @example const { readPosition, result } = await store.read([offers], (tx, table) => tx.selectFrom(table(offers)).selectAll().execute());
 */
export const createReadStore = (pool: Pool, schema: string = READ_SCHEMA): ReadStore & { close(): void } => {
  const tables = controlTables(schema);
  const db = new Kysely<ReadDatabase>({
    dialect: new PostgresDialect({ pool: { connect: () => pool.connect(), end: async () => undefined } }),
  });
  const waiting = new PositionWaiter(pool, tables);
  const oneStatement = new OneStatement(pool, tables, schema);
  return {
    db,
    read: (models, query) =>
      db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(async (tx) => {
          const names = models.map(({ projection }) => projection.name);
          const active = CompiledQuery.raw(...buildsQuery(tables, { columns: SERVING_COLUMNS, those: 'active', names }));
          const { rows } = await tx.executeQuery<ServingBuild>(active);
          const table = tablesOf(rows, models, schema);
          return { readPosition: readPositionOf(rows), result: await query(tx, table) };
        }),
    readOnce: (models, statement, values) => oneStatement.read(models, statement, values),
    waitFor: (models, position, ms) => waiting.for(models, position, ms),
    evidence: async (projection, keys, { after, limit }) => {
      const { rows } = await pool.query<{ event_id: string; first: string }>(
        `select event_id::text, min(ordinal)::text as first
         from ${tables.evidence}, unnest(event_ids, ordinals) as told (event_id, ordinal)
         where projection = (select id from ${buildsIn(tables, 'active')} a where name = $1) and key = any($2)
         group by event_id having $3::bigint is null or min(ordinal) > $3 order by min(ordinal) limit $4`,
        [projection, keys, after ?? null, limit + 1],
      );
      const page = rows.slice(0, limit);
      return { eventIds: page.map(({ event_id: id }) => id), next: rows.length > limit ? (page.at(-1)?.first ?? null) : null };
    },
    texts: async (refs) => {
      if (refs.length === 0) return new Map();
      const { rows } = await pool.query<{ ref: string; text: string }>(`select ref, text from ${tables.personalText} where ref = any($1)`, [
        refs,
      ]);
      return new Map(rows.map(({ ref, text }) => [ref, text]));
    },
    close: () => waiting.close(),
  };
};
