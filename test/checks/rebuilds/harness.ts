import { tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'pg';
import { createCodec } from '#event-store/codec/codec';
import type { Codec } from '#event-store/codec.port';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { memoryKeys } from '#keys/memory-keys';
import { createBuilds, type Builds } from '#read-store/builds/builds';
import { createReadStore } from '#read-store/query/postgres-read-store';
import type { ReadStore } from '#read-store/read-store.port';
import { keptAlive, type Child } from '#testing/processes/kept-alive';
import { emptyDatabase } from '../runner/empty-database';
import { hoursEvent, streamOf } from './workload';
import { NAME, sumsModel } from './models';

export interface ActiveBuild {
  readonly version: number;
  readonly build: number;
}

/** A database with a log of some length, a projector in a process of its own, and the code's newest version. */
export class RebuildsHarness {
  version = 1;
  private written = 0;
  private projector: Child | null = null;
  private readonly died: string[] = [];

  private constructor(
    readonly url: string,
    readonly pool: Pool,
    readonly log: PostgresLog,
    readonly codec: Codec,
    readonly store: ReadStore & { close(): void },
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(events: number): Promise<RebuildsHarness> {
    const { url, drop } = await emptyDatabase();
    const pool = new Pool({ connectionString: url, max: 12 });
    pool.on('error', () => undefined);
    const harness = new RebuildsHarness(
      url,
      pool,
      await PostgresLog.open(url, { pollMs: 50 }),
      createCodec(memoryKeys()),
      createReadStore(pool),
      drop,
    );
    await harness.write(events);
    harness.start();
    while (!(await harness.isServed())) await pause(50);
    return harness;
  }

  next = (): number => ++this.written;

  get models() {
    return [sumsModel(this.version)];
  }

  get builds(): Builds {
    return createBuilds({ pool: this.pool, log: this.log, codec: this.codec, models: this.models, keepMs: 1_000 });
  }

  async kill(): Promise<void> {
    await this.projector?.kill();
  }

  /** The next version of the code: the projector is stopped and started, as at any release. */
  async release(): Promise<void> {
    await this.end();
    this.version += 1;
    this.start();
  }

  private async isServed(): Promise<boolean> {
    return this.active().then(
      ({ version }) => version > 0,
      () => false,
    );
  }

  async active(): Promise<ActiveBuild> {
    const { rows } = await this.pool.query<ActiveBuild>(`select version, build from read.projection where name = $1 and state = 'active'`, [
      NAME,
    ]);
    return rows[0] ?? { version: 0, build: 0 };
  }

  /** Whether another build serves than `before`, in time. */
  async switched(before: ActiveBuild, patienceMs: number, signal: AbortSignal): Promise<boolean> {
    for (const deadline = Date.now() + patienceMs; Date.now() < deadline && !signal.aborted; await pause(20)) {
      const now = await this.active();
      if (now.version !== before.version || now.build !== before.build) return true;
    }
    return false;
  }

  /** Until what serves stands at the log's head. */
  async settled(patienceMs: number): Promise<boolean> {
    const head = await this.log.head();
    return this.store.waitFor([NAME], head, patienceMs).then(
      () => true,
      () => false,
    );
  }

  diedAlone(): readonly string[] {
    return [...this.died, ...(this.projector?.diedAlone ?? [])];
  }

  async close(): Promise<void> {
    await this.end();
    this.store.close();
    await this.log.close();
    await this.pool.end();
    await this.drop();
  }

  private start(): void {
    const { PATH, HOME, TMPDIR = tmpdir() } = process.env;
    const env = { PATH, HOME, TMPDIR, DATABASE_URL: this.url, VERSION: String(this.version), KEEP_MS: '1000' };
    this.projector = keptAlive('the projector', 'test/checks/rebuilds/projector', env);
    this.projector.start();
  }

  private async end(): Promise<void> {
    this.died.push(...(this.projector?.diedAlone ?? []));
    await this.projector?.stop();
    this.projector = null;
  }

  private async write(events: number): Promise<void> {
    const AT_ONCE = 200;
    while (this.written < events) {
      const some = Array.from({ length: Math.min(AT_ONCE, events - this.written) }, this.next);
      await Promise.all(some.map(async (number) => this.log.append(streamOf(number), 'none', [await hoursEvent(this.codec, number)])));
    }
  }
}
