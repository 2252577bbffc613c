import type { ControlTables } from './table-names';

/**
 * Events that a read model did not fold, by the row that lacks them. `unknown`: nobody could tell which rows, and `key` is the event's
 * stream. `fault`: the class of what was thrown, never its words; null for those that only wait behind. Those skipped stay, so that
 * another build skips them, too.
 */
export const PARKED = (t: ControlTables): string => `
  create table ${t.parked} (
    projection integer not null,
    unknown boolean not null,
    key text collate "C" not null,
    position text collate "C" not null,
    event_id uuid not null,
    type text not null,
    stream text collate "C" not null,
    revision integer not null,
    state text not null default 'parked' check (state in ('parked', 'skipped')),
    fault text,
    attempts integer not null,
    parked_at timestamptz not null default now(),
    primary key (projection, unknown, key, position)
  );`;

/** How often what was parked changed a build's rows after all: at a position that those who follow it were told already. */
export const MENDED = (t: ControlTables): string => `alter table ${t.projection} add column mended integer not null default 0;`;

/**
 * What processes set aside lies in the same table: an event, or a due time that came (`due`, `due_at`), under the key that waits for it.
 * `answered`: of its orders, how many were; the next one threw. `silent`: an earlier version answered them all, it is only to be folded.
 * `owed`: an earlier version had parked it, and this one has not come there yet.
 */
export const PARKED_ORDERS = (t: ControlTables): string => `
  alter table ${t.parked}
    add column due text collate "C" not null default '',
    add column due_at text collate "C" not null default '',
    add column answered integer not null default 0,
    add column silent boolean not null default false,
    drop constraint parked_pkey,
    add primary key (projection, unknown, key, position, due, due_at),
    drop constraint parked_state_check,
    add constraint parked_state_check check (state in ('parked', 'skipped', 'owed'));`;
