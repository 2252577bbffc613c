import type { Pool, PoolClient } from 'pg';
import type { Position } from '#event-store/log.port';
import { isSame, selectBuilds } from '../checkpoints/projection-table';
import type { AnyReadModel } from '../read-model';
import { inTransaction } from '#postgres/transaction';
import { controlTables, quotedName, quotedTable, type Built } from '../tables/table-names';

export interface Compared {
  readonly name: string;
  readonly from: { readonly version: number; readonly build: number };
  readonly to: { readonly version: number; readonly build: number };
  /** Where both stood. */
  readonly position: Position;
  readonly rows: { readonly from: number; readonly to: number };
  /** Keys that only one of them has. */
  readonly onlyFrom: number;
  readonly onlyTo: number;
  /** Rows whose shared fields differ, though no word of the projection says so. */
  readonly differing: number;
  /** Fields and columns that both have and that were compared. */
  readonly compared: readonly string[];
  /** That only one of them has: not compared. */
  readonly foreign: readonly string[];
  /** What the projection says about its differences. */
  readonly declared: { readonly fields: readonly string[]; readonly rows: boolean; readonly because: string } | null;
  /** Some keys that differ, to look at: opaque ids. */
  readonly examples: readonly string[];
  /** Nothing differs but what is declared. */
  readonly agrees: boolean;
}

/** Both builds must stand at one position: followed in one pass they do after each batch. */
export class NotAtOnePosition extends Error {
  constructor(name: string) {
    super(`two builds of ${name} do not stand at one position yet`);
    this.name = 'NotAtOnePosition';
  }
}

interface Pair {
  readonly from: Required<Built>;
  readonly to: Required<Built>;
  /** This code's model of the newer of both; its word counts. */
  readonly model: AnyReadModel;
}

const EXAMPLES = 5;
/** One processor is enough for it: the others serve people meanwhile. */
const BEGIN = 'begin isolation level repeatable read read only; set local max_parallel_workers_per_gather to 0';

/**
 * Compares two builds row by row at one position, in one snapshot: nobody waits for it, and it waits for nobody.
 * Fields of a row and columns that both versions have count; fields that the model declares as different do not.
 * @throws NotAtOnePosition: ask again
 */
export const compare = (pool: Pool, schema: string, pair: Pair): Promise<Compared> =>
  inTransaction(pool, BEGIN, async (client) => {
    const position = await positionOfBoth(client, schema, pair);
    const declared = pair.from.version === pair.to.version ? null : (pair.model.differs ?? null);
    const expected = new Set(declared?.fields ?? []);
    const [mine, theirs] = [await fieldsOf(client, pair.from, schema), await fieldsOf(client, pair.to, schema)];
    const shared = mine.filter((field) => theirs.includes(field) && !expected.has(field));
    const whole = [...mine, ...theirs].every((field) => shared.includes(field));
    const found = await differences(client, schema, { ...pair, shared, whole });
    const { version, build } = pair.from;
    return {
      name: pair.from.name,
      from: { version, build },
      to: { version: pair.to.version, build: pair.to.build },
      position,
      rows: { from: found.from, to: found.to },
      onlyFrom: found.onlyFrom,
      onlyTo: found.onlyTo,
      differing: found.differing,
      compared: shared,
      foreign: [...new Set([...mine, ...theirs])].filter((field) => !(mine.includes(field) && theirs.includes(field))).sort(),
      declared: declared && { fields: declared.fields ?? [], rows: declared.rows ?? false, because: declared.because },
      examples: found.examples,
      agrees: found.differing === 0 && ((declared?.rows ?? false) || found.onlyFrom + found.onlyTo === 0),
    };
  });

const positionOfBoth = async (client: PoolClient, schema: string, { from, to }: Pair): Promise<Position> => {
  const columns = ['name', 'version', 'build', 'position'] as const;
  const rows = await selectBuilds(client, controlTables(schema), { columns, those: 'all', names: [from.name] });
  const [one, other] = rows.filter((row) => isSame(row, from) || isSame(row, to));
  if (!one || one.position !== other?.position) throw new NotAtOnePosition(from.name);
  return one.position;
};

/** Columns, and first-level fields of the rows: `row.status` is the field, `status` the column. */
const fieldsOf = async (client: PoolClient, of: Built, schema: string): Promise<readonly string[]> => {
  const columns = await client.query<{ field: string }>(
    `select attname as field from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attname not in ('key', 'row') order by 1`,
    [quotedTable(of, schema)],
  );
  const fields = await client.query<{ field: string }>(
    `select distinct 'row.' || field as field from ${quotedTable(of, schema)}, json_object_keys(row::json) field order by 1`,
  );
  return [...columns.rows, ...fields.rows].map(({ field }) => field);
};

interface Found {
  readonly from: number;
  readonly to: number;
  readonly onlyFrom: number;
  readonly onlyTo: number;
  readonly differing: number;
  readonly examples: readonly string[];
}

interface Shared extends Pair {
  readonly shared: readonly string[];
  /** Neither has anything else: a row's text, which has one form for one value, is compared as it is. */
  readonly whole: boolean;
}

const differences = async (client: PoolClient, schema: string, { from, to, shared, whole }: Shared): Promise<Found> => {
  const fields = shared.filter((field) => field.startsWith('row.')).map((field) => field.slice('row.'.length));
  const columns = shared.filter((field) => !field.startsWith('row.'));
  // A row is a hash over what both have; text of jsonb has one form for one value.
  const rowText = whole
    ? 'row'
    : `coalesce((select jsonb_object_agg(k, v) from jsonb_each(row::jsonb) e(k, v) where k = any($1))::text, '')`;
  const ofColumns = `jsonb_build_array(${columns.map(quotedName).join(', ')})::text`;
  const hashed = (of: Built): string => `
    select key, hashtextextended(${ofColumns}, hashtextextended(${rowText}, 0)) as hash from ${quotedTable(of, schema)}`;
  const { rows } = await client.query<Found>(
    `with both_sides as (
       select coalesce(f.key, t.key) as key, f.key is not null as is_from, t.key is not null as is_to, f.hash is distinct from t.hash as differs
       from (${hashed(from)}) f full join (${hashed(to)}) t on f.key = t.key)
     select count(*) filter (where is_from)::int as "from", count(*) filter (where is_to)::int as "to",
       count(*) filter (where not is_to)::int as "onlyFrom", count(*) filter (where not is_from)::int as "onlyTo",
       count(*) filter (where is_from and is_to and differs)::int as differing,
       coalesce((select array_agg(key order by key) from (select key from both_sides where differs order by key limit ${EXAMPLES}) as told), '{}') as examples
     from both_sides`,
    whole ? [] : [fields],
  );
  return rows[0]!;
};
