import type { ControlTables } from './table-names';

/** Its number comes after those of the steps by which development builds made these tables: what they backed up is older, not newer. */
export const INITIAL = '0014-initial';

/**
 * One row a build of a read model, or a process: where it stands.
 * `event_id`: of the last event at the checkpoint; `moved_at`: when that last moved.
 * `handled`: events of its own types taken so far; `pace`: positions of the log a second, lately; `pace_spread`: how far that wavers.
 * `fault`: what stopped it by itself last. `by_hand`: no switch to it by itself.
 * `keep_until`: of a former active build that still follows, so that it can be gone back to.
 * `mended`: how often what was parked changed its rows after all, at a position that those who follow it were told already.
 */
const PROJECTION = (t: ControlTables): string => `
  create table ${t.projection} (
    id integer generated always as identity unique,
    name text collate "C" not null,
    version integer not null,
    position text collate "C" not null,
    log_id text not null,
    recorded_at text,
    state text not null check (state in ('building', 'catching-up', 'ready', 'active', 'retired')),
    shape text not null,
    silent_until text collate "C" not null,
    lease_owner text,
    lease_until timestamptz,
    lease_epoch bigint not null default 0,
    lease_pid integer,
    lease_started timestamptz,
    build integer not null default 1,
    paused boolean not null default false,
    by_hand boolean not null default false,
    keep_until timestamptz,
    event_id uuid,
    handled bigint not null default 0,
    pace double precision not null default 0,
    pace_spread double precision not null default 0,
    began_at timestamptz not null default now(),
    moved_at timestamptz not null default now(),
    fault text,
    report text,
    mended integer not null default 0,
    primary key (name, version, build)
  ) with (fillfactor = 50);
  create unique index projection_one_active on ${t.projection} (name) where state = 'active';`;

/**
 * Evidence by row and transaction: the events that a row's fold told in one transaction lie in one tuple. `ordinals` are in log order
 * over all rows of a projection, whatever transactions they came in.
 */
const EVIDENCE = (t: ControlTables): string => `
  create table ${t.evidence} (
    projection integer not null,
    key text collate "C" not null,
    ordinals bigint[] not null,
    event_ids uuid[] not null
  );
  create index evidence_by_key on ${t.evidence} (projection, key);`;

const PROCESSES = (t: ControlTables): string => `
  create table ${t.processRow} (process integer not null, key text collate "C" not null, row text not null, primary key (process, key));
  create table ${t.due} (
    process integer not null,
    key text collate "C" not null,
    name text collate "C" not null,
    at text collate "C" not null,
    network text not null,
    correlation text not null,
    causation text not null,
    primary key (process, key, name)
  );
  create index due_by_time on ${t.due} (at, process);`;

/**
 * Whatever is made from a clear text lives in this one table, so that an erasure can rewrite it whole (R19).
 * No statistics: ANALYZE would copy clear texts into pg_statistic.
 * `marked`: what was removed during a rewrite waits for the next.
 */
const TEXTS = (t: ControlTables, extensions: string): string => `
  create function ${t.folded}(text) returns text language sql immutable strict parallel safe
    as $$ select lower(${extensions}.unaccent('${extensions}.unaccent'::regdictionary, $1)) $$;
  create table ${t.personalText} (
    ref text collate "C" primary key,
    event_id uuid not null,
    path text not null,
    network text collate "C" not null,
    owner text collate "C" not null,
    stream text collate "C" not null,
    type text not null,
    text text not null,
    recorded_at text not null,
    words tsvector,
    forms tsvector,
    slips tsvector
  );
  alter table ${t.personalText} ${['text', 'words', 'forms', 'slips'].map((column) => `alter column ${column} set statistics 0`).join(', ')};
  create index personal_text_by_owner on ${t.personalText} (network, owner);
  create index personal_text_by_stream on ${t.personalText} (stream);
  create index personal_text_words on ${t.personalText} using gin (words);
  create index personal_text_forms on ${t.personalText} using gin (forms);
  create index personal_text_slips on ${t.personalText} using gin (slips);
  create table ${t.scrub} (due boolean primary key, marked xid8 not null default pg_current_xact_id());`;

/**
 * Events that a read model did not fold, by the row that lacks them. `unknown`: nobody could tell which rows, and `key` is the event's
 * stream. `fault`: the class of what was thrown, never its words; null for those that only wait behind. Those skipped stay, so that
 * another build skips them, too.
 * What processes set aside lies in the same table: an event, or a due time that came (`due`, `due_at`), under the key that waits for it.
 * `answered`: of its commands, how many were; the next one threw. `silent`: an earlier version answered them all, it is only to be folded.
 * `owed`: an earlier version had parked it, and this one has not come there yet.
 */
const PARKED = (t: ControlTables): string => `
  create table ${t.parked} (
    projection integer not null,
    unknown boolean not null,
    key text collate "C" not null,
    position text collate "C" not null,
    event_id uuid not null,
    type text not null,
    stream text collate "C" not null,
    revision integer not null,
    state text not null default 'parked' check (state in ('parked', 'skipped', 'owed')),
    fault text,
    attempts integer not null,
    parked_at timestamptz not null default now(),
    due text collate "C" not null default '',
    due_at text collate "C" not null default '',
    answered integer not null default 0,
    silent boolean not null default false,
    primary key (projection, unknown, key, position, due, due_at)
  );`;

/**
 * What changed in the rows of read models that keep their changes: written with the rows, in one transaction. Rows hold references in
 * place of texts, and so do these. `change_floor`: what lies at or before it may be gone.
 */
const CHANGES = (t: ControlTables): string => `
  create table ${t.change} (
    projection integer not null,
    position text collate "C" not null,
    ordinal integer not null,
    key text collate "C" not null,
    network text,
    row text,
    at timestamptz not null default now(),
    primary key (projection, position, ordinal)
  );
  create table ${t.changeFloor} (projection integer primary key, position text collate "C" not null);`;

/** Counted places of the log, so that the next count or date begins near; the scratch versions that there are; what each reporting view was made as. */
const AS_OF = (t: ControlTables): string => `
  create table ${t.logMark} (
    log_id text not null,
    position text collate "C" not null,
    event_id uuid not null,
    ordinal bigint not null,
    recorded_at text collate "C" not null,
    latest text collate "C" not null,
    primary key (log_id, position)
  );
  create table ${t.asOf} (
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
  create table ${t.reportView} (name text primary key, defined text not null);`;

/** All control tables of the read store; `extensions`: where those of the database lie. */
export const initialTables = (t: ControlTables, extensions: string): string =>
  [PROJECTION(t), EVIDENCE(t), PROCESSES(t), TEXTS(t, extensions), PARKED(t), CHANGES(t), AS_OF(t)].join('\n');
