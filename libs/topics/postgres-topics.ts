import type { Pool } from 'pg';
import type { Language } from '#domain/vocabulary';
import type { TopicLabel, Topics, TopicToStore } from './topics.port';

const TABLES = `
  create extension if not exists unaccent with schema public;
  create extension if not exists pg_trgm with schema public;
  create schema if not exists reference;
  create or replace function reference.folded(text) returns text language sql immutable strict parallel safe
    as $$ select lower(public.unaccent('public.unaccent'::regdictionary, $1)) $$;
  create or replace function reference.joined(text[]) returns text language sql immutable strict parallel safe
    as $$ select pg_catalog.array_to_string($1, ' / ') $$;
  create table if not exists reference.topic (
    uri text collate "C" not null,
    language text not null,
    label text not null,
    alternatives text[] not null,
    words text not null generated always as (reference.folded(label)) stored,
    primary key (uri, language)
  );
  alter table reference.topic add column if not exists also text not null
    generated always as (reference.folded(reference.joined(alternatives))) stored;
  create index if not exists topic_by_words on reference.topic using gin (words gin_trgm_ops);
  create index if not exists topic_by_alternatives on reference.topic using gin (also gin_trgm_ops);`;

/** One typo in a word of eight letters passes. */
const SIMILAR_ENOUGH = 0.45;
/** An alternative label counts a little less than the label itself. */
const OF_ALTERNATIVES = 0.9;

interface Found {
  readonly uri: string;
  readonly label: string;
  readonly language: Language;
}

const asLabel = ({ uri, label, language }: Found): TopicLabel => ({ uri, label, inLanguage: language });

const store = async (pool: Pool, topics: readonly TopicToStore[]): Promise<number> => {
  const { rowCount } = await pool.query(
    `insert into reference.topic (uri, language, label, alternatives)
     select distinct on (uri, language) uri, language, label, array(select jsonb_array_elements_text(alternatives))
     from jsonb_to_recordset($1::jsonb) as t(uri text, language text, label text, alternatives jsonb)
     on conflict (uri, language) do update set label = excluded.label, alternatives = excluded.alternatives
     where (topic.label, topic.alternatives) is distinct from (excluded.label, excluded.alternatives)`,
    [JSON.stringify(topics)],
  );
  return rowCount ?? 0;
};

/** The taxonomy in PostgreSQL, in the schema `reference`; makes its table. The pool stays its owner's. */
export const postgresTopics = async (pool: Pool): Promise<Topics> => {
  const client = await pool.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtext('savoirs topics'))`);
    await client.query(TABLES);
  } finally {
    await client.query(`select pg_advisory_unlock_all()`);
    client.release();
  }
  return {
    store: (topics) => store(pool, topics),
    count: async () => Number((await pool.query<{ n: string }>('select count(distinct uri) as n from reference.topic')).rows[0]?.n ?? 0),
    labels: async (uris, language) => {
      if (uris.length === 0) return new Map();
      const { rows } = await pool.query<Found>(
        `select distinct on (uri) uri, label, language from reference.topic where uri = any($1) order by uri, (language = $2) desc, language`,
        [[...new Set(uris)], language],
      );
      return new Map(rows.map((row) => [row.uri, asLabel(row)]));
    },
    search: async (text, language, limit) => {
      const { rows } = await pool.query<Found>(
        `select uri, label, language from (
           select distinct on (f.uri) f.uri, coalesce(own.label, f.label) as label, coalesce(own.language, f.language) as language, f.fit
           from (
             select uri, label, language, greatest(
               word_similarity(reference.folded($1), words) + (case when words = reference.folded($1) then 1 else 0 end),
               ${OF_ALTERNATIVES} * word_similarity(reference.folded($1), also)
             ) as fit
             from reference.topic where words % reference.folded($1) or reference.folded($1) <% words or reference.folded($1) <% also
           ) f left join reference.topic own on own.uri = f.uri and own.language = $2
           where f.fit >= $4 order by f.uri, f.fit desc
         ) best order by fit desc, label limit $3`,
        [text, language, limit, SIMILAR_ENOUGH],
      );
      return rows.map(asLabel);
    },
  };
};
