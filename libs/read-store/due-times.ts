import type { Instant } from '#kernel/id';
import type { PoolClient } from 'pg';
import type { Due, DueTimes } from '#kernel/process';
import { commandIdOf, dueKey } from './command-ids';
import { LostRace, type Standpoint } from './consumer';
import type { Task } from './orders';
import { BEGIN } from './positions';
import type { AnyProcess, ProcessParts } from './process-runner';
import { controlTables, inTransaction, PROCESS } from './schema';

interface DueRow {
  readonly process: number;
  readonly key: string;
  readonly name: string;
  readonly at: Instant;
  readonly network: string;
  readonly correlation: string;
  readonly causation: string;
  readonly row: string | null;
  readonly process_name: string;
  readonly position: string;
  readonly epoch: string;
}

/** A due time that came, with what follows from it. */
interface Struck {
  readonly row: DueRow;
  readonly task: readonly Task[];
  readonly next: DueTimes;
}

/** The moments that processes wait for: taken in the order (at, process, key, name), each fired once. */
export class DueTimesOf {
  private readonly tables;
  private readonly byName: ReadonlyMap<string, AnyProcess>;

  constructor(
    processes: readonly AnyProcess[],
    private readonly parts: ProcessParts,
  ) {
    this.tables = controlTables(parts.schema);
    this.byName = new Map(processes.map((process) => [PROCESS + process.name, process]));
  }

  /** The earliest of all that these processes wait for. */
  async next(at: readonly Standpoint[]): Promise<Instant | null> {
    const { rows } = await this.parts.pool.query<{ next: Instant | null }>(
      `select min(at) as next from ${this.tables.due} where process = any($1)`,
      [at.map(({ id }) => id)],
    );
    return rows[0]?.next ?? null;
  }

  /**
   * Fires what is due at `now`, at most `limit` and one for each key: its commands are answered, then it is deleted; a crash between
   * brings it again under the same command ids. Answers how many. @throws LostRace where another process holds these processes by now
   */
  async fire(at: readonly Standpoint[], { now, limit, signal }: { now: Instant; limit: number; signal: AbortSignal }): Promise<number> {
    const rows = firstOfEachKey(await this.due(at, now, limit));
    if (rows.length === 0) return 0;
    const struck: Struck[] = [];
    for (const row of rows) struck.push(await this.strike(row, now));
    await this.parts.orders.run(
      struck.flatMap(({ task }) => task),
      signal,
    );
    const involved = at.filter(({ id }) => rows.some(({ process }) => process === id));
    await inTransaction(this.parts.pool, BEGIN, async (client) => {
      const held = await client.query(
        `select p.id from ${this.tables.projection} p
         join unnest($1::integer[], $2::text[], $3::bigint[]) as mine (id, position, epoch) on p.id = mine.id
         where p.position = mine.position and p.lease_epoch = mine.epoch and p.state <> 'retired' for update of p`,
        [involved.map(({ id }) => id), involved.map(({ position }) => position), involved.map(({ epoch }) => epoch)],
      );
      if (held.rows.length !== involved.length) throw new LostRace(involved.map(({ name }) => name).join(', '));
      await client.query(
        `delete from ${this.tables.due} d using unnest($1::integer[], $2::text[], $3::text[], $4::text[]) as fired (process, key, name, at)
         where d.process = fired.process and d.key = fired.key and d.name = fired.name and d.at = fired.at`,
        [rows.map(({ process }) => process), rows.map(({ key }) => key), rows.map(({ name }) => name), rows.map((row) => row.at)],
      );
      for (const { row, next } of struck) await this.setNext(client, row, next);
    });
    return rows.length;
  }

  private async due(at: readonly Standpoint[], now: Instant, limit: number): Promise<readonly DueRow[]> {
    const { projection, due, processRow } = this.tables;
    const { rows } = await this.parts.pool.query<DueRow>(
      `select d.*, r.row, p.name as process_name, p.position, p.lease_epoch::text as epoch
       from ${due} d join ${projection} p on p.id = d.process left join ${processRow} r on r.process = d.process and r.key = d.key
       where d.process = any($1) and d.at <= $2 order by d.at, p.name, d.key, d.name limit $3`,
      [at.map(({ id }) => id), now, limit],
    );
    for (const { process, position, epoch, process_name: name } of rows) {
      const mine = at.find(({ id }) => id === process);
      if (mine?.position !== position || mine.epoch !== epoch) throw new LostRace(name);
    }
    return rows;
  }

  /** What a due time brings: its commands, and the due times that follow it. A process that is gone, or a row, brings nothing. */
  private async strike(row: DueRow, now: Instant): Promise<Struck> {
    const process = this.byName.get(row.process_name);
    if (!process || row.row === null) return { row, task: [], next: {} };
    const due: Due = { key: row.key, name: row.name, at: row.at };
    const held: unknown = JSON.parse(row.row);
    const answer = process.asks ? await this.parts.ask(process.asks(held, due)) : undefined;
    const orders = process.react(held, due, row.key, answer).map((order, index) => ({
      order: order as unknown,
      ids: {
        commandId: commandIdOf(dueKey(due), process.name, index),
        causationId: row.causation,
        correlationId: row.correlation,
        network: row.network,
      },
    }));
    return { row, task: [{ process: process.name, keys: [row.key], orders }], next: process.next?.(held, due, now) ?? {} };
  }

  private async setNext(client: PoolClient, { process, key, network, correlation, causation }: DueRow, next: DueTimes): Promise<void> {
    for (const [name, at] of Object.entries(next)) {
      if (at === null) continue;
      await client.query(
        `insert into ${this.tables.due} (process, key, name, at, network, correlation, causation) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (process, key, name) do update set at = excluded.at`,
        [process, key, name, at, network, correlation, causation],
      );
    }
  }
}

const firstOfEachKey = (rows: readonly DueRow[]): readonly DueRow[] => {
  const seen = new Set<string>();
  return rows.filter(({ process, key }) => {
    const of = `${process} ${key}`;
    return !seen.has(of) && seen.add(of);
  });
};
