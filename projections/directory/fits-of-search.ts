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

const fitOfText = (clause: Clause, reach: Reach): RawBuilder<number> => {
  const tiers = OWN.map(({ fit, holds: how }) => sql`when ${how(clause, reach)} then ${sql.lit(fit)}`);
  return sql<number>`case ${sql.join(tiers, sql` `)} else 0 end`;
};

/** For an entry `e`, the best of its two texts and its topic to each that is wanted: as `fit0`, `fit1`… */
const fitsOfEntry = ({ search: { wanted }, topics, reach }: Sought): RawBuilder<unknown> => {
  const fits = wanted.map((clause, index) => {
    const ofTopic = JSON.stringify(Object.fromEntries(fitsOfTopics(topics, index).map(({ uri, fit }) => [uri, fit])));
    return sql`greatest(max(${fitOfText(clause, reach)}), (${ofTopic}::jsonb ->> e.topic_uri)::int, 0) as ${fitColumn(clause, index)}`;
  });
  return sql`(select ${sql.join(fits)} from ${textsOfEntry('t')})`;
};

/** All texts and topics that hold any of what is wanted, as `own` and `label`, with their fits. */
const hits = ({ networkId, search: { wanted }, topics, reach }: Sought): RawBuilder<unknown> => {
  const fits = wanted.map((clause, index) => sql`${fitOfText(clause, reach)} as ${fitColumn(clause, index)}`);
  const any = wanted.map((clause) => holds(kept, clause, reach));
  const ofTopics = wanted.map((_, index) => {
    const of = new Map(fitsOfTopics(topics, index).map(({ uri, fit }) => [uri, fit]));
    return topics.found.map(({ uri }) => of.get(uri) ?? 0);
  });
  return sql`
    own as materialized (
      select t.ref collate "default" as ref, t.path like '%wording' as is_wording, ${sql.join(fits)}
      from ${personalText} t where t.network = ${networkId} and (${sql.join(any, sql` or `)})
    ),
    label as materialized (
      select * from unnest(${topics.found.map(({ uri }) => uri)}::text[], ${sql.join(ofTopics.map((of) => sql`${of}::int[]`))})
        as l (uri, ${sql.join(wanted.map(fitColumn))})
    )`;
};

const scoreOfColumns = (fits: readonly RawBuilder<unknown>[]): RawBuilder<number> =>
  sql`least(${sql.join(fits)}) * ${sql.lit(WORST)} + ${sql.join(fits, sql` + `)}`;

/** Entries that those hits lead to, with their scores; `by` answers the entries of hits `f` that a condition ties to them. */
export const scoredByHits = (
  sought: Sought,
  by: (hit: RawBuilder<unknown>, on: RawBuilder<unknown>) => RawBuilder<unknown>,
): RawBuilder<unknown> => {
  const fits = sought.search.wanted.map(fitColumn);
  const best = fits.map((fit) => sql`max(${fit})`);
  const entriesBy = (hit: RawBuilder<unknown>, on: RawBuilder<unknown>) =>
    sql`select e.key, e.member_id, e.published_at, ${sql.join(fits)} from ${by(hit, on)}`;
  return sql`
    with ${hits(sought)}
    select e.key, e.member_id, e.published_at, ${scoreOfColumns(best)} as score from (
      ${entriesBy(sql`own`, sql`f.is_wording and e.wording_ref = f.ref`)}
      union all ${entriesBy(sql`own`, sql`not f.is_wording and e.topic_ref = f.ref`)}
      union all ${entriesBy(sql`label`, sql`e.topic_uri = f.uri`)}
    ) e group by e.key, e.member_id, e.published_at having least(${sql.join(best)}) > 0`;
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
    select e.key, e.member_id, e.published_at, ${scoreOfColumns(fits)} as score
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
