import { Kysely, Migrator, sql, type Migration } from 'kysely';
import type { Pool } from 'pg';
import { INITIAL, initialTables } from './initial-tables';
import { OneSchemaDialect } from './one-schema-dialect';
import { controlTables } from './table-names';

interface ReadTables {
  readonly schema: string;
  /** Where the database keeps its extensions. */
  readonly extensions: string;
}

const migrations = ({ schema, extensions }: ReadTables): Record<string, Migration> => ({
  [INITIAL]: { up: async (db) => void (await sql.raw(initialTables(controlTables(schema), extensions)).execute(db)) },
});

/** Every step that was not taken yet. */
export const takeSteps = async (pool: Pool, at: ReadTables): Promise<void> => {
  const migrator = new Migrator({
    db: new Kysely<unknown>({ dialect: new OneSchemaDialect(pool, at.schema) }),
    provider: { getMigrations: async () => migrations(at) },
    migrationTableSchema: at.schema,
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
};
