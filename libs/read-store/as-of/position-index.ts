import type { Pool } from 'pg';
import type { EventLog, Position } from '#event-store/log.port';
import type { Instant } from '#kernel/id';
import { BEGINNING, findLogPosition, type Mark, type Until } from './log-position';
import { controlTables, READ_SCHEMA } from '../tables/table-names';

export interface MarkedLog {
  readonly pool: Pool;
  readonly log: Pick<EventLog, 'readAll' | 'head' | 'logId'>;
  /** Default `read`. */
  readonly schema?: string;
}

interface Row {
  readonly position: Position;
  readonly event_id: string;
  readonly ordinal: string;
  readonly recorded_at: Instant;
  readonly latest: Instant;
}

const EVERY = 10_000;

/** What of a mark tells that what is sought comes after it. */
const before = (until: Until): { readonly column: 'position' | 'latest'; readonly value: string } | null => {
  if (until === 'head') return { column: 'position', value: '9'.repeat(20) };
  if ('eventId' in until) return null;
  return 'position' in until ? { column: 'position', value: until.position } : { column: 'latest', value: until.date };
};

const nearest = async ({ pool, schema = READ_SCHEMA }: MarkedLog, logId: string, until: Until): Promise<Mark> => {
  const sought = before(until);
  if (sought === null) return BEGINNING;
  const { rows } = await pool.query<Row>(
    `select position, event_id::text, ordinal::text, recorded_at, latest from ${controlTables(schema).logMark}
     where log_id = $1 and ${sought.column} <= $2 order by position desc limit 1`,
    [logId, sought.value],
  );
  const row = rows[0];
  if (!row) return BEGINNING;
  const { position, event_id: eventId, ordinal, recorded_at: recordedAt, latest } = row;
  return { position, eventId, ordinal: Number(ordinal), recordedAt, latest };
};

/**
 * As `findPlace`, from the nearest place that was counted before; leaves marks on its way. What was committed stays where it is: a
 * mark never gets old.
 * @throws NoSuchEvent
 */
export const placeAt = async (parts: MarkedLog, until: Until, signal?: AbortSignal, onEvent?: (mark: Mark) => void): Promise<Mark> => {
  const { pool, log, schema = READ_SCHEMA } = parts;
  const logId = await log.logId();
  const marks: Mark[] = [];
  const place = await findLogPosition({
    log,
    until,
    from: await nearest(parts, logId, until),
    ...(signal === undefined ? {} : { signal }),
    onEvent: (mark) => {
      if (mark.ordinal % EVERY === 0) marks.push(mark);
      onEvent?.(mark);
    },
  });
  if (marks.length > 0)
    await pool.query(
      `insert into ${controlTables(schema).logMark} (log_id, position, event_id, ordinal, recorded_at, latest)
       select $1, * from unnest($2::text[], $3::uuid[], $4::bigint[], $5::text[], $6::text[]) on conflict do nothing`,
      [
        logId,
        marks.map(({ position }) => position),
        marks.map(({ eventId }) => eventId),
        marks.map(({ ordinal }) => ordinal),
        marks.map(({ recordedAt }) => recordedAt),
        marks.map(({ latest }) => latest),
      ],
    );
  return place;
};
