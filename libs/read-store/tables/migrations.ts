import { Kysely, Migrator, sql, type Migration } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { CHANGES } from './changes-tables';
import { EVIDENCE_BY_ROW } from './fold-tables';
import { AS_OF } from './as-of-tables';
import { OneSchemaDialect } from './one-schema-dialect';
import { MENDED, PARKED, PARKED_ORDERS } from './parked-tables';
import { borrow, controlTables, READ_SCHEMA, type ControlTables } from './table-names';
import { TablesProblem } from './tables-problem';
import { keepWords, WORDS } from './text-words';
import { PACE, VERSIONS } from './version-tables';

const POSITIONS = (t: ControlTables): string => `
  create table ${t.projection} (
    id integer generated always as identity unique,
    name text collate "C" not null,
    version integer not null,
    position text collate "C" not null,
    log_id text not null,
    recorded_at text,
    state text not null check (state in ('building', 'serving', 'retired')),
    shape text not null,
    silent_until text collate "C" not null,
    lease_owner text,
    lease_until timestamptz,
    lease_epoch bigint not null default 0,
    lease_pid integer,
    lease_started timestamptz,
    primary key (name, version)
  ) with (fillfactor = 50);
  create table ${t.evidence} (
    projection integer not null,
    ordinal bigint generated always as identity,
    event_id uuid not null,
    key text collate "C" not null
  );
  create index evidence_by_key on ${t.evidence} (projection, key, ordinal);`;

const PROCESSES = (t: ControlTables): string => `
  create table ${t.processRow} (process integer not null, key text collate "C" not null, row text not null, primary key (process, key));
  create table ${t.due} (
    process integer not null,
    key text collate "C" not null,
    name text collate "C" not null,
    at text collate "C" not null,
    network text not null,
    correlation text not null,
    causation text not null,
    primary key (process, key, name)
  );
  create index due_by_time on ${t.due} (at, process);`;

/**
 * Whatever is made from a clear text lives in this one table, so that an erasure can rewrite it whole (R19).
 * No statistics: ANALYZE would copy clear texts into pg_statistic.
 */
const TEXTS = (t: ControlTables, extensions: string): string => `
  create function ${t.folded}(text) returns text language sql immutable strict parallel safe
    as $$ select lower(${extensions}.unaccent('${extensions}.unaccent'::regdictionary, $1)) $$;
  create table ${t.personalText} (
    ref text collate "C" primary key,
    event_id uuid not null,
    path text not null,
    network text collate "C" not null,
    owner text collate "C" not null,
    stream text collate "C" not null,
    type text not null,
    text text not null,
    recorded_at text not null
  );
  alter table ${t.personalText} alter column text set statistics 0;
  create index personal_text_by_owner on ${t.personalText} (network, owner);
  create index personal_text_by_stream on ${t.personalText} (stream);
  create table ${t.scrub} (due boolean primary key);`;

/** An erasure knows its streams from the log, and removes their texts itself. `marked`: what was removed during a rewrite waits for the next. */
const ERASURES = (t: ControlTables): string => `
  drop table if exists ${t.schema}.participation, ${t.schema}.text_check;
  alter table ${t.scrub} add column marked xid8 not null default pg_current_xact_id();`;

const migrations = (schema: string, tables: ControlTables, extensions: string): Record<string, Migration> => {
  const running = (text: string): Migration => ({ up: async (db) => void (await sql.raw(text).execute(db)) });
  return {
    '0001-positions-and-evidence': running(POSITIONS(tables)),
    '0002-processes': running(PROCESSES(tables)),
    '0003-personal-text': running(TEXTS(tables, extensions)),
    '0004-versions': running(VERSIONS(tables)),
    '0006-parked': running(PARKED(tables)),
    '0005-changes': running(CHANGES(tables)),
    '0007-evidence-by-row': running(EVIDENCE_BY_ROW(tables)),
    '0008-as-of': running(AS_OF(schema)),
    '0009-mended': running(MENDED(tables)),
    '0010-pace': running(PACE(tables)),
    '0011-parked-orders': running(PARKED_ORDERS(tables)),
    '0012-words': {
      up: async (db: Kysely<unknown>) => {
        await sql.raw(WORDS(tables)).execute(db);
        await keepWords(db, tables);
      },
    },
    '0013-erasures': running(ERASURES(tables)),
  };
};

/** Extensions belong to the database: another schema may have brought it already. */
const extensionSchema = async (client: PoolClient): Promise<string> => {
  await client.query('create extension if not exists unaccent with schema public');
  const { rows } = await client.query<{ schema: string }>(
    `select extnamespace::regnamespace::text as schema from pg_extension where extname = 'unaccent'`,
  );
  return rows[0]!.schema;
};

const refuseNewer = async (client: PoolClient, { schema }: ControlTables, known: readonly string[]): Promise<void> => {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass($1) is not null as there`, [`${schema}.migration`]);
  if (!rows[0]?.there) return;
  const newer = await client.query<{ name: string }>(`select name from ${schema}.migration where name <> all($1) order by name`, [known]);
  if (newer.rows[0]) {
    throw new TablesProblem(`these read tables were made by a newer Savoirs (${newer.rows[0].name}): start that version, or a later one`);
  }
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
 * @throws Error in one sentence where a newer version made them
 */
export const migrateReadStore = (pool: Pool, schema: string = READ_SCHEMA): Promise<void> =>
  underLock(pool, schema, async (client) => {
    const tables = controlTables(schema);
    // The extensions are the whole database's: two schemas may be made at once.
    const extensions = await underLock(pool, 'extensions', extensionSchema);
    await client.query(`create schema if not exists ${tables.schema}`);
    const all = migrations(schema, tables, extensions);
    await refuseNewer(client, tables, Object.keys(all));
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
