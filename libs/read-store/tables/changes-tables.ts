import type { ControlTables } from './table-names';

/**
 * What changed in the rows of read models that keep their changes: written with the rows, in one transaction. Rows hold references in
 * place of texts, and so do these. `change_floor`: what lies at or before it may be gone.
 */
export const CHANGES = ({ schema }: Pick<ControlTables, 'schema'>): string => `
  create table ${schema}.change (
    projection integer not null,
    position text collate "C" not null,
    ordinal integer not null,
    key text collate "C" not null,
    network text,
    row text,
    at timestamptz not null default now(),
    primary key (projection, position, ordinal)
  );
  create table ${schema}.change_floor (projection integer primary key, position text collate "C" not null);`;
