import { sql, type RawBuilder } from 'kysely';
import { controlTables } from '#read-store/tables/table-names';
import { hasForm, holds, holdsUnwanted, isInflected, isNear, isWritten, keptIn, type Condition, type Reach } from '#search/search-sql';
import type { Clause, Search } from '#search/sought';
import { FIT, type TopicFits } from '#topics/topics.port';

/** What is looked for, how far, and what the taxonomy says to the same search. */
export interface Sought {
  readonly networkId: string;
  readonly search: Search;
  readonly topics: TopicFits;
  readonly reach: Reach;
}

interface Tier {
  readonly fit: number;
  readonly holds: (clause: Clause, reach: Reach) => Condition;
}

const kept = keptIn('t');

/** Of a text `t`, best first: what was written before forms, and forms before near spellings. */
const OWN: readonly Tier[] = [
  { fit: 11, holds: (clause) => isWritten(kept, clause, 'A') },
  { fit: 9, holds: (clause) => isInflected(kept, clause, 'A') },
  { fit: 7, holds: (clause) => hasForm(kept, clause) },
  { fit: 4, holds: (clause, reach) => isNear(kept, clause, reach) },
  { fit: 2, holds: (clause, reach) => holds(kept, clause, reach) },
];
/** An entry's own words before its topic's labels. */
const OF_TOPIC: ReadonlyMap<number, number> = new Map([
  [FIT.label, 10],
  [FIT.inflected, 8],
  [FIT.alternative, 6],
  [FIT.form, 5],
  [FIT.near, 3],
  [FIT.begun, 1],
]);
/** The worst fit of all that is wanted counts most, then the sum. */
const WORST = 1_000;

const personalText = sql.raw(controlTables().personalText);

/** Texts that hold it; found by their words alone, whatever the planner thinks of networks. */
export const textsThatHold = ({ networkId, reach }: Sought, clause: Clause, how = holds(kept, clause, reach)): RawBuilder<unknown> => sql`
  select * from (select t.ref collate "default" as ref, t.path like '%wording' as is_wording, t.network from ${personalText} t where ${how} offset 0) t
  where t.network = ${networkId}`;

const textsOfEntry = (alias: string): RawBuilder<unknown> =>
  sql`${personalText} ${sql.raw(alias)} where ${sql.raw(alias)}.ref in (e.wording_ref collate "C", e.topic_ref collate "C")`;

export const fitsOfTopics = ({ found }: TopicFits, clause: number): readonly { readonly uri: string; readonly fit: number }[] =>
  found.map(({ uri, fits }) => ({ uri, fit: OF_TOPIC.get(fits[clause] ?? 0) ?? 0 })).filter(({ fit }) => fit > 0);

const fitColumn = (_: unknown, index: number): RawBuilder<number> => sql.raw(`fit${index}`);

/** For an entry `e`, the best of its two texts and its topic to each that is wanted: as `fit0`, `fit1`… */
const fitsOfEntry = ({ search: { wanted }, topics, reach }: Sought): RawBuilder<unknown> => {
  const fits = wanted.map((clause, index) => {
    const ofTopic = JSON.stringify(Object.fromEntries(fitsOfTopics(topics, index).map(({ uri, fit }) => [uri, fit])));
    const tiers = OWN.map(({ fit, holds: how }) => sql`when ${how(clause, reach)} then ${sql.lit(fit)}`);
    return sql`greatest(max(case ${sql.join(tiers, sql` `)} end), (${ofTopic}::jsonb ->> e.topic_uri)::int, 0) as ${fitColumn(clause, index)}`;
  });
  return sql`(select ${sql.join(fits)} from ${textsOfEntry('t')})`;
};

/** What is wanted, each at its best: a score that no entry exceeds. */
export const scoreOf = (fits: readonly number[]): number => Math.min(...fits) * WORST + fits.reduce((sum, fit) => sum + fit, 0);

/** Entries `e` of `from` with their scores; where `exactly` is given, those with these fits. */
export const scored = (sought: Sought, from: RawBuilder<unknown>, exactly?: readonly number[]): RawBuilder<unknown> => {
  const fits = sought.search.wanted.map(fitColumn);
  const wanted = exactly
    ? sql.join(
        fits.map((fit, index) => sql`${fit} = ${sql.lit(exactly[index])}`),
        sql` and `,
      )
    : sql`least(${sql.join(fits)}) > 0`;
  return sql`
    select e.key, e.member_id, e.published_at, least(${sql.join(fits)}) * ${sql.lit(WORST)} + ${sql.join(fits, sql` + `)} as score
    from ${from} e cross join lateral ${fitsOfEntry(sought)} f where ${wanted}`;
};

/** The best fit that any text or topic of the network has to one that is wanted. */
export const bestFit = (sought: Sought, index: number): RawBuilder<number> => {
  const clause = sought.search.wanted[index]!;
  const own = OWN.map(
    ({ fit, holds: how }) => sql`when exists (${textsThatHold(sought, clause, how(clause, sought.reach))}) then ${sql.lit(fit)}`,
  );
  const ofTopics = Math.max(0, ...fitsOfTopics(sought.topics, index).map(({ fit }) => fit));
  return sql<number>`greatest(case ${sql.join(own, sql` `)} end, ${sql.lit(ofTopics)})`;
};

/** Whether the entry `e` says nothing that may not be there. */
export const saysNothingUnwanted = ({ search, topics }: Sought): readonly RawBuilder<unknown>[] =>
  search.unwanted === null
    ? []
    : [
        sql`not exists (select 1 from ${textsOfEntry('u')} and ${holdsUnwanted(keptIn('u'), search)})`,
        sql`coalesce(e.topic_uri <> all(${topics.excluded}::text[]), true)`,
      ];
