import type { Pool, PoolClient } from 'pg';
import type { Signal } from '#async/signal';

const CHANNEL = 'savoirs_log';
/** A process tells the others at most this often; the last append of a burst is always told. */
const TELL_EVERY_MS = 50;
const LISTEN_AGAIN_MS = 1000;

/** Hints between processes that the log has grown. A lost hint costs a poll, never an event: nothing rests on them. */
export class NotifyListener {
  private listener: PoolClient | undefined;
  private listeners = 0;
  private retry: NodeJS.Timeout | undefined;
  private quiet: NodeJS.Timeout | undefined;
  private grown = false;

  constructor(
    private readonly pool: Pool,
    private readonly appended: Signal,
    private readonly notify: (statement: string) => Promise<unknown>,
  ) {}

  /** After an append: this process at once, the others by NOTIFY, outside the append's own transaction. */
  tell(): void {
    this.appended.raise();
    this.grown = true;
    if (this.quiet === undefined) this.tellOthers();
  }

  /** Listens while at least one subscription lives. @returns how to stop */
  attend(): () => void {
    this.listeners += 1;
    if (this.listeners === 1) void this.listen();
    return () => {
      this.listeners -= 1;
      if (this.listeners === 0) this.silence();
    };
  }

  async close(): Promise<void> {
    this.listeners = 0;
    clearTimeout(this.quiet);
    this.silence();
    if (!this.pool.ending) await this.pool.end();
  }

  private tellOthers(): void {
    this.quiet = undefined;
    if (!this.grown) return;
    this.grown = false;
    this.notify(`notify ${CHANNEL}`).catch(() => undefined);
    this.quiet = setTimeout(() => this.tellOthers(), TELL_EVERY_MS).unref();
  }

  private async listen(): Promise<void> {
    try {
      const client = await this.pool.connect();
      this.listener = client;
      client.on('notification', () => this.appended.raise());
      client.on('error', () => this.lose(client));
      client.on('end', () => this.lose(client));
      await client.query(`listen ${CHANNEL}`);
      this.appended.raise();
      if (this.listeners === 0) this.silence();
    } catch {
      this.lose(this.listener);
    }
  }

  private lose(client: PoolClient | undefined): void {
    if (this.listener !== client) return;
    this.silence();
    if (this.listeners > 0) this.retry = setTimeout(() => void this.listen(), LISTEN_AGAIN_MS).unref();
  }

  private silence(): void {
    clearTimeout(this.retry);
    const client = this.listener;
    this.listener = undefined;
    client?.release(true);
  }
}
