import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Pool } from 'pg';
import type { Position } from '#event-store/log.port';
import type { AnyReadModel } from './read-model';
import type { ReadDatabase, ReadStore, Standing } from './read-store.port';
import { controlTables, READ_SCHEMA, tableName } from './schema';
import { Waiting } from './waiting';

interface Stands {
  readonly log_id: string;
  readonly position: Position;
  readonly recorded_at: string | null;
}

/** @throws Error where a model was never registered: the runtime makes the tables */
const earliest = (rows: readonly Stands[], wanted: number): Standing => {
  if (rows.length < wanted || rows.length === 0) throw new Error('a read model was never registered: start the projector once');
  const { log_id: logId, position, recorded_at: recordedAt } = rows.reduce((least, one) => (one.position < least.position ? one : least));
  return { logId, position, recordedAt };
};

/**
 * Reads what the runtime writes, from any process: it needs the pool only.
 * @example const { standing, result } = await store.read([offers], (tx) => tx.selectFrom(store.table(offers)).selectAll().execute());
 */
export const createReadStore = (pool: Pool, schema: string = READ_SCHEMA): ReadStore & { close(): void } => {
  const tables = controlTables(schema);
  const db = new Kysely<ReadDatabase>({
    dialect: new PostgresDialect({ pool: { connect: () => pool.connect(), end: async () => undefined } }),
  });
  const waiting = new Waiting(pool, tables.projection);
  const table = ({ projection }: AnyReadModel): string => `${schema}.${tableName(projection)}`;
  return {
    db,
    table,
    read: (models, query) =>
      db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(async (tx) => {
          const names = models.map(({ projection }) => projection.name);
          const versions = models.map(({ projection }) => projection.version);
          const { rows } = await sql<Stands>`select log_id, position, recorded_at from ${sql.raw(tables.projection)}
            where (name, version) in (select * from unnest(${names}::text[], ${versions}::integer[]))`.execute(tx);
          return { standing: earliest(rows, new Set(names).size), result: await query(tx) };
        }),
    waitFor: (models, position, ms) => waiting.for(models, position, ms),
    evidence: async (projection, keys, { after, limit }) => {
      const { rows } = await pool.query<{ event_id: string; first: string }>(
        `select event_id::text, min(ordinal)::text as first from ${tables.evidence}
         where projection = (select id from ${tables.projection} where name = $1 and state = 'serving') and key = any($2)
         group by event_id having min(ordinal) > $3::bigint order by min(ordinal) limit $4`,
        [projection, keys, after ?? '0', limit + 1],
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
