import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { soughtIn } from '#search/sought';
import { folded } from '#search/words';
import { neighboursAmong } from './neighbourhood';
import type { BroaderTopic, Neighbours, TopicLabel, Topics, TopicToStore } from './topics.port';
import { findTopics, fitsOfTopics, searching, type FoundTopic } from './topics-search';
import { keepWordsAgain, KEPT_COLUMNS, KEPT_FIELDS, keptFrom, TABLES, withWords } from './topics-tables';

const asLabel = ({ uri, label, language }: FoundTopic): TopicLabel => ({ uri, label, inLanguage: language });

const store = async (pool: Pool, topics: readonly TopicToStore[]): Promise<number> => {
  const { rowCount } = await pool.query(
    `insert into reference.topic (uri, language, label, alternatives, ${KEPT_COLUMNS})
     select distinct on (uri, language) uri, language, label, array(select jsonb_array_elements_text(alternatives)), ${keptFrom('t')}
     from jsonb_to_recordset($1::jsonb) as t(uri text, language text, label text, alternatives jsonb, ${KEPT_FIELDS})
     on conflict (uri, language) do update set (label, alternatives, ${KEPT_COLUMNS}) =
       (excluded.label, excluded.alternatives, ${KEPT_COLUMNS.replace(/\w+/gu, 'excluded.$&')})
     where (topic.label, topic.alternatives) is distinct from (excluded.label, excluded.alternatives)`,
    [JSON.stringify(topics.map(withWords))],
  );
  return rowCount ?? 0;
};

const storeBroader = async (pool: Pool, of: readonly string[], relations: readonly BroaderTopic[]): Promise<number> => {
  const { rows } = await pool.query<{ n: number }>(
    `with given as (
       select distinct uri, broader from jsonb_to_recordset($2::jsonb) as r(uri text, broader text)
       where exists (select 1 from reference.topic t where t.uri = r.uri) and exists (select 1 from reference.topic t where t.uri = r.broader)
     ), gone as (
       delete from reference.broader b where b.uri = any($1) and not exists (select 1 from given g where g.uri = b.uri and g.broader = b.broader)
       returning 1
     ), come as (
       insert into reference.broader select uri, broader from given on conflict do nothing returning 1
     ) select (select count(*) from gone)::int + (select count(*) from come)::int as n`,
    [of, JSON.stringify(relations)],
  );
  return rows[0]?.n ?? 0;
};

/** What is broader and narrower, step by step: of a few topics a few rows, of all that are in use all there are. */
const neighbours = async (pool: Pool, uris: readonly string[], most: number): Promise<readonly Neighbours[]> => {
  const [asked, found] = [new Set<string>(), new Map<string, BroaderTopic>()];
  let reached: readonly string[] = uris;
  for (let steps = 0; steps < most && reached.length > 0; steps += 1) {
    reached.forEach((uri) => asked.add(uri));
    const { rows } = await pool.query<BroaderTopic>('select uri, broader from reference.broader where uri = any($1) or broader = any($1)', [
      reached,
    ]);
    for (const row of rows) found.set(`${row.uri} ${row.broader}`, row);
    reached = [...new Set(rows.flatMap(({ uri, broader }) => [uri, broader]))].filter((uri) => !asked.has(uri));
  }
  return neighboursAmong(uris, [...found.values()], most);
};

const named: (pool: Pool, spellings: readonly string[]) => ReturnType<Topics['named']> = async (pool, spellings) => {
  if (spellings.length === 0) return [];
  const { rows } = await pool.query<{ spelling: string; uri: string }>(
    `select distinct name as spelling, uri from reference.topic t cross join unnest(t.names) as name
     where t.names && $1::text[] and name = any($1) order by uri, name`,
    [spellings],
  );
  return rows;
};

const prepare = async (pool: Pool): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtext('savoirs topics'))`);
    await client.query(TABLES);
    await keepWordsAgain(client);
  } finally {
    await client.query(`select pg_advisory_unlock_all()`);
    client.release();
  }
};

/** The taxonomy in PostgreSQL, in the schema `reference`; makes its table. The pool stays its owner's. */
export const postgresTopics = async (pool: Pool): Promise<Topics> => {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: { connect: () => pool.connect(), end: async () => undefined } }) });
  await prepare(pool);
  return {
    store: (topics) => store(pool, topics),
    count: async () => Number((await pool.query<{ n: string }>('select count(distinct uri) as n from reference.topic')).rows[0]?.n ?? 0),
    labels: async (uris, language) => {
      if (uris.length === 0) return new Map();
      const { rows } = await pool.query<FoundTopic>(
        `select distinct on (uri) uri, label, language from reference.topic where uri = any($1) order by uri, (language = $2) desc, language`,
        [[...new Set(uris)], language],
      );
      return new Map(rows.map((row) => [row.uri, asLabel(row)]));
    },
    search: async (text, language, limit) => {
      const search = soughtIn(text);
      if (typeof search === 'string') return [];
      const asked = { search, typed: folded(text.trim()), language, limit };
      return searching(db, async (tx) => {
        const found = await findTopics(tx, asked, 'near');
        return (found.length > 0 ? found : await findTopics(tx, asked, 'nearer')).map(asLabel);
      });
    },
    broader: async () => (await pool.query<BroaderTopic>('select uri, broader from reference.broader order by uri, broader')).rows,
    storeBroader: (of, relations) => storeBroader(pool, of, relations),
    neighbours: (uris, most) => neighbours(pool, uris, most),
    named: (spellings) => named(pool, spellings),
    fits: (search, reach) => searching(db, (tx) => fitsOfTopics(tx, search, reach)),
  };
};
