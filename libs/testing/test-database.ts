import { randomBytes } from 'node:crypto';
import { Pool } from 'pg';
import { openPostgres, type PostgresHandle } from '#postgres/connect';

/** A database of one's own on the run's shared server. */
export interface TestDatabase {
  readonly url: string;
  readonly pool: Pool;
  /** Ends the pool and drops the database, whoever is still connected. */
  drop(): Promise<void>;
}

/** Held until this process ends: the end of the whole run stops the server (test/setup/global-teardown.js). */
let server: Promise<PostgresHandle> | undefined;

const openServer = (): Promise<PostgresHandle> => {
  const url = process.env['TEST_DATABASE_URL'];
  if (url) return openPostgres({ kind: 'server', url });
  const folder = process.env['SAVOIRS_TEST_FOLDER'];
  if (!folder) throw new Error('Outside of Jest, give TEST_DATABASE_URL: a server on which databases may be made.');
  // Nothing here must outlive a power cut: a crash of the server alone loses nothing.
  const serverOptions = { fsync: 'off', full_page_writes: 'off', max_connections: '300', shared_buffers: '64MB' };
  return openPostgres({ kind: 'embedded', folder, serverOptions }, { notice: () => undefined });
};

const onServer = async (url: string, sql: string): Promise<void> => {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    await pool.query(sql);
  } finally {
    await pool.end();
  }
};

/**
 * Makes a fresh, empty database (UTF8) on the one server that a whole run of Jest shares; it starts with the first call.
 * With `TEST_DATABASE_URL` that server is used.
 * @example let db: TestDatabase; beforeAll(async () => (db = await testDatabase())); afterAll(() => db.drop());
 */
export const testDatabase = async (): Promise<TestDatabase> => {
  server ??= openServer();
  const base = (await server).connectionString;
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(base, `create database ${name} template template0 encoding 'UTF8'`);
  const url = new URL(base);
  url.pathname = `/${name}`;
  const pool = new Pool({ connectionString: url.href, application_name: 'savoirs-test' });
  pool.on('error', () => undefined); // dropping the database ends idle clients
  return {
    url: url.href,
    pool,
    drop: async () => {
      if (!pool.ending) await pool.end();
      await onServer(base, `drop database if exists ${name} with (force)`);
    },
  };
};
