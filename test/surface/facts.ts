import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { refusalRules } from '#application/dispatch/refusals';
import { migrateTrees } from '#audit/postgres/tree-tables';
import { migrateLog } from '#event-store/postgres/log-schema';
import { migrateKeys } from '#keys/keys.tables';
import { exitCodes } from '#postgres/start-failure';
import { migrateReadStore } from '#read-store/tables/migrations';

/** Facts by what they are about: `POST /networks/{networkId}/offers` has `header If-Match: string`, and more. */
export type Surface = ReadonlyMap<string, readonly string[]>;
type Part = readonly [about: string, facts: readonly string[]];

interface Schema {
  readonly [key: string]: unknown;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}
interface Body {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
  readonly headers?: Readonly<Record<string, unknown>>;
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: Schema }[];
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, Body>>;
  readonly security?: readonly unknown[];
  readonly 'x-savoirs-roles'?: readonly string[];
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const PROSE = ['description', 'title', 'example', 'examples', 'properties', 'required', 'items'];

/** What a schema says of one value, its fields apart. */
const own = (schema: Schema): string => {
  if (schema.$ref !== undefined) return schema.$ref.replace('#/components/schemas/', '');
  const said = Object.entries(schema).filter(([key]) => !PROSE.includes(key));
  return said
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => (key === 'type' ? String(value) : `${key} ${JSON.stringify(value)}`))
    .join(', ');
};

const fields = (path: string, schema: Schema): readonly string[] => [
  `${path}: ${own(schema)}`,
  ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    fields(`${path}.${name}${schema.required?.includes(name) === true ? '' : '?'}`, field),
  ),
  ...(schema.items === undefined ? [] : fields(`${path}[]`, schema.items)),
];

const body = (path: string, { content = {}, headers = {} }: Body): readonly string[] => [
  ...Object.entries(content).flatMap(([type, { schema }]) => fields(`${path} ${type} `, schema ?? {})),
  ...Object.keys(headers).map((name) => `${path} header ${name}`),
];

const isProblem = ({ content = {} }: Body): boolean => 'application/problem+json' in content;

const operationFacts = (operation: Operation): readonly string[] => [
  `operation ${operation.operationId}`,
  `roles ${(operation['x-savoirs-roles'] ?? []).join(' ')}`,
  `security ${JSON.stringify(operation.security ?? [])}`,
  ...(operation.parameters ?? []).map((of) => `${of.in} ${of.name}${of.required === true ? '' : '?'}: ${own(of.schema)}`),
  ...body('body', operation.requestBody ?? {}),
  ...Object.entries(operation.responses).flatMap(([status, answer]) =>
    isProblem(answer) ? [`problem ${status}`] : [`answer ${status}`, ...body(String(status), answer)],
  ),
];

/** What a client of the HTTP API can rely on: no wording, no order. */
export const openApiParts = (document: Document): readonly Part[] => [
  ...Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]): Part => [`${method.toUpperCase()} ${path}`, operationFacts(operation)]),
  ),
  ...Object.entries(document.components.schemas).map(([name, schema]): Part => [`schema ${name}`, fields('', schema)]),
];

