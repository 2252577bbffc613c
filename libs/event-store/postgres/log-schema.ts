import type { ClientBase, Pool } from 'pg';
import { unavailable } from './faults';

/** A newer Savoirs made the log's tables: one sentence for whoever started this one. */
export class LogTablesProblem extends Error {
  /** Configuration (docs/exit-codes.md). */
  readonly exitCode = 78;

  constructor(sentence: string) {
    super(sentence);
    this.name = 'LogTablesProblem';
  }
}

/** Advisory locks are per database: one for whoever migrates, one for whoever gives positions (see the function `log.append`). */
const MIGRATION_LOCK = "hashtextextended('savoirs.log.migrations', 0)";
export const POSITION_LOCK = "hashtextextended('savoirs.log.positions', 0)";

/**
 * Positions are given one after another, without a gap, under a lock that is held until the commit is visible: a reader that
 * sees position n has every earlier one. Were the lock ever passed by, the primary key would still let only one writer take a place.
 *
 * `streams` are the distinct ones; an append names its stream by slot, and events come in the order of their appends.
 * The caller puts an event id into one call only once. Expected: a revision, or -1 none, -2 any, -3 exists.
 * Answers for each append its last position and revision, or, where the stream is not as expected, no position and the
 * stream's last revision (-1: it does not exist).
 */
const APPEND = `
create function log.append(
  streams text[], slots int[], expected int[], sizes int[],
  event_streams text[], ids uuid[], types text[], versions int[], metas text[], datas text[],
  out positions bigint[], out revisions int[]
) language plpgsql volatile as $body$
declare
  top bigint;
  heads int[];
  known uuid[];
  places bigint[] := array_fill(null::bigint, array[cardinality(ids)]);
  places_in_stream int[] := array_fill(null::int, array[cardinality(ids)]);
  stores boolean := false;
  first int := 1;
  head int;
  retried record;
begin
  perform pg_advisory_xact_lock(${POSITION_LOCK});
  select e.position into top from log.events e order by e.position desc limit 1;
  top := coalesce(top, 0);
  select array_agg(coalesce((select e.revision from log.events e where e.stream = s.name order by e.revision desc limit 1), -1) order by s.slot)
    into heads from unnest(streams) with ordinality s(name, slot);
  select array_agg(e.event_id) into known from log.events e where e.event_id = any(ids);
  for i in 1 .. cardinality(slots) loop
    head := heads[slots[i]];
    retried := null;
    if known is not null and known && ids[first : first + sizes[i] - 1] then
      select * into retried from log.first_answer(streams[slots[i]], expected[i], ids[first : first + sizes[i] - 1]);
      positions[i] := retried.last_position;
      revisions[i] := coalesce(retried.last_revision, head);
    elsif expected[i] = head or expected[i] = -2 or (expected[i] = -3 and head >= 0) then
      for k in 0 .. sizes[i] - 1 loop
        places[first + k] := top + 1 + k;
        places_in_stream[first + k] := head + 1 + k;
      end loop;
      stores := true;
      top := top + sizes[i];
      head := head + sizes[i];
      heads[slots[i]] := head;
      positions[i] := top;
      revisions[i] := head;
    else
      positions[i] := null;
      revisions[i] := head;
    end if;
    first := first + sizes[i];
  end loop;
  if stores then
    insert into log.events (position, revision, version, event_id, stream, type, meta, data)
      select n.place, n.revision, n.version, n.id, n.stream, n.type, n.meta, n.data
      from unnest(places, places_in_stream, versions, ids, event_streams, types, metas, datas)
        as n(place, revision, version, id, stream, type, meta, data)
      where n.place is not null;
  end if;
end $body$`;

/** The first answer to all the same ids, in order, where the first attempt would have put them (R22); nulls otherwise. */
const FIRST_ANSWER = `
create function log.first_answer(name text, expected int, ids uuid[], out last_position bigint, out last_revision int)
language plpgsql stable as $body$
declare
  start int;
begin
  select e.revision into start from log.events e where e.event_id = ids[1] and e.stream = name;
  if start is null or not (expected = start - 1 or expected = -2 or (expected = -3 and start > 0)) then
    return;
  end if;
  select max(e.position), max(e.revision) into last_position, last_revision
    from unnest(ids) with ordinality u(id, n)
    join log.events e on e.event_id = u.id and e.stream = name and e.revision = start + u.n - 1
    having count(*) = cardinality(ids);
end $body$`;

/** Forward only: a change is one more entry, never an edit. */
const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `create table log.identity (one boolean primary key default true check (one), log_id uuid not null default gen_random_uuid())`,
    `insert into log.identity default values`,
    `create table log.events (
      position bigint primary key,
      revision int not null,
      version int not null,
      event_id uuid not null unique,
      stream text not null,
      type text not null,
      meta text not null,
      data text not null,
      category text not null generated always as (split_part(stream, '-', 1)) stored,
      unique (stream, revision)
    )`,
    FIRST_ANSWER,
    APPEND,
  ],
];

/**
 * Brings the schema `log` up to this version, in one transaction under a lock.
 * @throws Error in one sentence where a newer Savoirs has been here; LogUnavailable where there is no server
 */
export const migrateLog = async (pool: Pool): Promise<void> => {
  const client = await pool.connect().catch((error: unknown) => {
    throw unavailable(error);
  });
  client.on('error', () => undefined);
  try {
    await client.query('begin isolation level read committed');
    await client.query(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await applyMissing(client);
    await client.query('commit');
  } finally {
    client.release(true);
  }
};

const applyMissing = async (client: ClientBase): Promise<void> => {
  const made = await client.query<{ made: boolean }>(`select to_regclass('log.migrations') is not null as made`);
  if (made.rows[0]?.made !== true) {
    await client.query('create schema if not exists log');
    await client.query('create table log.migrations (version int primary key, at timestamptz not null default now())');
  }
  const found = await client.query<{ version: number }>('select coalesce(max(version), 0) as version from log.migrations');
  const version = found.rows[0]?.version ?? 0;
  if (version > MIGRATIONS.length) {
    throw new LogTablesProblem(
      `The log is at version ${version} and this Savoirs knows only version ${MIGRATIONS.length}: start a newer Savoirs.`,
    );
  }
  for (let next = version; next < MIGRATIONS.length; next += 1) {
    for (const statement of MIGRATIONS[next] ?? []) await client.query(statement);
    await client.query('insert into log.migrations (version) values ($1)', [next + 1]);
  }
};
