import { PostgresDialect, type DatabaseIntrospector, type Kysely } from 'kysely';
import type { Pool } from 'pg';

/** For migrations that mind one schema: Kysely's own dialect asks about all of them (findings/migrator-and-other-schemas.sh). */
export class OneSchemaDialect extends PostgresDialect {
  constructor(
    private readonly pool: Pool,
    private readonly schema: string,
  ) {
    super({ pool: { connect: () => pool.connect(), end: async () => undefined } });
  }

  override createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    const getTables: DatabaseIntrospector['getTables'] = async () => {
      const { rows } = await this.pool.query<{ name: string }>('select tablename as name from pg_tables where schemaname = $1', [
        this.schema,
      ]);
      return rows.map(({ name }) => ({ name, schema: this.schema, isView: false, columns: [] }));
    };
    return {
      getTables,
      getSchemas: () => super.createIntrospector(db).getSchemas(),
      getMetadata: async () => ({ tables: await getTables() }),
    };
  }
}
