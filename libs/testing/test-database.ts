import { randomBytes } from 'node:crypto';
import { Client, Pool } from 'pg';
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

const onServer = async (url: string, work: (client: Client) => Promise<unknown>): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
};

const createDatabase = (client: Client, name: string, template = 'template0') =>
  client.query(`create database ${name} template ${template} encoding 'UTF8'`);

const urlOf = (base: string, name: string): string => {
  const url = new URL(base);
  url.pathname = `/${name}`;
  return url.href;
};

/**
 * A database that is filled once in a whole run of Jest, whichever worker asks first, to be copied by `testDatabase(name)`: the others wait.
 * It stays until the run's server is removed, so that there must be one (`SAVOIRS_TEST_FOLDER`).
 * @param fill gets its URL, and must have left it when it resolves; where it rejects, the next who asks fills it anew
 */
export const templateDatabase = async (name: string, fill: (url: string) => Promise<void>): Promise<void> => {
  server ??= openServer();
  const base = (await server).connectionString;
  await onServer(base, async (client) => {
    // ends with the connection
    await client.query('select pg_advisory_lock(hashtext($1))', [name]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 1) return;
    const unfinished = `${name}_unfinished`;
    await client.query(`drop database if exists ${unfinished} with (force)`);
    await createDatabase(client, unfinished);
    await fill(urlOf(base, unfinished));
    await client.query(`alter database ${unfinished} rename to ${name}`);
  });
};

/**
 * Makes a fresh database (UTF8) on the one server that a whole run of Jest shares; it starts with the first call.
 * With `TEST_DATABASE_URL` that server is used.
 * @param template what it is a copy of (`templateDatabase`); default: empty
 * @example let db: TestDatabase; beforeAll(async () => (db = await testDatabase())); afterAll(() => db.drop());
 */
export const testDatabase = async (template?: string): Promise<TestDatabase> => {
  server ??= openServer();
  const base = (await server).connectionString;
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(base, (admin) => createDatabase(admin, name, template));
  const url = urlOf(base, name);
  const pool = new Pool({ connectionString: url, application_name: 'savoirs-test' });
  pool.on('error', () => undefined); // dropping the database ends idle clients
  return {
    url,
    pool,
    drop: async () => {
      if (!pool.ending) await pool.end();
      await onServer(base, (admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
};
