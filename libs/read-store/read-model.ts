import type { Projection } from '#kernel/projection';

type AnyEvent = { readonly type: string; readonly data: unknown };

/** A column beside `key` and `row`, computed from the row, to filter, sort and join by. */
export interface Column<Row> {
  readonly type: 'text' | 'integer' | 'bigint' | 'boolean' | 'double precision' | 'text[]';
  readonly of: (row: Row, key: string) => string | number | boolean | readonly string[] | null;
}

/**
 * A projection with the table it owns: `read.<name>_v<version> (key text primary key, row text, …columns)`.
 * `row` is canonical JSON: what is compared, hashed and rebuilt.
 */
export interface ReadModel<Event extends AnyEvent, Row> {
  readonly projection: Projection<Event, Row>;
  readonly columns: { readonly [column: string]: Column<Row> };
  /** Each the part after `ON table`, as in `(network_id, topic_uri, key)` or `USING gin (tags)`. */
  readonly indexes: readonly string[];
}

/** One among others: what each folds and holds is its own affair. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a list mixes event and row types that no union can name
export type AnyReadModel = ReadModel<any, any>;
