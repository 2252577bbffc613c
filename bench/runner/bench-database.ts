import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type Pool } from 'pg';
import { openPostgres, type PostgresHandle } from '#postgres/connect';

/** A fresh database for one bench, on `DATABASE_URL`'s server or on an embedded one of its own; durable, as in use. */
export interface BenchDatabase {
  readonly url: string;
  /** Drops the database; an embedded server goes, and its folder. */
  drop(): Promise<void>;
}

/** As some time after it was written: what PostgreSQL still has to write would fall into what is measured next. */
export const settle = async (pool: Pool): Promise<void> => {
  await pool.query('checkpoint').catch(() => undefined); // not everybody may
};

export const benchDatabase = async (): Promise<BenchDatabase> => {
  const own = process.env['DATABASE_URL'];
  if (own !== undefined && own !== '') return onServer(await openPostgres({ kind: 'server', url: own }), async () => undefined);
  const folder = await mkdtemp(join(tmpdir(), 'savoirs-bench-'));
  const removeFolder = async (): Promise<void> => {
    // As root the data lie elsewhere, and the folder says where.
    const home = await readFile(join(folder, 'postgres', 'location'), 'utf8').catch(() => '');
    for (const path of [home.trim(), folder]) if (path !== '') await rm(path, { recursive: true, force: true });
  };
  try {
    // A bench of fifty plain connections beside ours needs more than the default.
    const settings = { kind: 'embedded', folder, serverOptions: { max_connections: '200' } } as const;
    return await onServer(await openPostgres(settings, { notice: () => undefined }), removeFolder);
  } catch (error) {
    await removeFolder();
    throw error;
  }
};

const onServer = async (server: PostgresHandle, removeFolder: () => Promise<void>): Promise<BenchDatabase> => {
  const name = `bench_${randomBytes(8).toString('hex')}`;
  await once(server.connectionString, `create database ${name} template template0 encoding 'UTF8'`);
  const url = new URL(server.connectionString);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => {
      await once(server.connectionString, `drop database if exists ${name} with (force)`);
      await server.release();
      await removeFolder();
    },
  };
};

const once = async (connectionString: string, statement: string): Promise<void> => {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};
