import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { ModelName } from './projection-table';
import { borrow } from '#postgres/transaction';
import { controlTables } from '../tables/table-names';

export interface Leases {
  /** Takes what is free and renews what is ours; answers all that is ours now. */
  claim(wanted: readonly ModelName[]): Promise<readonly ModelName[]>;
  release(): Promise<void>;
  /** Milliseconds after which to claim again. */
  readonly renewMs: number;
}

/**
 * A lease is free once it expired, or at once when its holder's connection is gone: a killed process is followed without a wait. One
 * that ends further off than any lease lasts was given before the server's clock was set back: it is free, too.
 * Who holds a build that is ready takes the active one over, too: followed in one pass, both stand at one position and can be compared.
 */
const CLAIM = (projection: string): string => `
  with me as (select pid, backend_start from pg_stat_activity where pid = pg_backend_pid())
  update ${projection} p set
    lease_epoch = case when p.lease_owner = $1 then p.lease_epoch else p.lease_epoch + 1 end,
    lease_owner = $1, lease_until = clock_timestamp() + $2 * interval '1 millisecond', lease_pid = me.pid, lease_started = me.backend_start
  from me, unnest($3::text[], $4::integer[], $5::integer[]) as wanted (name, version, build)
  where p.name = wanted.name and p.version = wanted.version and p.build = wanted.build and p.state <> 'retired' and (
    p.lease_owner is null or p.lease_owner = $1 or p.lease_until < clock_timestamp()
    or p.lease_until > clock_timestamp() + 2 * $2 * interval '1 millisecond'
    or not exists (select from pg_stat_activity a where a.pid = p.lease_pid and a.backend_start = p.lease_started)
    or p.state = 'active' and exists (select from ${projection} r
         where r.name = p.name and r.lease_owner = $1 and r.state = 'ready' and r.keep_until is null and not r.by_hand))
  returning p.name, p.version, p.build`;

/**
 * One holder for each projection and process, among any number of projectors. The lease spares double work; what keeps it right is
 * the epoch, which a claim raises and every checkpoint's compare-and-set tests.
 */
export const createLeases = (pool: Pool, { schema, ttlMs }: { schema: string; ttlMs: number }): Leases => {
  const { projection } = controlTables(schema);
  const owner = randomUUID();
  let held: ReturnType<typeof borrow> | undefined;
  const forget = async (): Promise<void> => {
    const mine = held;
    held = undefined;
    await mine?.then(
      ({ giveBack }) => giveBack(true),
      () => undefined,
    );
  };
  return {
    renewMs: Math.floor(ttlMs / 3),
    claim: async (wanted) => {
      try {
        const { client } = await (held ??= borrow(pool));
        const { rows } = await client.query<ModelName>(CLAIM(projection), [
          owner,
          ttlMs,
          wanted.map(({ name }) => name),
          wanted.map(({ version }) => version),
          wanted.map(({ build }) => build),
        ]);
        return rows;
      } catch (fault) {
        await forget();
        throw fault;
      }
    },
    release: async () => {
      await pool
        .query(`update ${projection} set lease_owner = null, lease_until = null where lease_owner = $1`, [owner])
        .catch(() => undefined);
      await forget();
    },
  };
};
