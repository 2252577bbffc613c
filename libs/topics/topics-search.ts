import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import type { Language } from '#domain/vocabulary';
import {
  BY_INDEX,
  hasForm,
  holds,
  holdsUnwanted,
  isInflected,
  isNear,
  isWritten,
  keptIn,
  type Condition,
  type Reach,
} from '#search/search-sql';
import type { Clause, Search } from '#search/sought';
import { FIT, type TopicFits } from './topics.port';

/** In labels, and in alternative labels: words as written, and what they are made of. */
export const LABEL = ['A', 'B'] as const;
export const ALTERNATIVE = ['C', 'D'] as const;

const kept = keptIn('t');

const fitOf = (clause: Clause, reach: Reach): RawBuilder<number> => sql<number>`case
  when ${isWritten(kept, clause, LABEL[0])} then ${sql.lit(FIT.label)}
  when ${isWritten(kept, clause, ALTERNATIVE[0])} then ${sql.lit(FIT.alternative)}
  when ${isInflected(kept, clause, LABEL[0])} then ${sql.lit(FIT.inflected)}
  when ${hasForm(kept, clause)} then ${sql.lit(FIT.form)}
  when ${isNear(kept, clause, reach)} then ${sql.lit(FIT.near)}
  when ${holds(kept, clause, reach)} then ${sql.lit(FIT.begun)} else 0 end`;

const every = ({ wanted }: Search, reach: Reach): Condition =>
  sql<boolean>`${sql.join([sql`true`, ...wanted.map((clause) => holds(kept, clause, reach))], sql` and `)}`;

const notExcluded = (search: Search): Condition =>
  search.unwanted === null
    ? sql<boolean>`true`
    : sql<boolean>`not exists (select 1 from reference.topic u where u.uri = t.uri and ${holdsUnwanted(keptIn('u'), search)})`;

export interface FoundTopic {
  readonly uri: string;
  readonly label: string;
  readonly language: Language;
}

export interface TopicsAsked {
  readonly search: Search;
  /** As typed, folded: a label that says just this comes first. */
  readonly typed: string;
  readonly language: Language;
  readonly limit: number;
}

/** In one transaction that reads by its indexes. */
export const searching = <T>(db: Kysely<unknown>, ask: (tx: Transaction<unknown>) => Promise<T>): Promise<T> =>
  db
    .transaction()
    .setAccessMode('read only')
    .execute(async (tx) => {
      await BY_INDEX.execute(tx);
      return ask(tx);
    });

/** Of each topic the language that fits best; best first, then the language asked in, then the shorter label, which says less else. */
export const findTopics = async (
  tx: Transaction<unknown>,
  { search, typed, language, limit }: TopicsAsked,
  reach: Reach,
): Promise<readonly FoundTopic[]> => {
  const fits = search.wanted.map((clause) => fitOf(clause, reach));
  const score = fits.length === 0 ? sql`0` : sql`least(${sql.join(fits)}) * 100 + ${sql.join(fits, sql` + `)}`;
  const { rows } = await sql<FoundTopic>`
    select f.uri, coalesce(own.label, f.label) as label, coalesce(own.language, f.language) as language from (
      select distinct on (t.uri) t.uri, t.label, t.language, t.folded = ${typed} as just, ${score} as score, t.language = ${language} as same
      from reference.topic t where ${every(search, reach)} and ${notExcluded(search)}
      order by t.uri, just desc, score desc, same desc
    ) f left join reference.topic own on own.uri = f.uri and own.language = ${language}
    order by just desc, score desc, same desc, length(f.label), label, uri limit ${limit}`.execute(tx);
  return rows;
};

/** For those who look for topics among other things. */
export const fitsOfTopics = async (tx: Transaction<unknown>, search: Search, reach: Reach): Promise<TopicFits> => {
  const { wanted } = search;
  const some =
    wanted.length === 0
      ? sql`false`
      : sql.join(
          wanted.map((clause) => holds(kept, clause, reach)),
          sql` or `,
        );
  const fits = wanted.map((clause) => sql`max(${fitOf(clause, reach)})`);
  const found = await sql<{ uri: string; fits: readonly number[] }>`
    select t.uri, array[${sql.join(fits)}]::int[] as fits from reference.topic t where ${some} group by t.uri`.execute(tx);
  if (search.unwanted === null) return { found: found.rows, excluded: [] };
  const excluded = await sql<{ uri: string }>`
    select distinct t.uri from reference.topic t where ${holdsUnwanted(kept, search)}`.execute(tx);
  return { found: found.rows, excluded: excluded.rows.map(({ uri }) => uri) };
};
