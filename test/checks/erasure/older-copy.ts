import type { Pool } from 'pg';

/** What an older copy of the keys brings back, and the clear texts that lie beside them. */
const TABLES = ['keys.data_key', 'keys.identity', 'keys.erasure', 'read.personal_text'];

export type OlderCopy = ReadonlyMap<string, { readonly columns: string; readonly rows: string }>;

const columnsOf = async (pool: Pool, table: string): Promise<string> => {
  const { rows } = await pool.query<{ names: string }>(
    `select string_agg(attname, ', ' order by attnum) as names from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and attgenerated = '' and not attisdropped`,
    [table],
  );
  return rows[0]!.names;
};

/** In this process's memory: nothing of it lies in a file. */
export const copyTables = async (pool: Pool): Promise<OlderCopy> => {
  const copy = new Map<string, { columns: string; rows: string }>();
  for (const table of TABLES) {
    const columns = await columnsOf(pool, table);
    const { rows } = await pool.query<{ all: string }>(
      `select coalesce(json_agg(t), '[]')::text as all from (select ${columns} from ${table}) t`,
    );
    copy.set(table, { columns, rows: rows[0]!.all });
  }
  return copy;
};

/** As any tool does it that knows nothing of us, while no process runs. */
export const bringBack = async (pool: Pool, copy: OlderCopy): Promise<void> => {
  for (const [table, { columns, rows }] of copy) {
    await pool.query(`delete from ${table}`);
    await pool.query(
      `insert into ${table} (${columns}) overriding system value select ${columns} from json_populate_recordset(null::${table}, $1)`,
      [rows],
    );
  }
};