/** Each event's version and fields, and its stream, as the catalogue (generated from the schemas that guard the log) says them. */
export const eventParts = (catalogue: string): readonly Part[] =>
  catalogue
    .split(/^(?=###? )/m)
    .slice(1)
    .map((chapter) => {
      const lines = chapter.split('\n');
      const facts = lines.filter((line) => line.startsWith('| `') || line.startsWith('Stream'));
      const version = /^Version \d+/m.exec(chapter);
      return [`event ${lines[0]!.replace(/^#+ /, '')}`, [...(version ? [version[0]] : []), ...facts]];
    });

/** The names and defaults of settings, in the table of `docs/settings.md`. */
export const settingParts = (text: string): readonly Part[] =>
  [...text.matchAll(/^\| (`[A-Z_]+`) +\| (.*?) +\| /gm)].map(([, name, value]) => [`setting ${name}`, [`default ${value}`]]);

/** The names of metrics, from where they are defined. */
export const metricParts = (source: string): readonly Part[] =>
  [...source.matchAll(/'(savoirs_[a-z_]+)'/g)].map(([, name]) => [`metric ${name}`, ['is told']]);

const SCHEMAS = ['log', 'keys', 'read', 'audit'];

/** As PostgreSQL tells them. A table of Kysely's own names the migrations that ran: it is told by its columns, not its rows. */
const SQL = `
  select n.nspname || '.' || c.relname as about, 'column ' || a.attname || ' ' || format_type(a.atttypid, null)
      || case when a.attnotnull then ' not null' else '' end
      || case a.attidentity when 'a' then ' identity always' when 'd' then ' identity' else '' end
      || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
      || coalesce(' collate ' || nullif(l.collname, 'default'), '')
      || coalesce(' statistics ' || nullif(a.attstattarget, -1), '')
      || case when a.attcompression <> '' then ' compression ' || a.attcompression::text else '' end as fact
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum left join pg_collation l on l.oid = a.attcollation
    where n.nspname = any($1) and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
  union all
  select schemaname || '.' || tablename, indexdef from pg_indexes where schemaname = any($1)
  union all
  select n.nspname || '.' || c.relname, 'constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any($1) and k.contype <> 'n'
  union all
  select n.nspname || '.' || c.relname, c.relkind::text || ' with ' || coalesce(array_to_string(c.reloptions, ', '), 'nothing') || ' persistence ' || c.relpersistence::text
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = any($1) and c.relkind in ('r', 'v', 'm', 'S')
  union all
  select n.nspname || '.' || c.relname, 'trigger ' || pg_get_triggerdef(t.oid)
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any($1) and not t.tgisinternal
  union all
  select n.nspname || '.' || p.proname || '()', 'function (' || pg_get_function_arguments(p.oid) || ') returns ' || pg_get_function_result(p.oid)
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = any($1)`;

const byAbout = <T>(rows: readonly T[], about: (row: T) => string, fact: (row: T) => string): readonly Part[] => [
  ...rows.reduce((parts, row) => parts.set(about(row), [...(parts.get(about(row)) ?? []), fact(row)]), new Map<string, string[]>()),
];

/** The schemas `log`, `keys`, `read` and `audit`, as the migrations leave them in an empty database. */
export const sqlParts = async (pool: Pool): Promise<readonly Part[]> => {
  await migrateLog(pool);
  await migrateKeys(pool);
  await migrateReadStore(pool);
  await migrateTrees(pool);
  const { rows } = await pool.query<{ about: string; fact: string }>(SQL, [SCHEMAS]);
  return byAbout(
    rows,
    ({ about }) => `sql ${about}`,
    ({ fact }) => fact,
  );
};

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Lines are added to it, never changed. */
const RECORDED = ['libs', 'event-store', 'codec', 'fixtures', 'recorded-log.jsonl'];

/** All that others rely on: routes, events, tables, refusals, exit codes, settings, and a log that was recorded. */
export const surfaceOf = async (root: string, pool: Pool): Promise<Surface> => {
  const read = (...path: readonly string[]): Buffer => readFileSync(join(root, ...path));
  const parts: readonly Part[] = [
    ...openApiParts(JSON.parse(read('docs', 'openapi.json').toString()) as Document),
    ...eventParts(read('docs', 'event-catalogue.md').toString()),
    ...settingParts(read('docs', 'settings.md').toString()),
    ...metricParts(read('apps', 'telemetry', 'metrics.ts').toString()),
    ...Object.entries(refusalRules).map(([code, rule]): Part => [`refusal ${code}`, [`rule ${rule ?? 'none'}`]]),
    ...Object.entries(exitCodes).map(([code, number]): Part => [`exit code ${code}`, [String(number)]]),
    [
      'recorded log',
      read(...RECORDED)
        .toString()
        .trimEnd()
        .split('\n')
        .map((line) => `line ${digest(line)}`),
    ],
    ...(await sqlParts(pool)),
  ];
  return new Map(parts);
};

/** One fact a line, below what it is about: sorted, so that two of these texts can be compared by eye. */
export const surfaceText = (surface: Surface): string =>
  [...surface]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([about, facts]) =>
        `${about}\n${[...new Set(facts)]
          .sort()
          .map((fact) => `  ${fact}\n`)
          .join('')}`,
    )
    .join('');

/** @returns the facts of {@link surfaceText}'s lines */
export const readSurface = (text: string): Surface =>
  new Map(
    text
      .split(/^(?=\S)/m)
      .filter((part) => part !== '')
      .map((part) => {
        const [about, ...facts] = part.trimEnd().split('\n');
        return [about!, facts.map((fact) => fact.slice(2))];
      }),
  );
