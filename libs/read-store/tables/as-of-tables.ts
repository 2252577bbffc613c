import { quotedName } from './table-names';

export interface AsOfTables {
  readonly logMark: string;
  readonly asOf: string;
  readonly reportView: string;
}

export const asOfTables = (schema: string): AsOfTables => ({
  logMark: `${quotedName(schema)}.log_mark`,
  asOf: `${quotedName(schema)}.as_of`,
  reportView: `${quotedName(schema)}.report_view`,
});

/** Counted places of the log, so that the next count or date begins near; the scratch versions that there are; what each reporting view was made as. */
export const AS_OF = (schema: string): string => {
  const { logMark, asOf, reportView } = asOfTables(schema);
  return `
  create table ${logMark} (
    log_id text not null,
    position text collate "C" not null,
    event_id uuid not null,
    ordinal bigint not null,
    recorded_at text collate "C" not null,
    latest text collate "C" not null,
    primary key (log_id, position)
  );
  create table ${asOf} (
    id integer generated always as identity primary key,
    log_id text not null,
    model text collate "C" not null,
    version integer not null,
    shape text not null,
    position text collate "C" not null,
    rows bigint not null default 0,
    bytes bigint not null default 0,
    made_at timestamptz not null default now(),
    used_at timestamptz not null default now(),
    unique (log_id, model, version, shape, position)
  );
  create table ${reportView} (name text primary key, defined text not null);`;
};
