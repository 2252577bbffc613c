import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { buildsIn, buildsQuery, type BuildRow } from '../checkpoints/projection-table';
import type { AnyReadModel } from '../read-model';
import { NotActive, type ReadDatabase, type ReadStore, type ReadPosition, type TableOf } from '../read-store.port';
import { controlTables, READ_SCHEMA, tableName } from '../tables/table-names';
import { PositionWaiter } from './position-waiter';

const COLUMNS = ['name', 'version', 'build', 'logId', 'position', 'recordedAt'] as const;
type Stands = Pick<BuildRow, (typeof COLUMNS)[number]>;

const readPositionOf = (rows: readonly Stands[]): ReadPosition => {
  const { logId, position, recordedAt } = rows.reduce((least, one) => (one.position < least.position ? one : least));
  return { logId, position, recordedAt, builds: rows.map(tableName).sort().join(' ') };
};

/** @throws NotActive */
const tablesOf = (rows: readonly Stands[], models: readonly AnyReadModel[], schema: string): TableOf => {
  const missing = models.filter(({ projection: { name, version } }) => !rows.some((row) => row.name === name && row.version === version));
  if (missing.length > 0) throw new NotActive(missing.map(({ projection }) => projection.name).join(', '));
  return ({ projection: { name } }) => {
    const row = rows.find((one) => one.name === name);
    if (!row) throw new Error(`${name} is read without being named`);
    return `${schema}.${tableName(row)}`;
  };
};

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
  return {
    db,
    read: (models, query) =>
      db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(async (tx) => {
          const names = models.map(({ projection }) => projection.name);
          const active = CompiledQuery.raw(...buildsQuery(tables, { columns: COLUMNS, those: 'active', names }));
          const { rows } = await tx.executeQuery<Stands>(active);
          const table = tablesOf(rows, models, schema);
          return { readPosition: readPositionOf(rows), result: await query(tx, table) };
        }),
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
