import type { PoolClient } from 'pg';
import type { AnyReadModel, Column } from './read-model';
import { wireArray } from './wire-array';
import { quotedName, quotedTable, tableName } from './schema';

/** The statements on one read model's table. */
export interface ReadModelTable {
  readonly create: readonly string[];
  readonly load: string;
  readonly upsert: string;
  readonly remove: string;
  /** The parameters of `upsert`: one array literal a column. */
  readonly values: (rows: readonly { readonly key: string; readonly row: unknown; readonly text: string }[]) => readonly string[];
}

/** Everything travels as text and is cast by the server: an array of arrays would be flattened. */
const asText = (value: ReturnType<Column<unknown>['of']>): string | null => {
  if (value === null || typeof value === 'string') return value;
  return typeof value === 'object' ? wireArray(value) : String(value);
};

export const readModelTable = (model: AnyReadModel, schema: string, build = 1): ReadModelTable => {
  const { name, version } = model.projection;
  const table = quotedTable({ name, version, build }, schema);
  const columns = Object.entries(model.columns);
  const names = columns.map(([name]) => quotedName(name));
  const all = ['key', 'row', ...names];
  return {
    create: [
      `create table ${table} (key text collate "C" primary key, row text not null${columns.map(([, { type }], i) => `, ${names[i]} ${type}`).join('')})`,
      ...model.indexes.map((index) => `create index on ${table} ${index}`),
    ],
    load: `select key, row from ${table} where key = any($1)`,
    upsert:
      `insert into ${table} (${all.join(', ')}) select key, row${columns.map(([, { type }], i) => `, ${names[i]}::${type}`).join('')}` +
      ` from unnest(${all.map((_, i) => `$${i + 1}::text[]`).join(', ')}) as given (${all.join(', ')})` +
      ` on conflict (key) do update set ${all
        .slice(1)
        .map((name) => `${name} = excluded.${name}`)
        .join(', ')}`,
    remove: `delete from ${table} where key = any($1)`,
    values: (rows) => [
      wireArray(rows.map(({ key }) => key)),
      wireArray(rows.map(({ text }) => text)),
      ...columns.map(([, { of }]) => wireArray(rows.map(({ key, row }) => asText(of(row, key))))),
    ],
  };
};

/** Two models with one table name, or columns that bear the table's own names, are refused before anything is made. */
export const createTable = async (client: PoolClient, table: ReadModelTable): Promise<void> => {
  for (const statement of table.create) await client.query(statement);
};

/** What may not change under the same version. */
export const shapeText = (model: AnyReadModel): string =>
  JSON.stringify([tableName(model.projection), Object.entries(model.columns).map(([name, { type }]) => [name, type]), model.indexes]);
