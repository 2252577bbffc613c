import { sql, type RawBuilder } from 'kysely';
import type { Clause, Search } from './sought';
import type { Near } from './spellings';

/** Where a table keeps what `keptWords` made: its columns `words`, `forms` and `slips`. */
export interface KeptIn {
  readonly words: RawBuilder<unknown>;
  readonly forms: RawBuilder<unknown>;
  readonly slips: RawBuilder<unknown>;
}

export const keptIn = (alias: string): KeptIn => ({
  words: sql.raw(`${alias}.words`),
  forms: sql.raw(`${alias}.forms`),
  slips: sql.raw(`${alias}.slips`),
});

/** How far a search goes: to near spellings, or to those that are near only where nothing else was found. */
export type Reach = 'near' | 'nearer';

/**
 * Before a search, in its transaction: texts keep no statistics, and where PostgreSQL must guess how many fit, it guesses far too many and
 * would rather read everything.
 */
export const BY_INDEX = sql`select set_config(name, 'off', true) from unnest(array['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']) as name`;

export type Condition = RawBuilder<boolean>;

const either = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(conditions, sql` or `)})`;

const matching = (column: RawBuilder<unknown>, query: string): readonly Condition[] =>
  query === '' ? [] : [sql<boolean>`${column} @@ ${query}::tsquery`];

/** As written, by itself. */
export const isWritten = ({ words }: KeptIn, clause: Clause, weights: string): Condition =>
  sql<boolean>`${words} @@ ${clause.exact(weights)}::tsquery`;

/** In the plural or the singular of what was typed. */
export const isInflected = ({ words }: KeptIn, clause: Clause, weights: string): Condition =>
  either(matching(words, clause.inflected(weights)));

/** Within another word, otherwise written, or in one of its forms. */
export const hasForm = ({ words, forms }: KeptIn, { parts, french, english }: Clause): Condition =>
  either([
    sql<boolean>`${words} @@ ${parts}::tsquery`,
    ...(french === '' ? [] : [sql<boolean>`${forms} @@ to_tsquery('pg_catalog.french', ${french})`]),
    ...(english === '' ? [] : [sql<boolean>`${forms} @@ to_tsquery('pg_catalog.english', ${english})`]),
  ]);

const nearBy = (clause: Clause, reach: Reach): Near => (reach === 'nearer' ? clause.nearer : clause.near);

/** One slip of the hand away. */
export const isNear = ({ words, slips }: KeptIn, clause: Clause, reach: Reach): Condition => {
  const near = nearBy(clause, reach);
  return either([...matching(words, near.words), ...matching(slips, near.slips)]);
};

/** Anyhow, within that reach. */
export const holds = (kept: KeptIn, clause: Clause, reach: Reach): Condition =>
  either([hasForm(kept, clause), isNear(kept, clause, reach), ...matching(kept.words, nearBy(clause, reach).begun)]);

export const holdsUnwanted = ({ words }: KeptIn, { unwanted }: Search): Condition =>
  unwanted === null ? sql<boolean>`false` : sql<boolean>`${words} @@ ${unwanted}::tsquery`;
