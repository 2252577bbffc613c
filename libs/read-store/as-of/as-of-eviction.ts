import type { Pool } from 'pg';
import { isSqlState } from '#postgres/sql-state';
import { scratchSchema } from './as-of-build';
import type { AnyReadModel } from '../read-model';
import { shapeText } from '../tables/read-model-table';
import { inTransaction } from '#postgres/transaction';
import { controlTables, quotedName, shapeOf } from '../tables/table-names';

export interface Keeping {
  /** So many scratch versions at most. */
  readonly versions: number;
  /** After so long without use one goes. */
  readonly idleMs: number;
  /** One used since is not thrown away, whatever the number; default a minute. */
  readonly inUseMs?: number;
}

/** Every version that may be kept is in use: ask again in a moment. */
export class TooManyAsOf extends Error {
  constructor(versions: number) {
    super(`${versions} past versions are in use already`);
    this.name = 'TooManyAsOf';
  }
}

export interface Evicting {
  readonly pool: Pool;
  readonly schema: string;
  readonly logId: string;
  /** Of these models, versions and shapes that the code no longer has go too. */
  readonly models: readonly AnyReadModel[];
  readonly keeping: Keeping;
  /** How many more there shall be room for. */
  readonly room: number;
}

interface Kept {
  readonly id: number;
  readonly useless: boolean;
  readonly idle_ms: number;
}

const MINUTE = 60_000;

/** Those of another log or code first, then the one that was used longest ago. */
const listed = async ({ pool, schema, logId, models }: Evicting): Promise<readonly Kept[]> => {
  const known = models.map((model) => `${model.projection.name} ${model.projection.version} ${shapeOf(shapeText(model))}`);
  const { rows } = await pool.query<Kept>(
    `select id, log_id <> $1 or (model = any($2) and not (model || ' ' || version || ' ' || shape) = any($3)) as useless,
       (extract(epoch from clock_timestamp() - used_at) * 1000)::float8 as idle_ms
     from ${controlTables(schema).asOf} order by 2 desc, used_at`,
    [logId, models.map(({ projection }) => projection.name), known],
  );
  return rows;
};

/** Null where somebody uses it, or throws it away, at this moment. */
const dropOne = async (pool: Pool, { schema, id, inUseMs }: { schema: string; id: number; inUseMs: number }): Promise<boolean> => {
  const begin = `begin; set local lock_timeout to '1s'`;
  try {
    return await inTransaction(pool, begin, async (client) => {
      const { rowCount } = await client.query(
        `delete from ${controlTables(schema).asOf} where id = (
           select id from ${controlTables(schema).asOf}
           where id = $1 and used_at <= clock_timestamp() - $2 * interval '1 millisecond' for update skip locked)`,
        [id, inUseMs],
      );
      if (!rowCount) return false;
      // Waits for whoever reads these tables within a transaction.
      await client.query(`drop schema if exists ${quotedName(scratchSchema(schema, id))} cascade`);
      return true;
    });
  } catch (fault) {
    if (isSqlState(fault, 'lockNotAvailable')) return false;
    throw fault;
  }
};

/** @throws TooManyAsOf where there is no room, and nothing that may go */
export const evictScratch = async (evicting: Evicting): Promise<number> => {
  const { pool, schema, keeping, room } = evicting;
  const { versions, idleMs, inUseMs = MINUTE } = keeping;
  const all = await listed(evicting);
  let gone = 0;
  for (const { id, useless, idle_ms: idle } of all) {
    const tooMany = all.length - gone > versions - room;
    if (!useless && !tooMany && idle < idleMs) continue;
    if (await dropOne(pool, { schema, id, inUseMs })) gone += 1;
  }
  if (room > 0 && all.length - gone > versions - room) throw new TooManyAsOf(versions);
  return gone;
};
