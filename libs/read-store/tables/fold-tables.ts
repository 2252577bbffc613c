import type { ControlTables } from './table-names';

/**
 * Evidence by row and transaction: the events that a row's fold told in one transaction lie in one tuple. `ordinals` are in log order
 * over all rows of a projection, whatever transactions they came in. What stood there before keeps its order, before all that follows.
 */
export const EVIDENCE_BY_ROW = (t: ControlTables): string => `
  alter table ${t.evidence} rename to evidence_by_event;
  create table ${t.evidence} (
    projection integer not null,
    key text collate "C" not null,
    ordinals bigint[] not null,
    event_ids uuid[] not null
  );
  insert into ${t.evidence}
    select projection, key,
      array_agg(ordinal - (select max(ordinal) + 1 from ${t.schema}.evidence_by_event) order by ordinal),
      array_agg(event_id order by ordinal)
    from ${t.schema}.evidence_by_event group by projection, key;
  drop table ${t.schema}.evidence_by_event;
  create index evidence_by_key on ${t.evidence} (projection, key);`;
