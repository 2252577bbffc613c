import type { Pool } from 'pg';
import type { Instant } from '#kernel/id';
import { rewriteTables, type Rewriting } from '#postgres/rewrite-tables';
import type { Erasure, ErasureLedger } from './keys.port';

export interface LedgerOptions extends Pick<Rewriting, 'onForbidden'> {
  readonly pool: Pool;
}

export const erasureLedger = ({ pool, onForbidden }: LedgerOptions): ErasureLedger => ({
  erasures: async () => {
    const { rows } = await pool.query<Erasure>('select network, member, stream, keys from keys.erasure order by erasure_id');
    return rows;
  },
  lastErasure: async (network, member, streams) => {
    const { rows } = await pool.query<{ last: Date | null }>(
      'select max(erased_at) as last from keys.erasure where network = $1 and (member = $2 or stream = any($3))',
      [network, member, streams],
    );
    return (rows[0]?.last?.toISOString() ?? null) as Instant | null;
  },
  scrub: () => rewriteTables(pool, { tables: ['keys.data_key', 'keys.identity'], ...(onForbidden ? { onForbidden } : {}) }),
});
