import type { PoolClient } from 'pg';
import type { Instant } from '#kernel/id';
import { LostRace } from '../checkpoints/consumer';
import { buildsIn, raiseEpochs, type Checkpoint } from '../checkpoints/projection-table';
import { isNobodysOwn, type TaskResult } from './command-queue';
import { classOf } from '../fold/poison-policy';
import { BEGIN, holdCheckpoints } from '../checkpoints/checkpoints';
import { park } from './process-parking';
import type { AnyProcess, ProcessParts } from './process-runner';
import { inTransaction } from '#postgres/transaction';
import { controlTables, PROCESS, type ControlTables } from '../tables/table-names';
import { causeOfDue, settleDue, strike, type DueRow, type Struck } from './deadlines';

interface Row extends DueRow {
  readonly process_name: string;
  readonly position: Checkpoint['position'];
  readonly epoch: string;
}

/** Null: a process that is gone brings nothing. */
type Tried = { readonly row: Row; readonly struck: Struck | null } | { readonly row: Row; readonly fault: unknown };

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

  /** The earliest of all that these processes wait for; those of a key where something is parked wait behind that. */
  async next(at: readonly Checkpoint[]): Promise<Instant | null> {
    const { rows } = await this.parts.pool.query<{ next: Instant | null }>(
      `select min(d.at) as next from ${this.tables.due} d where d.process = any($1) and ${mayFire(this.tables)}`,
      [at.map(({ id }) => id)],
    );
    return rows[0]?.next ?? null;
  }

  /**
   * Fires what is due at `now`, at most `limit` and one for each key: its commands are answered, then it is deleted; a crash between
   * brings it again under the same command ids. One that throws is parked under its key. Answers how many.
   * @throws LostRace where another process holds these processes by now
   */
  async fire(at: readonly Checkpoint[], { now, limit, signal }: { now: Instant; limit: number; signal: AbortSignal }): Promise<number> {
    const rows = firstOfEachKey(await this.due(at, now, limit));
    if (rows.length === 0) return 0;
    const tried: Tried[] = [];
    for (const row of rows) tried.push(await this.try(row, now));
    const tasks = tried.flatMap((one) => ('struck' in one && one.struck ? [one.struck.task] : []));
    const results = (await this.parts.orders.run(tasks, signal)).values();
    const involved = at.filter(({ id }) => rows.some(({ process }) => process === id));
    await inTransaction(this.parts.pool, BEGIN, async (client) => {
      await holdCheckpoints(client, this.tables, involved);
      for (const one of tried) {
        if ('fault' in one) await this.park(client, one.row, { index: one.row.answered, fault: one.fault });
        else {
          const result: TaskResult = one.struck ? results.next().value! : 'answered';
          if (typeof result === 'object') await this.park(client, one.row, result);
          else await settleDue(client, this.tables, one.row, one.struck?.next ?? {});
        }
      }
    });
    return rows.length;
  }

  private async due(at: readonly Checkpoint[], now: Instant, limit: number): Promise<readonly Row[]> {
    const { due, processRow, parked } = this.tables;
    const isOf = `k.projection = d.process and k.key = d.key and k.due = d.name and k.due_at = d.at`;
    const { rows } = await this.parts.pool.query<Row>(
      `select d.*, r.row, p.name as process_name, p.position, p.lease_epoch::text as epoch,
         coalesce((select k.answered from ${parked} k where ${isOf} and k.state = 'owed' limit 1), 0) as answered,
         exists (select from ${parked} k where ${isOf} and k.state = 'skipped') as silent
       from ${due} d join ${buildsIn(this.tables, 'all')} p on p.id = d.process left join ${processRow} r on r.process = d.process and r.key = d.key
       where d.process = any($1) and d.at <= $2 and ${mayFire(this.tables)} order by d.at, p.name, d.key, d.name limit $3`,
      [at.map(({ id }) => id), now, limit],
    );
    for (const { process, position, epoch, process_name: name } of rows) {
      const mine = at.find(({ id }) => id === process);
      if (mine?.position !== position || mine.epoch !== epoch) throw new LostRace(name);
    }
    return rows;
  }

  private async try(row: Row, now: Instant): Promise<Tried> {
    const process = this.byName.get(row.process_name);
    if (!process) return { row, struck: null };
    try {
      return { row, struck: await strike(process, row, { now, ask: this.parts.ask }) };
    } catch (fault) {
      if (isNobodysOwn(fault)) throw fault;
      return { row, fault };
    }
  }

  /** It stays, and nothing on its key goes on before it: whoever works on that key at this place must look again. */
  private async park(client: PoolClient, row: Row, { index, fault }: { index: number; fault: unknown }): Promise<void> {
    const { parked } = this.tables;
    await client.query(`delete from ${parked} where projection = $1 and state = 'owed' and key = $2 and due = $3 and due_at = $4`, [
      ...[row.process, row.key, row.name, row.at],
    ]);
    await park(client, this.tables, row.process, [causeOfDue(row, { position: row.position, fault: classOf(fault), answered: index })]);
    await raiseEpochs(client, this.tables, [row.process]);
  }
}

const mayFire = ({ parked }: ControlTables): string =>
  `not exists (select from ${parked} w where w.projection = d.process and not w.unknown and w.key = d.key and w.state = 'parked')`;

const firstOfEachKey = <One extends { readonly process: number; readonly key: string }>(rows: readonly One[]): readonly One[] => {
  const seen = new Set<string>();
  return rows.filter(({ process, key }) => {
    const of = `${process} ${key}`;
    return !seen.has(of) && seen.add(of);
  });
};
