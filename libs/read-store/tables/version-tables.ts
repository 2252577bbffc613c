import type { ControlTables } from './table-names';

/**
 * Versions and builds side by side.
 * `event_id`: of the last event at the checkpoint; `moved_at`: when that last moved.
 * `handled`: events of its own types taken so far; `rate` and `rate_spread`: what is now its pace.
 * `fault`: what stopped it by itself last. `by_hand`: no switch to it by itself.
 * `keep_until`: of a former active build that still follows, so that it can be gone back to.
 */
export const VERSIONS = (t: ControlTables): string => `
  alter table ${t.projection} drop constraint projection_state_check;
  update ${t.projection} set state = 'active' where state = 'serving';
  alter table ${t.projection}
    add constraint projection_state_check check (state in ('building', 'catching-up', 'ready', 'active', 'retired')),
    add column build integer not null default 1,
    add column paused boolean not null default false,
    add column by_hand boolean not null default false,
    add column keep_until timestamptz,
    add column event_id uuid,
    add column handled bigint not null default 0,
    add column rate double precision not null default 0,
    add column rate_spread double precision not null default 0,
    add column began_at timestamptz not null default now(),
    add column moved_at timestamptz not null default now(),
    add column fault text,
    add column report text,
    drop constraint projection_pkey,
    add primary key (name, version, build);
  create unique index projection_one_active on ${t.projection} (name) where state = 'active';`;

/** `pace`: positions of the log a second, lately; `pace_spread`: how far that wavers. */
export const PACE = ({ projection }: ControlTables): string => `
  alter table ${projection} rename column rate to pace;
  alter table ${projection} rename column rate_spread to pace_spread;
  update ${projection} set pace = 0, pace_spread = 0;`;
