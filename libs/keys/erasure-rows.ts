import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { findRow } from './key-rows';
import { inTransaction } from '#postgres/transaction';

interface MemberErasure {
  readonly network: string;
  readonly member: string;
  readonly at: string;
}

interface StreamErasure {
  readonly network: string;
  readonly streams: readonly string[];
  readonly at: string;
}

/** Erasures of a member and of a stream touch the same rows in another order: side by side they could lock each other out. */
const ONE_AT_A_TIME = 'select pg_advisory_xact_lock(7262002)';

/** Who never had a key gets a row that says erased: it cannot be made later. */
export const eraseMemberRows = (pool: Pool, { network, member, at }: MemberErasure): Promise<number> =>
  inTransaction(pool, 'begin', async (client) => {
    await client.query(ONE_AT_A_TIME);
    const { rowCount: unheard } = await client.query(
      'insert into keys.data_key (key_id, network, member, erased_at) values ($1, $2, $3, $4) on conflict (network, member, stream) do nothing',
      [randomUUID(), network, member, at],
    );
    await findRow(client, { network, member, stream: null }, 'for update');
    const { rowCount } = await client.query(
      'update keys.data_key set wrapped = null, erased_at = $3 where network = $1 and member = $2 and erased_at is null',
      [network, member, at],
    );
    const keys = rowCount ?? 0;
    if (keys > 0 || unheard === 1) {
      await client.query('insert into keys.erasure (network, member, keys, erased_at) values ($1, $2, $3, $4)', [
        network,
        member,
        keys,
        at,
      ]);
    }
    return keys;
  });

export const eraseStreamRows = (pool: Pool, { network, streams, at }: StreamErasure): Promise<number> =>
  inTransaction(pool, 'begin', async (client) => {
    await client.query(ONE_AT_A_TIME);
    const { rows } = await client.query<{ keys: number }>(
      `with gone as (
       update keys.data_key set wrapped = null, erased_at = $3 where network = $1 and stream = any($2) and erased_at is null returning stream
     ), told as (
       insert into keys.erasure (network, stream, keys, erased_at)
       select $1, stream, count(*), $3 from gone group by stream order by stream returning keys
     )
     select coalesce(sum(keys), 0)::integer as keys from told`,
      [network, streams, at],
    );
    return rows[0]?.keys ?? 0;
  });
