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
  /**
   * What follows when folding an event throws: `park` (the default) keeps that event, and later ones of the same row, for an operator,
   * and goes on with the rest; `stop` stands still until the fold is mended.
   */
  readonly onPoison?: 'park' | 'stop';
  /** The version before, while its code is kept in the projection's folder: it serves and follows until this one takes over. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- events and rows of the version before may have other types
  readonly previous?: ReadModel<any, any>;
  /** How rows of this version may differ from those of the version before: whatever else differs stops the switch. */
  readonly differs?: {
    /** Fields of the row and columns whose values are others by design. A field that one version lacks altogether needs no word. */
    readonly fields?: readonly string[];
    /** Rows that one version has and the other has not. */
    readonly rows?: boolean;
    readonly because: string;
  };
  /** Changes of rows are kept for a while: for live feeds of rows. It needs a column `network_id`. */
  readonly keepsChanges?: true;
}

/** One among others: what each folds and holds is its own affair. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a list mixes event and row types that no union can name
export type AnyReadModel = ReadModel<any, any>;
