import type { Pool } from 'pg';
import { buildsQuery, selectBuilds } from '../checkpoints/projection-table';
import type { AnyReadModel } from '../read-model';
import type { ReadPosition, TableOf } from '../read-store.port';
import { shapeOf, tableName, type ControlTables } from '../tables/table-names';
import { readPositionOf, SERVING_COLUMNS, tablesOf, type ServingBuild } from './serving-builds';

/** A switch of builds may come between two attempts. */
const ATTEMPTS = 3;
const UNDEFINED_TABLE = '42P01';

type Answered<Row> = Row & { readonly serving: readonly ServingBuild[] | null; readonly found: true | null };

const isSame = (one: readonly ServingBuild[], other: readonly ServingBuild[]): boolean =>
  one.map(tableName).join(' ') === other.map(tableName).join(' ');

/**
 * Reads rows and their position by one statement, which is a snapshot by itself, where `read` has a transaction of four more. Its tables
 * are those of the builds that served when it last asked: the statement tells which serve, and is asked again where others do.
 */
export class OneStatement {
  /** By the models’ names and versions. */
  private readonly serving = new Map<string, readonly ServingBuild[]>();

  constructor(
    private readonly pool: Pool,
    private readonly tables: ControlTables,
    private readonly schema: string,
  ) {}

  /** @throws NotActive */
  async read<Row>(
    models: readonly AnyReadModel[],
    statement: (table: TableOf) => string,
    values: readonly unknown[],
  ): Promise<{ readonly readPosition: ReadPosition; readonly rows: readonly Row[] }> {
    const versions = models.map(({ projection }) => tableName(projection)).join(' ');
    const names = models.map(({ projection }) => projection.name);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const expected = this.serving.get(versions) ?? (await this.servingNow(names));
      const answered = await this.ask<Row>(names, statement(tablesOf(expected, models, this.schema)), values);
      const serving = answered?.[0]?.serving ?? [];
      if (answered && isSame(serving, expected)) {
        this.serving.set(versions, expected);
        const rows = answered.filter(({ found }) => found).map(({ serving: _, found: __, ...row }) => row as Row);
        return { readPosition: readPositionOf(serving), rows };
      }
      this.serving.delete(versions);
    }
    throw new Error(`${names.join(', ')}: other builds served at each of ${ATTEMPTS} attempts`);
  }

  private servingNow(names: readonly string[]): Promise<readonly ServingBuild[]> {
    return selectBuilds(this.pool, this.tables, { columns: SERVING_COLUMNS, those: 'active', names });
  }

  /** Null where a table is gone that was known. */
  private async ask<Row>(
    names: readonly string[],
    statement: string,
    values: readonly unknown[],
  ): Promise<readonly Answered<Row>[] | null> {
    const [builds] = buildsQuery(this.tables, { columns: SERVING_COLUMNS, those: 'active', names });
    // the names come first: the statement's own values are counted from $2
    const text = `with serving as materialized (${builds})
      select (select json_agg(serving) from serving) as serving, told.*
      from (select) as once left join lateral (select true as found, asked.* from (${statement}) as asked) as told on true`;
    try {
      const { rows } = await this.pool.query<Answered<Row>>({ name: shapeOf(text), text, values: [names, ...values] });
      return rows;
    } catch (error) {
      if ((error as { code?: string }).code === UNDEFINED_TABLE) return null;
      throw error;
    }
  }
}
