import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { isSqlState } from '#postgres/sql-state';
import { BuildRefused } from '../builds/cut-over';
import { selectBuilds } from '../checkpoints/projection-table';
import { inTransaction } from '#postgres/transaction';
import { controlTables, quotedName, quotedTable, READ_SCHEMA, type Built } from '../tables/table-names';

/** A column of a view: its name, type and meaning are a promise to whoever built a report on it. */
export interface ReportColumn {
  readonly name: string;
  readonly type: 'text' | 'integer' | 'bigint';
  readonly says: string;
}

/** A view for other programs: aggregates of one read model, whichever build of it serves. */
export interface ReportView {
  readonly name: string;
  readonly says: string;
  /** The read model's name. */
  readonly of: string;
  readonly columns: readonly ReportColumn[];
  /** By the read model's version: the query that gives these columns, by name, from its table. */
  readonly queries: Readonly<Record<number, (table: string) => string>>;
}

export const REPORT_ROLE = 'savoirs_report';

const reportSchema = (schema: string): string => (schema === READ_SCHEMA ? 'report' : `${schema}_report`);
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Statements that make a view over one build; over none, a view without rows. */
const statementsOf = (view: ReportView, schema: string, active: Required<Built> | undefined): readonly string[] => {
  const name = `${quotedName(reportSchema(schema))}.${quotedName(view.name)}`;
  const query = active && view.queries[active.version]?.(quotedTable(active, schema));
  const columns = view.columns.map(({ name: column, type }) => `${query ? quotedName(column) : 'null'}::${type} as ${quotedName(column)}`);
  return [
    `create or replace view ${name} with (security_barrier) as select ${columns.join(', ')} ${query ? `from (${query}) as answered` : 'where false'}`,
    `comment on view ${name} is ${literal(view.says)}`,
    ...view.columns.map(({ name: column, says }) => `comment on column ${name}.${quotedName(column)} is ${literal(says)}`),
  ];
};

/** Brings one view to the active build. Answers whether it had to. */
const refreshOne = async (client: PoolClient, schema: string, view: ReportView, active: Required<Built> | undefined): Promise<boolean> => {
  const { reportView } = controlTables(schema);
  const statements = statementsOf(view, schema, active);
  const defined = createHash('sha256').update(statements.join('\n')).digest('hex');
  const name = `${quotedName(reportSchema(schema))}.${quotedName(view.name)}`;
  const { rows } = await client.query(`select 1 from ${reportView} where name = $1 and defined = $2 and to_regclass($3) is not null`, [
    view.name,
    defined,
    name,
  ]);
  if (rows.length > 0) return false;
  for (const statement of statements) await client.query(statement);
  await client.query(
    `insert into ${reportView} (name, defined) values ($1, $2) on conflict (name) do update set defined = excluded.defined`,
    [view.name, defined],
  );
  return true;
};

/** Whoever runs a long report is not waited for longer: who switches holds what the projectors need. */
const LOCK_MS = 100;

/**
 * Lets every view follow the build that is active now, in the transaction that made it active: a report never reads a build that is
 * retired. A view that follows already is not touched; where no views were ever made, none are.
 * @throws BuildRefused `in-use` where a report is read at this moment: the switch is to be tried again
 */
export const refreshReportViews = async (
  client: PoolClient,
  views: readonly ReportView[],
  schema: string = READ_SCHEMA,
): Promise<readonly string[]> => {
  const { rows } = await client.query<{ made: boolean }>('select to_regnamespace($1) is not null as made', [
    quotedName(reportSchema(schema)),
  ]);
  if (!rows[0]!.made) return [];
  const active = await selectBuilds(client, controlTables(schema), { columns: ['name', 'version', 'build'], those: 'active' });
  const changed: string[] = [];
  await client.query(`set local lock_timeout = ${LOCK_MS}`);
  try {
    for (const view of views)
      if (
        await refreshOne(
          client,
          schema,
          view,
          active.find(({ name }) => name === view.of),
        )
      )
        changed.push(view.name);
  } catch (fault) {
    if (isSqlState(fault, 'lockNotAvailable'))
      throw new BuildRefused('in-use', 'A report is read from the reporting views at this moment: ask again');
    throw fault;
  }
  await client.query('set local lock_timeout to default');
  return changed;
};

export interface PreparingReports {
  readonly pool: Pool;
  readonly views: readonly ReportView[];
  readonly warn: (sentence: string) => void;
  readonly schema?: string;
}

/** Roles belong to the whole server: another database may have brought it, and another starter may bring it now. */
const makeRole = async (pool: Pool, warn: PreparingReports['warn']): Promise<void> => {
  const { rows } = await pool.query('select 1 from pg_roles where rolname = $1', [REPORT_ROLE]);
  if (rows.length > 0) return;
  try {
    await pool.query(`create role ${REPORT_ROLE} nologin`);
  } catch (fault) {
    if (isSqlState(fault, 'notPermitted'))
      return warn(
        `The role ${REPORT_ROLE} for reports is missing, and this database user may not make it: let an administrator run "create role ${REPORT_ROLE} nologin", then start again.`,
      );
    if (!isSqlState(fault, 'alreadyThere', 'uniqueViolation')) throw fault;
  }
};

/** Read access to the views, and to nothing else. */
const grant = async (client: PoolClient, schema: string): Promise<void> => {
  const { rows } = await client.query(
    `select 1 from pg_roles where rolname = $1 and not (
       has_schema_privilege(rolname, $2, 'usage') and not exists (
         select from pg_class c where c.relnamespace = $3::regnamespace and c.relkind = 'v' and not has_table_privilege(rolname, c.oid, 'select')))`,
    [REPORT_ROLE, reportSchema(schema), quotedName(reportSchema(schema))],
  );
  if (rows.length === 0) return;
  await client.query(`grant usage on schema ${quotedName(reportSchema(schema))} to ${REPORT_ROLE}`);
  await client.query(`grant select on all tables in schema ${quotedName(reportSchema(schema))} to ${REPORT_ROLE}`);
};

/**
 * Makes the schema of the reporting views, the views, and the role that may read them; needs the read tables. What is there already
 * stays as it is.
 */
export const prepareReportViews = async ({ pool, views, warn, schema = READ_SCHEMA }: PreparingReports): Promise<void> => {
  await makeRole(pool, warn);
  try {
    await inTransaction(pool, 'begin', async (client) => {
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`savoirs report views ${schema}`]);
      await client.query(`create schema if not exists ${quotedName(reportSchema(schema))}`);
      await refreshReportViews(client, views, schema);
      await grant(client, schema);
    });
  } catch (fault) {
    if (!(fault instanceof BuildRefused)) throw fault;
    warn('The reporting views are being read and stay as they were: the next start brings them up to date.');
  }
};
