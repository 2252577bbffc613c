import type { Pool } from 'pg';
import type { Position } from '#event-store/log.port';
import { buildsIn } from '../checkpoints/projection-table';
import { cursorOf, readCursor } from '../cursor';
import { controlTables, READ_SCHEMA } from '../tables/table-names';

/** One event that one row, or one stream's rows, of a build lack; of a process also a due time that came. */
export interface ParkedEvent {
  readonly name: string;
  readonly version: number;
  readonly build: number;
  /** Of the row; where `unknown`, of the event's stream, as nobody can tell the rows. */
  readonly key: string;
  readonly unknown: boolean;
  readonly position: Position;
  /** Of a due time: the event that set it. */
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  readonly due: { readonly name: string; readonly at: string } | null;
  readonly state: 'parked' | 'skipped';
  /** Class of what was thrown; null where it waits behind another. */
  readonly fault: string | null;
  /** Of a process's orders on it, how many are answered: where there is a fault, the next one threw. 0 in a read model. */
  readonly answered: number;
  readonly attempts: number;
  /** RFC 3339. */
  readonly parkedAt: string;
}

export interface ParkedPage {
  /** As `next` of the page before gave it. */
  readonly after?: string;
  readonly limit: number;
}

const MAX_SHOWN = 1_000;

/**
 * What is parked and skipped, of one read model or process or of all, by build, row and place in the log.
 * @example const { parked, next } = await parkedOf(pool, { name: 'risk', page: { limit: 50 } });
 */
export const parkedOf = async (
  pool: Pool,
  { name, page, schema = READ_SCHEMA }: { readonly name?: string; readonly page: ParkedPage; readonly schema?: string },
): Promise<{ readonly parked: readonly ParkedEvent[]; readonly next: string | null }> => {
  const tables = controlTables(schema);
  const limit = Math.min(page.limit, MAX_SHOWN);
  const { rows } = await pool.query<ParkedEvent & { readonly place: string }>(
    `select * from (
       select p.name, p.version, p.build, k.key, k.unknown, k.position, k.event_id::text as "eventId", k.type, k.stream, k.state, k.fault,
         case when k.due <> '' then json_build_object('name', k.due, 'at', k.due_at) end as due, k.answered, k.attempts, to_char(k.parked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "parkedAt",
         concat_ws(' ', lpad(k.projection::text, 10, '0'), k.unknown, k.key, k.position, k.due, k.due_at) collate "C" as place
       from ${tables.parked} k join ${buildsIn(tables)} p on p.id = k.projection
       where k.state <> 'owed' and ($1::text is null or p.name = $1)) as all_parked
     where $2::text is null or place > $2 collate "C" order by place limit $3`,
    [name ?? null, page.after === undefined ? null : readCursor(page.after, ['text'])[0], limit + 1],
  );
  const some = rows.slice(0, limit);
  const last = some.at(-1);
  return { parked: some.map(({ place: _, ...one }) => one), next: rows.length > limit && last ? cursorOf(last.place) : null };
};

/** How many events one build lacks: whoever shows, dumps or certifies its rows must say so. */
export interface ParkedCount {
  readonly name: string;
  readonly version: number;
  readonly build: number;
  /** Events that wait, with those behind others. */
  readonly parked: number;
  /** Rows, and streams whose rows nobody can tell, that lack them. */
  readonly rows: number;
  readonly skipped: number;
}

/** Of every living build that lacks something; a build that is not named here lacks nothing. */
export const parkedCounts = async (pool: Pick<Pool, 'query'>, schema: string = READ_SCHEMA): Promise<readonly ParkedCount[]> => {
  const tables = controlTables(schema);
  const { rows } = await pool.query<ParkedCount>(
    `select p.name, p.version, p.build,
       count(distinct k.event_id) filter (where k.state = 'parked')::integer as parked,
       count(distinct (k.unknown, k.key)) filter (where k.state = 'parked')::integer as rows,
       count(distinct k.event_id) filter (where k.state = 'skipped')::integer as skipped
     from ${tables.parked} k join ${buildsIn(tables)} p on p.id = k.projection
     group by p.name, p.version, p.build order by p.name, p.version, p.build`,
  );
  return rows;
};
