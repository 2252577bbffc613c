import type { Pool } from 'pg';
import type { Codec } from '#event-store/codec.port';
import { START, type EventLog, type Position } from '#event-store/log.port';
import { queueItemOf } from '#projections/match-queue/match-queue.feed';
import { matchQueue, type QueueEvent, type QueueRow } from '#projections/match-queue/match-queue.projection';
import { emptyFolding, foldEvent } from '#read-store/fold/fold';
import type { Recorded } from '#kernel/message';
import type { Client, Stretch, ChangesAt } from './client';
import { digestOf, Digests, type Queued } from './digests';

/** Every change that was ever kept, copied by the database itself in the writing transaction: pruning does not reach it. */
export const COPY = `
  create table read.check_change (like read.change);
  create function read.copy_changes() returns trigger language plpgsql as
    $$ begin insert into read.check_change select * from new_rows; return null; end $$;
  create trigger copy_changes after insert on read.change referencing new table as new_rows
    for each statement execute function read.copy_changes();`;

/** What must be told, by build and position. */
type DueChanges = ReadonlyMap<number, ReadonlyMap<Position, ChangesAt>>;

const valueOf = (row: string | null): Queued | null => (row === null ? null : (queueItemOf(JSON.parse(row) as QueueRow) as Queued | null));

const BATCH = 5_000;

const dueOf = async (pool: Pool, networkId: string): Promise<DueChanges> => {
  const due = new Map<number, Map<Position, ChangesAt>>();
  let after: readonly [number, string, number] = [0, '', 0];
  for (;;) {
    const { rows } = await pool.query<{ projection: number; position: Position; ordinal: number; key: string; row: string | null }>(
      `select projection, position, ordinal, key, row from read.check_change
       where network = $1 and (projection, position, ordinal) > ($2, $3, $4) order by projection, position, ordinal limit ${BATCH}`,
      [networkId, ...after],
    );
    for (const { projection, position, key, row } of rows) {
      const ofBuild = due.get(projection) ?? new Map<Position, ChangesAt>();
      due.set(projection, ofBuild);
      const at = ofBuild.get(position) ?? { count: 0, sum: 0 };
      ofBuild.set(position, { count: at.count + 1, sum: (at.sum + digestOf({ key, value: valueOf(row) })) | 0 });
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return due;
    after = [last.projection, last.position, last.ordinal];
  }
};

/** What the queue shows at each of these positions, folded in memory from the log alone. */
const shownAt = async (
  { log, codec }: { readonly log: EventLog; readonly codec: Pick<Codec, 'decode'> },
  positions: ReadonlySet<Position>,
): Promise<ReadonlyMap<Position, number>> => {
  const wanted = [...positions].sort();
  const shown = new Map<Position, number>();
  const [folding, digests] = [emptyFolding<QueueRow>(), new Digests()];
  const passed = (position: Position): void => {
    while (wanted.length > 0 && wanted[0]! < position) shown.set(wanted.shift()!, digests.sum);
  };
  for await (const stored of log.readAll({ after: START, filter: { types: Object.keys(matchQueue.handles) } })) {
    passed(stored.position);
    const event = codec.decode(stored) as Recorded<QueueEvent>;
    foldEvent(matchQueue, folding, event);
    for (const key of matchQueue.keys(event)) {
      const row = folding.rows.get(key) ?? null;
      digests.put({ key, value: row === null ? null : (queueItemOf(row) as Queued | null) });
    }
  }
  passed('~' as Position);
  return shown;
};

export interface InvariantResult {
  readonly counts: Readonly<Record<'missed' | 'doubled' | 'differences' | 'unannounced', number>>;
  readonly findings: readonly string[];
  readonly told: number;
}

interface StretchTally {
  missed: number;
  doubled: number;
  told: number;
}

const compareStretch = ({ build, from, to, isWithin, told }: Stretch, due: DueChanges): StretchTally => {
  const tally: StretchTally = { missed: 0, doubled: 0, told: 0 };
  for (const [position, wanted] of due.get(build) ?? []) {
    if (position <= from || position > to) continue;
    const got = told.get(position) ?? { count: 0, sum: 0 };
    const isCut = isWithin && position === to;
    tally.missed += isCut ? 0 : Math.max(0, wanted.count - got.count);
    tally.doubled += Math.max(0, got.count - wanted.count);
    // as many as due, but not those that were due
    if (!isCut && got.count === wanted.count && got.sum !== wanted.sum) tally.missed += 1;
  }
  for (const [position, { count }] of told) {
    tally.told += count;
    if (position <= from || !due.get(build)?.has(position)) tally.doubled += count;
  }
  return tally;
};

/** Compares what each client was told with what the database kept, and what it knows with the log. */
export const checkInvariants = async (
  clients: readonly Client[],
  harness: { readonly pool: Pool; readonly log: EventLog; readonly codec: Pick<Codec, 'decode'>; readonly networkId: string },
): Promise<InvariantResult> => {
  const due = await dueOf(harness.pool, harness.networkId);
  const head = await harness.log.head();
  const shown = await shownAt(harness, new Set([head, ...clients.flatMap(({ stretches }) => stretches.map(({ from }) => from))]));
  const counts = { missed: 0, doubled: 0, differences: 0, unannounced: 0 };
  const findings: string[] = [];
  let told = 0;
  for (const [number, client] of clients.entries()) {
    const tallies = client.stretches.map((stretch) => compareStretch(stretch, due));
    const missed = tallies.reduce((sum, one) => sum + one.missed, 0);
    const doubled = tallies.reduce((sum, one) => sum + one.doubled, 0);
    const wrongStarts = client.stretches.filter(({ from, sum }) => shown.get(from) !== sum).length;
    const wrongEnd = shown.get(head) === client.sum ? 0 : 1;
    counts.missed += missed;
    counts.doubled += doubled;
    counts.differences += wrongStarts + wrongEnd;
    counts.unannounced += client.unannounced;
    told += tallies.reduce((sum, one) => sum + one.told, 0);
    if (missed + doubled + wrongStarts + wrongEnd + client.unannounced > 0)
      findings.push(
        `client ${number}: ${missed} missed, ${doubled} doubled, ${wrongStarts} snapshots unlike the log, ` +
          `${wrongEnd === 0 ? 'knows' : 'does not know'} the end, ${client.unannounced} switches untold`,
      );
  }
  return { counts, findings, told };
};
