import { mkdtempSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { openPostgres, type PostgresHandle } from './connect';
import { rewriteTables } from './rewrite-tables';

jest.setTimeout(120_000);

describe('a rewrite beside the server’s own work', () => {
  const folder = mkdtempSync(join(tmpdir(), 'savoirs-rewrite-'));
  let server: PostgresHandle;
  let pool: Pool;
  beforeAll(async () => {
    await chmod(folder, 0o755); // the server's own user finds its data in it
    const serverOptions = { fsync: 'off', autovacuum_naptime: '1s' };
    server = await openPostgres({ kind: 'embedded', folder, serverOptions }, { notice: () => undefined });
    pool = server.pool({ max: 5 });
  });
  afterAll(async () => {
    await server.release();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The server analyses this table by itself, and takes long: for each row it computes what the index is of. */
  const slowlyAnalysed = `
    create function slow(n integer) returns integer immutable language plpgsql
      as 'begin perform pg_catalog.pg_sleep(case when n > 0 then 0.01 else 0 end); return n; end';
    create table analysed (n integer) with (autovacuum_analyze_threshold = 10, autovacuum_analyze_scale_factor = 0, autovacuum_vacuum_insert_threshold = -1);
    insert into analysed select 0;
    create index on analysed (slow(n));`;
  const isAnalysing = async (): Promise<boolean> => {
    const at = `select from pg_stat_activity where backend_type = 'autovacuum worker' and query like 'autovacuum: ANALYZE public.analysed%'`;
    return (await pool.query(at)).rowCount === 1;
  };
  const deadRows = async (table: string): Promise<number> => {
    const { rows } = await pool.query<{ dead: string }>(`select dead_tuple_count as dead from pgstattuple($1)`, [table]);
    return Number(rows[0]!.dead);
  };

  it('does not keep a deleted row that the server’s own analysis of another table still sees (R19)', async () => {
    await pool.query(slowlyAnalysed);
    await pool.query("create extension pgstattuple; create table told (text text); insert into told values ('ce qui doit partir')");
    await pool.query('insert into analysed select 1 from generate_series(1, 300)');
    while (!(await isAnalysing())) await sleep(20);
    await pool.query('delete from told');
    while (!(await rewriteTables(pool, { tables: ['told'] }))) await sleep(20);
    expect(await deadRows('told')).toBe(0);
  });

  /** A pool to which no session that reads is shown, as none of a standby is. */
  const blind = (): Pool => {
    const other = server.pool({ max: 1 });
    other.on('connect', (client) => {
      const query = client.query.bind(client) as (text: string, values?: readonly unknown[]) => Promise<unknown>;
      const unseeing = (text: string, values?: readonly unknown[]): Promise<unknown> =>
        text.includes('pg_stat_activity') ? query('select') : query(text, values);
      Object.assign(client, { query: unseeing });
    });
    return other;
  };

  it('is to be tried again where the server says that it had to keep a row (R19)', async () => {
    await pool.query(`create table read (text text); insert into read values ('ce qui doit partir')`);
    const reader = await pool.connect();
    try {
      await reader.query('begin isolation level repeatable read; select 1');
      await pool.query('delete from read');
      const unseeing = blind();
      expect(await rewriteTables(unseeing, { tables: ['read'] })).toBe(false);
      expect(await deadRows('read')).toBe(1);
      await reader.query('commit');
      while (!(await rewriteTables(unseeing, { tables: ['read'] }))) await sleep(20);
      expect(await deadRows('read')).toBe(0);
    } finally {
      reader.release();
    }
  });
});
