import type { Pool, PoolClient } from 'pg';
import type { Position } from '#event-store/log.port';
import type { Entry } from '../checkpoints/consumer';
import type { Checkpoint } from '../checkpoints/projection-table';
import { MOST_PARKED, TooManyParked } from '../fold/poison-policy';
import type { ControlTables } from '../tables/table-names';
import { arrayLiteral } from '../tables/array-literal';

/** One cause that a process has set aside: an event, or a due time that came, for one of its keys. */
export interface ParkedCause {
  /** Nobody can tell the keys: `key` is the event's stream. */
  readonly unknown: boolean;
  readonly key: string;
  readonly position: Position;
  /** Of a due time: the event that set it. */
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  /** Class of what was thrown; null: it waits behind another. */
  readonly fault: string | null;
  /** Of its orders, how many are answered: the next one threw. */
  readonly answered: number;
  readonly silent: boolean;
  readonly due: { readonly name: string; readonly at: string } | null;
}

/** An event as it is parked under one key. */
export const causeOf = ({ stored }: Entry, rest: Pick<ParkedCause, 'unknown' | 'key' | 'fault' | 'answered' | 'silent'>): ParkedCause => {
  const { position, eventId, type, stream, revision } = stored;
  return { position, eventId, type, stream, revision, due: null, ...rest };
};

interface Known {
  readonly unknown: boolean;
  readonly key: string;
  readonly state: 'parked' | 'skipped' | 'owed';
  readonly eventId: string;
  readonly answered: number;
}

/** Which keys and streams wait already, and what becomes of events that an earlier version had parked. */
export class ParkedKeys {
  private readonly keys = new Set<string>();
  private readonly streams = new Set<string>();
  private readonly owed = new Map<string, number>();
  private readonly skipped = new Set<string>();

  constructor(known: readonly Known[] = []) {
    for (const { unknown, key, state, eventId, answered } of known) {
      if (state === 'owed') this.owed.set(eventId, answered);
      else if (state === 'skipped') this.skipped.add(`${eventId} ${unknown} ${key}`);
      else this.block({ unknown, keys: [key] });
    }
  }

  /** From here on what concerns these waits. */
  block({ unknown, keys }: { readonly unknown: boolean; readonly keys: readonly string[] }): void {
    for (const key of keys) (unknown ? this.streams : this.keys).add(key);
  }

  /** Behind one of its keys, or behind an event of its stream whose keys nobody knows. */
  waits({ stored }: Entry, keys: readonly string[]): boolean {
    return this.streams.has(stored.stream) || keys.some((key) => this.keys.has(key));
  }

  isSkipped({ stored }: Entry, unknown: boolean, keys: readonly string[]): boolean {
    return this.skipped.size > 0 && keys.some((key) => this.skipped.has(`${stored.eventId} ${unknown} ${key}`));
  }

  /** How many orders of it were answered, where an earlier version had parked it; undefined: it had not. */
  owedOf({ stored }: Entry): number | undefined {
    return this.owed.get(stored.eventId);
  }

  copy(): ParkedKeys {
    const copy = new ParkedKeys();
    copy.block({ unknown: false, keys: [...this.keys] });
    copy.block({ unknown: true, keys: [...this.streams] });
    return copy;
  }
}

/**
 * What is parked where these events belong. Read before the rows: whoever changes it moves the checkpoint or raises the epoch,
 * which the reading of the rows tests.
 */
export const loadParkedKeys = async (
  pool: Pick<Pool, 'query'>,
  { parked }: ControlTables,
  { at, entries, keys }: { readonly at: Checkpoint; readonly entries: readonly Entry[]; readonly keys: readonly string[] },
): Promise<ParkedKeys> => {
  const again = entries.filter(({ stored }) => stored.position <= at.silentUntil);
  const { rows } = await pool.query<Known>(
    `select unknown, key, state, event_id::text as "eventId", answered from ${parked} where projection = $1
       and (state = 'parked' and key = any(case when unknown then $2::text[] else $3::text[] end)
         or state in ('skipped', 'owed') and due = '' and event_id = any($4::text[]::uuid[]))`,
    [
      at.id,
      arrayLiteral([...new Set(entries.map(({ stored }) => stored.stream))]),
      arrayLiteral(keys),
      again.map(({ stored }) => stored.eventId),
    ],
  );
  return new ParkedKeys(rows);
};

/** What an earlier version left is answered, or parked anew. */
export const forgetOwed = async (client: PoolClient, { parked }: ControlTables, id: number, eventIds: readonly string[]): Promise<void> => {
  if (eventIds.length === 0) return;
  await client.query(`delete from ${parked} where projection = $1 and state = 'owed' and due = '' and event_id = any($2::uuid[])`, [
    id,
    eventIds,
  ]);
};

/** Sets causes aside, in the transaction that moves the checkpoint. */
export const park = async (client: PoolClient, { parked }: ControlTables, id: number, causes: readonly ParkedCause[]): Promise<void> => {
  if (causes.length === 0) return;
  const column = (of: (one: ParkedCause) => string | null): string => arrayLiteral(causes.map(of));
  await client.query(
    `insert into ${parked} (projection, unknown, key, position, event_id, type, stream, revision, fault, attempts, answered, silent, due, due_at)
     select $1, unknown::boolean, key, position, event_id::uuid, type, stream, revision::integer, fault, (fault is not null)::integer,
       answered::integer, silent::boolean, due, due_at
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
       as given (unknown, key, position, event_id, type, stream, revision, fault, answered, silent, due, due_at)
     on conflict (projection, unknown, key, position, due, due_at) do update set
       state = 'parked', fault = excluded.fault, attempts = excluded.attempts, answered = excluded.answered, silent = excluded.silent`,
    [
      id,
      column(({ unknown }) => String(unknown)),
      column(({ key }) => key),
      column(({ position }) => position),
      column(({ eventId }) => eventId),
      column(({ type }) => type),
      column(({ stream }) => stream),
      column(({ revision }) => String(revision)),
      column(({ fault }) => fault),
      column(({ answered }) => String(answered)),
      column(({ silent }) => String(silent)),
      column(({ due }) => due?.name ?? ''),
      column(({ due }) => due?.at ?? ''),
    ],
  );
};

/** So much set aside is no accident of an event, but of the code: the process stands still, and nothing more is kept. @throws TooManyParked */
export const refuseTooMany = async (client: PoolClient, { parked }: ControlTables, id: number): Promise<void> => {
  const { rows } = await client.query<{ parked: number }>(
    `select count(*)::integer as parked from ${parked} where projection = $1 and state = 'parked'`,
    [id],
  );
  if (rows[0]!.parked > MOST_PARKED) throw new TooManyParked();
};
