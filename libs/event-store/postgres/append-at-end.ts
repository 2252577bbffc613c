import type { ClientBase } from 'pg';
import { BEFORE_FIRST } from '../expectation';
import type { AppendResult, Position } from '../log.port';
import { fromPosition, toPosition } from '../position';
import type { AppendRequest } from './append-statement';
import { isLostRace } from './faults';
import { POSITION_LOCK } from './log-schema';

/**
 * Places, revisions and ids are unique, so this needs to look for nothing but the event before: it stores the event right
 * after `end` and after the expected revision, or nothing. It queues at the lock like every append, and holds it till the commit.
 */
const STATEMENT = {
  name: 'log-append-at-end',
  text: `insert into log.events (position, revision, version, event_id, stream, type, meta, data)
    select $1::bigint + 1, $2::int + 1, $3, $4, $5, $6, $7, $8 from pg_advisory_xact_lock(${POSITION_LOCK})
    where exists (select from log.events e where e.position = $1::bigint)
      and ($2::int = ${BEFORE_FIRST} or exists (select from log.events e where e.stream = $5 and e.revision = $2::int))
    returning position`,
} as const;

interface ExactRequest extends AppendRequest {
  readonly expected: 'none' | number;
}

/** The only request, where it is one event after an exact revision. */
export const exactSingle = ([request, ...more]: readonly AppendRequest[]): ExactRequest | undefined => {
  if (request === undefined || more.length > 0 || request.events.length !== 1) return undefined;
  const { expected } = request;
  if (expected === 'any' || expected === 'exists' || (expected !== 'none' && expected >= GREATEST_INT)) return undefined;
  return { ...request, expected };
};

/** @returns nothing where the log's end, the stream or the event id is not as guessed: nothing is stored and nothing judged */
export const appendAtEnd = async (client: ClientBase, request: ExactRequest, end: Position): Promise<AppendResult | undefined> => {
  const { stream, expected, events } = request;
  const before = expected === 'none' ? BEFORE_FIRST : expected;
  const values = [
    fromPosition(end),
    before,
    events[0]?.version,
    events[0]?.eventId,
    stream,
    events[0]?.type,
    events[0]?.meta,
    events[0]?.data,
  ];
  try {
    const { rows } = await client.query<{ position: string }>({ ...STATEMENT, values });
    return rows[0] && { outcome: 'appended', position: toPosition(rows[0].position), revision: before + 1 };
  } catch (error) {
    if (isLostRace(error)) return undefined;
    throw error;
  }
};

const GREATEST_INT = 2 ** 31 - 1;
