import { Pool } from 'pg';
import { migrateTrees } from '#audit/postgres/tree-tables';
import { benchDatabase } from '#bench/runner/bench-database';
import { migrateLog } from '#event-store/postgres/log-schema';
import { migrateKeys } from '#keys/keys.tables';
import { readModels } from '#projections/read-models';
import { migrateReadStore } from '#read-store/tables/migrations';
import { tableName } from '#read-store/tables/table-names';
import { migrateSignIn } from '#sign-in/postgres-sign-in-sessions';

interface Column {
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  /** Of the primary key, or of one that is unique. */
  readonly marks: readonly ('PK' | 'UK')[];
}

/** In this order they are told. */
const SCHEMAS = {
  log: 'What happened, and nothing else.',
  keys: 'Who is who, and what texts are encrypted under.',
  sign_in: 'Who is signed in at the web site: what their browser’s cookie opens. No part of a backup.',
  audit: 'The log as a tree that others can check. No part of a backup: it is made anew from the log.',
  read: '',
} as const;
type Schema = keyof typeof SCHEMAS;

/** Tables that only count the steps of their own schema. */
const COUNTERS = ['migrations', 'step', 'migration', 'migration_lock'];

const COLUMNS = `
  select n.nspname as schema, c.relname as table, a.attname as name, format_type(a.atttypid, null) as type, not a.attnotnull as nullable,
    array_remove(array[
      case when exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary and a.attnum = any(i.indkey)) then 'PK' end,
      case when exists (select from pg_index i where i.indrelid = c.oid and i.indisunique and not i.indisprimary and i.indpred is null
        and a.attnum = any(i.indkey)) then 'UK' end], null) as marks
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
  where n.nspname = any($1) and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and c.relname <> all($2)
  order by n.nspname, c.relname, a.attnum`;

/** As the migrations leave them in an empty database: on `DATABASE_URL`'s server, or on an embedded one. */
export const columnsOf = async (url: string): Promise<readonly Column[]> => {
  const pool = new Pool({ connectionString: url });
  try {
    await migrateLog(pool);
    await migrateKeys(pool);
    await migrateSignIn(pool);
    await migrateReadStore(pool);
    await migrateTrees(pool);
    const { rows } = await pool.query<Column>(COLUMNS, [Object.keys(SCHEMAS), COUNTERS]);
    return rows;
  } finally {
    await pool.end();
  }
};

/** Mermaid's types are one word. */
const typeWord = (type: string): string =>
  type
    .replace('timestamp with time zone', 'timestamptz')
    .replace('double precision', 'float8')
    .replaceAll('[]', '-list')
    .replaceAll(' ', '_');

const entity = (table: string, columns: readonly Column[]): readonly string[] => [
  `  ${table} {`,
  ...columns.map(({ type, name, marks, nullable }) =>
    [`    ${typeWord(type)} ${name}`, marks.join(', '), nullable ? '"may be null"' : ''].filter((part) => part !== '').join(' '),
  ),
  '  }',
];

/** There are no foreign keys: `projection` and `process` name the row of the list of builds by its `id`. */
const links = (columns: readonly Column[]): readonly string[] =>
  columns
    .filter(({ schema, type, name }) => schema === 'read' && type === 'integer' && (name === 'projection' || name === 'process'))
    .map(({ table, name }) => `  projection ||--o{ ${table} : "${name}"`);

const schemaText = (schema: Schema, all: readonly Column[]): readonly string[] => {
  const columns = all.filter((column) => column.schema === schema);
  const tables = [...new Set(columns.map(({ table }) => table))];
  return [
    `### \`${schema}\``,
    '',
    ...(SCHEMAS[schema] === '' ? [] : [SCHEMAS[schema], '']),
    '```mermaid',
    'erDiagram',
    ...links(columns),
    ...tables.flatMap((table) =>
      entity(
        table,
        columns.filter((column) => column.table === table),
      ),
    ),
    '```',
    '',
  ];
};

/** Each read model's own table, beside the control tables. */
const readModelRows = (): readonly string[] =>
  readModels.map((model) => {
    const columns = Object.entries(model.columns).map(([name, { type }]) => `\`${name}\` ${type}`);
    const poison = model.onPoison === 'stop' ? 'stops' : 'parks';
    return `| \`read.${tableName(model.projection)}\` | ${columns.join(', ')} | ${poison} | ${model.keepsChanges ? 'yes' : ''} |`;
  });

export const tablesText = (columns: readonly Column[]): string =>
  [
    ...(Object.keys(SCHEMAS) as readonly Schema[]).flatMap((schema) => schemaText(schema, columns)),
    'Beside them each build of a read model has a table of its own: `key`, `row` (canonical JSON), and the columns that queries filter, sort and join by.',
    "A second build of the same version has `_b2` at its name's end. The last column says whose changes are kept for feeds of rows.",
    '',
    '| Table | Its columns | An event that cannot be folded | Keeps changes |',
    '| --- | --- | --- | --- |',
    ...readModelRows(),
    '',
  ].join('\n');

export const tables = async (): Promise<string> => {
  const database = await benchDatabase();
  try {
    return tablesText(await columnsOf(database.url));
  } finally {
    await database.drop();
  }
};
