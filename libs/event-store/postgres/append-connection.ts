import type { Pool, PoolClient } from 'pg';
import type { AppendResult } from '../log.port';
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

/** The one connection over which a process appends: made when needed, made anew after a fault. */
export class AppendConnection {
  private client: PoolClient | undefined;

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
      return await appendRacing(client, requests);
    } catch (error) {
      if (!isUndone(error)) this.drop(client);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    if (this.client !== undefined) this.drop(this.client);
    await this.pool.end();
  }

  private async connect(): Promise<PoolClient> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw unavailable(error);
    });
    this.client = client;
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
}

/** A race lost to a writer that did not queue at the lock is undone: run again, it is judged on what is there now. */
const appendRacing = async (client: PoolClient, requests: readonly AppendRequest[]): Promise<readonly AppendResult[]> => {
  for (let race = 1; ; race += 1) {
    try {
      return await appendAll(client, requests);
    } catch (error) {
      if (race === RACES || !isLostRace(error)) throw error;
    }
  }
};
