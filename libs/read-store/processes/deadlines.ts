import type { PoolClient } from 'pg';
import type { Instant } from '#kernel/id';
import type { Due, DueTimes } from '#kernel/process';
import { commandIdOf, dueKey } from './command-ids';
import type { Task } from './command-queue';
import type { AnyProcess } from './process-fold';
import type { ParkedCause } from './process-parking';
import type { ControlTables } from '../tables/table-names';

/** A due time, and the row that it strikes. */
export interface DueRow {
  readonly process: number;
  readonly key: string;
  readonly name: string;
  readonly at: Instant;
  readonly network: string;
  readonly correlation: string;
  readonly causation: string;
  /** Null: the row is gone. */
  readonly row: string | null;
  /** Of its orders, how many are answered already. */
  readonly answered: number;
  /** An operator gave its orders up. */
  readonly silent: boolean;
}

/** What a due time brings: its commands, and the due times that follow it. */
export interface Struck {
  readonly task: Task;
  readonly next: DueTimes;
}

interface Striking {
  readonly now: Instant;
  readonly ask: (question: unknown) => Promise<unknown>;
}

/** A row that is gone brings nothing. @throws what the process or the one who is asked threw */
export const strike = async (process: AnyProcess, row: DueRow, { now, ask }: Striking): Promise<Struck> => {
  const task = { process: process.name, keys: [row.key], orders: [] };
  if (row.row === null) return { task, next: {} };
  const due: Due = { key: row.key, name: row.name, at: row.at };
  const held: unknown = JSON.parse(row.row);
  const next = process.next?.(held, due, now) ?? {};
  if (row.silent) return { task, next };
  const answer = process.asks ? await ask(process.asks(held, due)) : undefined;
  const orders = process.react(held, due, row.key, answer).map((order, index) => ({
    order: order as unknown,
    index,
    ids: {
      commandId: commandIdOf(dueKey(due), process.name, index),
      causationId: row.causation,
      correlationId: row.correlation,
      network: row.network,
    },
  }));
  return { task: { ...task, orders: orders.slice(row.answered) }, next };
};

/** It fired: it goes, and what follows it comes. */
export const settleDue = async (
  client: PoolClient,
  { due, parked }: ControlTables,
  { process, key, name, at, network, correlation, causation }: DueRow,
  next: DueTimes,
): Promise<void> => {
  await client.query(
    `with fired as (delete from ${due} where process = $1 and key = $2 and name = $3 and at = $4)
     delete from ${parked} where projection = $1 and key = $2 and due = $3 and due_at = $4 and state = 'owed'`,
    [process, key, name, at],
  );
  for (const [following, moment] of Object.entries(next)) {
    if (moment === null) continue;
    await client.query(
      `insert into ${due} (process, key, name, at, network, correlation, causation) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (process, key, name) do update set at = excluded.at`,
      [process, key, following, moment, network, correlation, causation],
    );
  }
};

/** As it is parked under its key: after every event that its process has read. */
export const causeOfDue = (
  { key, name, at, causation }: DueRow,
  how: Pick<ParkedCause, 'position' | 'fault' | 'answered'>,
): ParkedCause => ({
  ...{ unknown: false, key, eventId: causation, type: 'due time', stream: '', revision: -1, silent: false, due: { name, at } },
  ...how,
});
