import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { createKeyedMutex } from '#async/keyed-mutex';
import { isSqlState } from '#postgres/sql-state';
import type { Codec } from '#event-store/codec.port';
import type { EventLog } from '#event-store/log.port';
import { buildScratch, keyOf, scratchSchema, type Wanted } from './as-of-build';
import { evictScratch, type Keeping } from './as-of-eviction';
import { placeAt } from './position-index';
import type { Mark, Until } from './log-position';
import { pastStore } from './past-store';
import type { AnyReadModel } from '../read-model';
import type { ReadStore } from '../read-store.port';
import { inTransaction } from '#postgres/transaction';
import { controlTables, READ_SCHEMA } from '../tables/table-names';

export interface AsOfParts {
  readonly pool: Pool;
  readonly log: EventLog;
  readonly codec: Pick<Codec, 'decode'>;
  /** The present, which answers what no scratch version holds. */
  readonly present: ReadStore;
  readonly keeping: Keeping;
  /** Default `read`. */
  readonly schema?: string;
  /** Characters of rows in memory while one is built; see `SortedFold`. */
  readonly budget?: number;
}

export interface AsOfQuestion {
  readonly signal?: AbortSignal;
  /** `share` from 0 to 1, estimated. */
  readonly tell?: (far: { readonly share: number; readonly told: string }) => void;
}

/** The past, as the same queries read it. */
export interface Past {
  readonly place: Mark;
  readonly store: ReadStore;
}

const BUDGET = 64 * 1024 * 1024;
const POLL_MS = 100;

/**
 * Read models as of a past place of the log: built when somebody asks, by the same fold, in a schema of their own; kept for who asks
 * again, up to a number and an age.
 * @example const answer = await asOf.read(model, { date }, ({ store }) => new ReadMatchQueueHandler(store).execute(query));
 */
export class AsOf {
  /** One at a time in a process: each may fill a processor and much memory. */
  private readonly oneAtATime = createKeyedMutex();
  private readonly schema: string;

  constructor(private readonly parts: AsOfParts) {
    this.schema = parts.schema ?? READ_SCHEMA;
  }

  /**
   * Finds or builds that version, then lets `query` read it; once more where it was thrown away in between.
   * @throws NoSuchEvent, TooManyAsOf, CodecFault; where `signal` aborts, its reason
   */
  async read<T>(model: AnyReadModel, until: Until, query: (past: Past) => Promise<T>, asking: AsOfQuestion = {}): Promise<T> {
    for (let left = 3; ; left -= 1) {
      const past = await this.open(model, until, asking);
      try {
        return await query(past);
      } catch (fault) {
        if (left === 0 || !isSqlState(fault, 'unknownTable', 'unknownSchema')) throw fault;
      }
    }
  }

  /** Throws away what is too old, too much, or of another log or code. Answers how many went. */
  async evict(models: readonly AnyReadModel[]): Promise<number> {
    const { pool, log, keeping } = this.parts;
    return evictScratch({ pool, schema: this.schema, logId: await log.logId(), models, keeping, room: 0 });
  }

  private async open(model: AnyReadModel, until: Until, asking: AsOfQuestion): Promise<Past> {
    const { pool, log, present } = this.parts;
    const [head, logId] = [await log.head(), await log.logId()];
    const onEvent = ({ ordinal, position }: Mark): void =>
      asking.tell?.({ share: Number(position) / Math.max(1, Number(head)) / 2, told: `${ordinal} events looked at for the place` });
    const place = await placeAt({ pool, log, schema: this.schema }, until, asking.signal, onEvent);
    const wanted = { logId, model, place };
    const id = (await this.find(pool, wanted)) ?? (await this.oneAtATime('build', () => this.build(wanted, asking)));
    return { place, store: pastStore(pool, { schema: scratchSchema(this.schema, id), holds: model.projection.name, present }) };
  }

  /** Its use is noted: what was used last stays longest. */
  private async find(client: Pool | PoolClient, wanted: Wanted): Promise<number | null> {
    const { rows } = await client.query<{ id: number }>(
      `update ${controlTables(this.schema).asOf} set used_at = clock_timestamp()
       where log_id = $1 and model = $2 and version = $3 and shape = $4 and position = $5 returning id`,
      [...keyOf(wanted)],
    );
    return rows[0]?.id ?? null;
  }

  /** Whoever builds the same, in this process or another, is waited for. */
  private async build(wanted: Wanted, asking: AsOfQuestion): Promise<number> {
    for (;;) {
      asking.signal?.throwIfAborted();
      const there = await this.find(this.parts.pool, wanted);
      if (there !== null) return there;
      const built = await this.tryBuild(wanted, asking);
      if (built !== null) return built;
      asking.tell?.({ share: 0.5, told: 'another process builds it' });
      await sleep(POLL_MS);
    }
  }

  private async tryBuild(wanted: Wanted, { signal, tell }: AsOfQuestion): Promise<number | null> {
    const { pool, log, codec, keeping, budget = BUDGET } = this.parts;
    const { model, place, logId } = wanted;
    await evictScratch({ pool, schema: this.schema, logId, models: [model], keeping, room: 1 });
    const end = Math.max(1, Number(place.position));
    return inTransaction(
      pool,
      'begin; set local synchronous_commit to off; set local idle_in_transaction_session_timeout to 0',
      async (client) => {
        const name = `savoirs as of ${this.schema} ${keyOf(wanted).join(' ')}`;
        const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine', [name]);
        if (!rows[0]!.mine) return null;
        const there = await this.find(client, wanted);
        if (there !== null) return there;
        return buildScratch(client, {
          ...{ ...wanted, log, codec, schema: this.schema, budget },
          ...(signal ? { signal } : {}),
          onProgress: ({ events, position, pass }) =>
            tell?.({ share: 0.5 + Number(position) / end / 2, told: `${events} events folded${pass > 1 ? `, pass ${pass}` : ''}` }),
        });
      },
    );
  }
}
