import { Kysely, Migrator, sql, type Migration } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { initialTables } from './initial-tables';
import { OneSchemaDialect } from './one-schema-dialect';
import { borrow } from '#postgres/transaction';
import { controlTables, READ_SCHEMA, type ControlTables } from './table-names';
import { TablesProblem } from './tables-problem';

/** Its number comes after those of the steps by which development builds made these tables: what they backed up is older, not newer. */
const INITIAL = '0014-initial';

const migrations = (tables: ControlTables, extensions: string): Record<string, Migration> => ({
  [INITIAL]: { up: async (db) => void (await sql.raw(initialTables(tables, extensions)).execute(db)) },
});

/** Extensions belong to the database: another schema may have brought it already. */
const extensionSchema = async (client: PoolClient): Promise<string> => {
  await client.query('create extension if not exists unaccent with schema public');
  const { rows } = await client.query<{ schema: string }>(
    `select extnamespace::regnamespace::text as schema from pg_extension where extname = 'unaccent'`,
  );
  return rows[0]!.schema;
};

const refuseOthers = async (client: PoolClient, { schema }: ControlTables, known: readonly string[]): Promise<void> => {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass($1) is not null as there`, [`${schema}.migration`]);
  if (!rows[0]?.there) return;
  const others = await client.query<{ name: string }>(`select name from ${schema}.migration where name <> all($1) order by name`, [known]);
  const [other] = others.rows;
  if (other === undefined) return;
  throw new TablesProblem(
    other.name < INITIAL
      ? 'these read tables were made by a build from before the first release: back up with that build, and restore with this one in an empty database'
      : `these read tables were made by a newer Savoirs (${other.name}): start that version, or a later one`,
  );
};

/** One starter at a time, in this database and schema, whoever else starts. */
export const underLock = async <T>(pool: Pool, schema: string, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const { client, giveBack } = await borrow(pool);
  const name = `savoirs read tables ${schema}`;
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
    return await work(client);
  } finally {
    const unlocked = await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name]).then(
      () => true,
      () => false,
    );
    giveBack(!unlocked);
  }
};

/**
 * Makes or migrates the control tables: forward only, one starter at a time.
 * @throws TablesProblem where a newer version made them, or a build from before the first release
 */
export const migrateReadStore = (pool: Pool, schema: string = READ_SCHEMA): Promise<void> =>
  underLock(pool, schema, async (client) => {
    const tables = controlTables(schema);
    // The extensions are the whole database's: two schemas may be made at once.
    const extensions = await underLock(pool, 'extensions', extensionSchema);
    await client.query(`create schema if not exists ${tables.schema}`);
    const all = migrations(tables, extensions);
    await refuseOthers(client, tables, Object.keys(all));
    const db = new Kysely<unknown>({ dialect: new OneSchemaDialect(pool, schema) });
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => all },
      migrationTableSchema: schema,
      migrationTableName: 'migration',
      migrationLockTableName: 'migration_lock',
    });
    const { error } = await migrator.migrateToLatest();
    if (error) throw error;
  });
