import type { PoolClient } from 'pg';
import { canonicalJson } from '#kernel/canonical-json';
import type { CopyEncoder } from './copy-encoder';
import type { AnyReadModel, Column } from '../read-model';
import { arrayLiteral } from './array-literal';
import { quotedName, quotedTable, tableName } from './table-names';

/** The statements on one read model's table. */
export interface ReadModelTable {
  readonly create: readonly string[];
  readonly load: string;
  readonly keys: string;
  readonly upsert: string;
  readonly remove: string;
  /** The parameters of `upsert`: one array literal a column. */
  readonly values: (rows: readonly WrittenRow[]) => readonly string[];
  /** What `copy` writes into: table and columns. */
  readonly copied: string;
  /** Answers the length of the row's text. */
  readonly copyRow: (to: CopyEncoder, row: WrittenRow) => number;
}

export interface WrittenRow {
  readonly key: string;
  readonly row: unknown;
  /** Canonical JSON of `row`; undefined: not made yet. */
  readonly text: string | undefined;
}

/** Everything travels as text and is cast by the server: an array of arrays would be flattened. */
const asText = (value: ReturnType<Column<unknown>['of']>): string | null => {
  if (value === null || typeof value === 'string') return value;
  return typeof value === 'object' ? arrayLiteral(value) : String(value);
};

const wrong = (type: string): never => {
  throw new TypeError(`a column of type ${type} was given another value`);
};

/** As PostgreSQL holds each type: a value that is not of its column's type is refused here, as the server would. */
const BINARY: {
  readonly [Type in Column<unknown>['type']]: (to: CopyEncoder, value: NonNullable<ReturnType<Column<unknown>['of']>>) => void;
} = {
  text: (to, value) => to.text(asText(value) ?? ''),
  integer: (to, value) => (Number.isInteger(value) ? to.int4(Number(value)) : wrong('integer')),
  bigint: (to, value) => (Number.isInteger(value) ? to.int8(BigInt(Number(value))) : wrong('bigint')),
  boolean: (to, value) => (typeof value === 'boolean' ? to.bool(value) : wrong('boolean')),
  'double precision': (to, value) => (typeof value === 'number' ? to.float8(value) : wrong('double precision')),
  'text[]': (to, value) => (typeof value === 'object' ? to.textArray(value) : wrong('text[]')),
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
    keys: `select key from ${table}`,
    upsert:
      `insert into ${table} (${all.join(', ')}) select key, row${columns.map(([, { type }], i) => `, ${names[i]}::${type}`).join('')}` +
      ` from unnest(${all.map((_, i) => `$${i + 1}::text[]`).join(', ')}) as given (${all.join(', ')})` +
      ` on conflict (key) do update set ${all
        .slice(1)
        .map((name) => `${name} = excluded.${name}`)
        .join(', ')}`,
    remove: `delete from ${table} where key = any($1)`,
    values: (rows) => [
      arrayLiteral(rows.map(({ key }) => key)),
      arrayLiteral(rows.map(({ row, text }) => text ?? canonicalJson(row))),
      ...columns.map(([, { of }]) => arrayLiteral(rows.map(({ key, row }) => asText(of(row, key))))),
    ],
    copied: `${table} (${all.join(', ')})`,
    copyRow: (to, { key, row, text }) => {
      to.row(all.length);
      to.text(key);
      const length = text === undefined ? to.canonicalJson(row) : to.text(text);
      for (const [, { type, of }] of columns) {
        const value = of(row, key);
        if (value === null) to.null();
        else BINARY[type](to, value);
      }
      return length;
    },
  };
};

/** Two models with one table name, or columns that bear the table's own names, are refused before anything is made. */
export const createTable = async (client: PoolClient, table: ReadModelTable): Promise<void> => {
  for (const statement of table.create) await client.query(statement);
};

/** What may not change under the same version. */
export const shapeText = (model: AnyReadModel): string =>
  JSON.stringify([tableName(model.projection), Object.entries(model.columns).map(([name, { type }]) => [name, type]), model.indexes]);
