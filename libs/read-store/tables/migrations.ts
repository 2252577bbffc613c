import type { Pool, PoolClient } from 'pg';
import { borrow } from '#postgres/transaction';
import { INITIAL } from './initial-tables';
import { controlTables, READ_SCHEMA, type ControlTables } from './table-names';
import { TablesProblem } from './tables-problem';

/** Every step there is. */
const KNOWN: readonly string[] = [INITIAL];

/** Extensions belong to the database: another schema may have brought it already. */
const extensionSchema = async (client: PoolClient): Promise<string> => {
  await client.query('create extension if not exists unaccent with schema public');
  const { rows } = await client.query<{ schema: string }>(
    `select extnamespace::regnamespace::text as schema from pg_extension where extname = 'unaccent'`,
  );
  return rows[0]!.schema;
};

/** The steps that were taken here. @throws TablesProblem where one of them is unknown */
const takenIn = async (client: PoolClient, { schema }: ControlTables): Promise<readonly string[]> => {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass($1) is not null as there`, [`${schema}.migration`]);
  if (!rows[0]?.there) return [];
  const taken = (await client.query<{ name: string }>(`select name from ${schema}.migration order by name`)).rows.map(({ name }) => name);
  const other = taken.find((name) => !KNOWN.includes(name));
  if (other === undefined) return taken;
  throw new TablesProblem(
    other < INITIAL
      ? 'these read tables were made by a build from before the first release: back up with that build, and restore with this one in an empty database'
      : `these read tables were made by a newer Savoirs (${other}): start that version, or a later one`,
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
    const taken = await takenIn(client, tables);
    if (KNOWN.every((step) => taken.includes(step))) return;
    // what takes them is large, and hardly ever needed
    const { takeSteps } = await import('#read-store/tables/take-steps');
    await takeSteps(pool, { schema, extensions });
  });
