import type { Pool, PoolClient } from 'pg';
import type { AppendResult, Position } from '../log.port';
import { appendAtEnd, exactSingle } from './append-at-end';
import { appendAll, type AppendRequest } from './append-statement';
import { isLostRace, isUndone, unavailable } from './faults';

/**
 * What the append function relies on: a snapshot per statement inside it, plans by index from the first event on
 * (they are kept while the table grows from nothing), and an answer only after the flush to disk.
 */
const settings = (deadlineMs: number): string => `
  set default_transaction_isolation = 'read committed'; set enable_seqscan = off; set enable_bitmapscan = off; set jit = off;
  set statement_timeout = ${deadlineMs};
  select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') in ('off', 'local')`;

const RACES = 5;
/** After the end was not where it was left, other processes write too: so many appends ask for it before one is guessed again. */
const CAUTIOUS_APPENDS = 50;

/** The one connection over which a process appends: made when needed, made anew after a fault. */
export class AppendConnection {
  private client: PoolClient | undefined;
  /** The last place that this connection saw committed, which is the log's end while nobody else writes. */
  private end: Position | undefined;
  private caution = 0;

  constructor(
    private readonly pool: Pool,
    private readonly deadlineMs: number,
  ) {}

  /** @throws what `pg` throws; `beforeSending` is called once nothing but the statement itself can fail */
  async append(requests: readonly AppendRequest[], beforeSending: () => void): Promise<readonly AppendResult[]> {
    const client = this.client ?? (await this.connect());
    beforeSending();
    const timer = setTimeout(() => this.drop(client), this.deadlineMs);
    try {
      return await this.appendRacing(client, requests);
    } catch (error) {
      if (!isUndone(error)) this.drop(client);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    if (this.client !== undefined) this.drop(this.client);
    if (!this.pool.ending) await this.pool.end();
  }

  private async connect(): Promise<PoolClient> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw unavailable(error);
    });
    this.client = client;
    this.end = undefined;
    client.on('error', () => this.drop(client));
    client.on('end', () => this.drop(client));
    try {
      await client.query(settings(this.deadlineMs));
      return client;
    } catch (error) {
      this.drop(client);
      throw unavailable(error);
    }
  }

  /** With a statement under way, this cuts the connection, and the statement fails. */
  private drop(client: PoolClient): void {
    if (this.client !== client) return;
    this.client = undefined;
    client.release(true);
  }

  /** A race lost to another writer is undone: run again, it is judged on what is there now. */
  private async appendRacing(client: PoolClient, requests: readonly AppendRequest[]): Promise<readonly AppendResult[]> {
    const guessed = await this.appendGuessing(client, requests);
    if (guessed !== undefined) return [guessed];
    for (let race = 1; ; race += 1) {
      try {
        const results = await appendAll(client, requests);
        this.caution = Math.max(0, this.caution - results.length);
        for (const result of results) this.moveEnd(result);
        return results;
      } catch (error) {
        if (race === RACES || !isLostRace(error)) throw error;
      }
    }
  }

  /** One event at the end where this process left it: as cheap as a plain insert. */
  private async appendGuessing(client: PoolClient, requests: readonly AppendRequest[]): Promise<AppendResult | undefined> {
    const request = this.end !== undefined && this.caution === 0 ? exactSingle(requests) : undefined;
    if (request === undefined || this.end === undefined) return undefined;
    const result = await appendAtEnd(client, request, this.end);
    if (result !== undefined) return this.moveEnd(result);
    this.end = undefined;
    this.caution = CAUTIOUS_APPENDS;
    return undefined;
  }

  private moveEnd(result: AppendResult): AppendResult {
    if (result.outcome === 'appended' && (this.end === undefined || result.position > this.end)) this.end = result.position;
    return result;
  }
}
