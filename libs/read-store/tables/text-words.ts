import { sql, type Kysely } from 'kysely';
import { keptWords } from '#search/kept-words';
import type { ControlTables } from './table-names';
import { arrayLiteral } from './array-literal';

/** What people look for: how something is worded, and its topic in its author's words. Comments and reasons are nobody's to search. */
const SEARCHED = /(?:^|\/)(?:wording|topic\/text)$/;

/** As written, and within another word. */
const WEIGHTS = ['A', 'B'] as const;

/**
 * The columns by which a text is found, as `insert … select` takes them from `unnest` of `wireWords`. Made from a clear text, they lie in
 * its row and go with it; like the text they keep no statistics (R19).
 */
export const WORDS_COLUMNS = 'words, forms, slips';
export const wordsFrom = (alias: string): string =>
  `${alias}.words::tsvector,
   strip(to_tsvector('pg_catalog.french', ${alias}.french) || to_tsvector('pg_catalog.english', ${alias}.english)),
   array_to_tsvector(string_to_array(${alias}.slips, ' '))`;

/** Arrays for `words`, `french`, `english`, `slips`: null for what is not searched. */
export const wireWords = (texts: readonly { readonly path: string; readonly text: string }[]): readonly string[] => {
  const kept = texts.map(({ path, text }) => (SEARCHED.test(path) ? keptWords([{ text, weights: WEIGHTS }]) : null));
  return (['words', 'french', 'english', 'slips'] as const).map((of) => arrayLiteral(kept.map((one) => one?.[of] ?? null)));
};

export const WORDS = ({ personalText, schema }: ControlTables): string => `
  drop index if exists ${schema}.personal_text_trigram;
  alter table ${personalText} drop column if exists search,
    add column words tsvector, add column forms tsvector, add column slips tsvector;
  alter table ${personalText} alter column words set statistics 0, alter column forms set statistics 0, alter column slips set statistics 0;
  drop function if exists ${schema}.search_vector(text);
  create index personal_text_words on ${personalText} using gin (words);
  create index personal_text_forms on ${personalText} using gin (forms);
  create index personal_text_slips on ${personalText} using gin (slips);`;

const BATCH_SIZE = 1_000;

/** For texts that were kept before their words were. */
export const keepWords = async (db: Kysely<unknown>, { personalText }: ControlTables): Promise<void> => {
  const table = sql.raw(personalText);
  for (let after = ''; ;) {
    const { rows } = await sql<{ ref: string; path: string; text: string }>`
      select ref, path, text from ${table} where ref > ${after} order by ref limit ${BATCH_SIZE}`.execute(db);
    const last = rows.at(-1);
    if (!last) return;
    const [words, french, english, slips] = wireWords(rows);
    await sql`
      update ${table} t set (${sql.raw(WORDS_COLUMNS)}) = (select ${sql.raw(wordsFrom('k'))})
      from unnest(${arrayLiteral(rows.map(({ ref }) => ref))}::text[], ${words}::text[], ${french}::text[], ${english}::text[], ${slips}::text[])
        as k (ref, words, french, english, slips)
      where t.ref = k.ref and k.words is not null`.execute(db);
    after = last.ref;
  }
};
