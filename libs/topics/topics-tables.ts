import type { ClientBase } from 'pg';
import { keptWords, type KeptWords } from '#search/kept-words';
import { folded } from '#search/words';
import { ALTERNATIVE, LABEL } from './topics-search';
import { spellingOf } from './wordings';

/** Raise it with whatever changes the words kept beside labels: they are made again at the next start. */
const WORDS_VERSION = 2;

export const TABLES = `
  create schema if not exists reference;
  create table if not exists reference.topic (
    uri text collate "C" not null,
    language text not null,
    label text not null,
    alternatives text[] not null,
    primary key (uri, language)
  );
  do $$ begin
    if exists (select 1 from information_schema.columns where table_schema = 'reference' and table_name = 'topic' and column_name = 'also') then
      alter table reference.topic drop column words, drop column also;
    end if;
  end $$;
  alter table reference.topic
    add column if not exists folded text,
    add column if not exists words tsvector,
    add column if not exists forms tsvector,
    add column if not exists slips tsvector,
    add column if not exists names text[],
    add column if not exists words_version integer not null default 0;
  create index if not exists topic_words on reference.topic using gin (words);
  create index if not exists topic_forms on reference.topic using gin (forms);
  create index if not exists topic_slips on reference.topic using gin (slips);
  create index if not exists topic_names on reference.topic using gin (names);
  create table if not exists reference.broader (
    uri text collate "C" not null,
    broader text collate "C" not null,
    primary key (uri, broader)
  );
  create index if not exists broader_of on reference.broader (broader);`;

interface Labelled {
  readonly label: string;
  readonly alternatives: readonly string[];
}

interface Kept extends KeptWords {
  readonly folded: string;
  /** How its labels are spelt. */
  readonly names: readonly string[];
}

/** A topic's label and what is kept beside it, as `KEPT` reads it. */
export const withWords = <T extends Labelled>(topic: T): T & Kept => ({
  ...topic,
  folded: folded(topic.label),
  names: [...new Set([topic.label, ...topic.alternatives].map(spellingOf))],
  ...keptWords([{ text: topic.label, weights: LABEL }, ...topic.alternatives.map((text) => ({ text, weights: ALTERNATIVE }))]),
});

export const KEPT_COLUMNS = 'folded, names, words, forms, slips, words_version';
export const KEPT_FIELDS = 'folded text, names jsonb, words text, french text, english text, slips text';
export const keptFrom = (
  alias: string,
): string => `${alias}.folded, array(select jsonb_array_elements_text(${alias}.names)), ${alias}.words::tsvector,
  strip(to_tsvector('pg_catalog.french', ${alias}.french) || to_tsvector('pg_catalog.english', ${alias}.english)),
  array_to_tsvector(string_to_array(${alias}.slips, ' ')), ${WORDS_VERSION}`;

const BATCH_SIZE = 1_000;

/** For labels that were loaded by an earlier version, or restored. */
export const keepWordsAgain = async (client: ClientBase): Promise<void> => {
  for (;;) {
    const { rows } = await client.query<Labelled & { uri: string; language: string }>(
      `select uri, language, label, alternatives from reference.topic where words_version <> ${WORDS_VERSION} limit ${BATCH_SIZE}`,
    );
    if (rows.length === 0) return;
    await client.query(
      `update reference.topic t set (${KEPT_COLUMNS}) = (select ${keptFrom('k')})
       from jsonb_to_recordset($1::jsonb) as k(uri text, language text, ${KEPT_FIELDS})
       where t.uri = k.uri and t.language = k.language`,
      [JSON.stringify(rows.map(withWords))],
    );
  }
};
