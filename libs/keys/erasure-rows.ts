import { randomUUID } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import type { Instant } from '#kernel/id';
import { findRow } from './key-rows';
import { inTransaction } from '#postgres/transaction';
import type { ErasedKeys } from './ledger-lines';

/** Enters in the ledger that is kept elsewhere what is about to be destroyed; answers the moment under which it stands there. */
export type Enter = (erased: readonly ErasedKeys[]) => Promise<Instant>;

interface MemberErasure {
  readonly network: string;
  readonly member: string;
  readonly enter: Enter;
}

interface StreamErasure {
  readonly network: string;
  readonly streams: readonly string[];
  readonly enter: Enter;
}

type Dated<Of> = Omit<Of, 'enter'> & { readonly at: string };

/** Erasures of a member and of a stream touch the same rows in another order: side by side they could lock each other out. */
export const oneErasureAtATime = async (client: ClientBase): Promise<void> =>
  void (await client.query('select pg_advisory_xact_lock(7262002)'));

/** Who never had a key gets a row that says erased: it cannot be made later. */
const destroyMember = async (client: ClientBase, { network, member, at }: Dated<MemberErasure>): Promise<number> => {
  await client.query(
    'insert into keys.data_key (key_id, network, member, erased_at) values ($1, $2, $3, $4) on conflict (network, member, stream) do nothing',
    [randomUUID(), network, member, at],
  );
  await findRow(client, { network, member, stream: null }, 'for update');
  const { rowCount } = await client.query(
    'update keys.data_key set wrapped = null, erased_at = $3 where network = $1 and member = $2 and erased_at is null',
    [network, member, at],
  );
  return rowCount ?? 0;
};

const destroyStream = async (client: ClientBase, network: string, stream: string, at: string): Promise<number> => {
  const { rowCount } = await client.query(
    'update keys.data_key set wrapped = null, erased_at = $3 where network = $1 and stream = $2 and erased_at is null',
    [network, stream, at],
  );
  return rowCount ?? 0;
};

const tell = async (client: ClientBase, { network, member, stream }: ErasedKeys, of: { keys: number; at: string }): Promise<void> =>
  void (await client.query('insert into keys.erasure (network, member, stream, keys, erased_at) values ($1, $2, $3, $4, $5)', [
    ...[network, member, stream, of.keys, of.at],
  ]));

/** Whether a row is there at all, and whether one of them still holds a key. */
const keysOf = async (client: ClientBase, network: string, member: string): Promise<{ known: boolean; live: boolean }> => {
  const { rows } = await client.query<{ known: boolean; live: boolean }>(
    `select coalesce(bool_or(stream is null), false) as known, coalesce(bool_or(wrapped is not null), false) as live
     from keys.data_key where network = $1 and member = $2`,
    [network, member],
  );
  return rows[0] ?? { known: false, live: false };
};

/** Entered elsewhere first: a crash after that leaves an erasure that is carried out at the next attempt, or at the next start. */
export const eraseMemberRows = (pool: Pool, { network, member, enter }: MemberErasure): Promise<number> =>
  inTransaction(pool, 'begin', async (client) => {
    await oneErasureAtATime(client);
    const { known, live } = await keysOf(client, network, member);
    if (known && !live) return 0;
    const erased = { network, member, stream: null };
    const at = await enter([erased]);
    const keys = await destroyMember(client, { network, member, at });
    await tell(client, erased, { keys, at });
    return keys;
  });

export const eraseStreamRows = (pool: Pool, { network, streams, enter }: StreamErasure): Promise<number> =>
  inTransaction(pool, 'begin', async (client) => {
    await oneErasureAtATime(client);
    const { rows } = await client.query<{ stream: string }>(
      'select distinct stream from keys.data_key where network = $1 and stream = any($2) and wrapped is not null order by stream',
      [network, streams],
    );
    if (rows.length === 0) return 0;
    const at = await enter(rows.map(({ stream }) => ({ network, member: null, stream })));
    let all = 0;
    for (const { stream } of rows) {
      const keys = await destroyStream(client, network, stream, at);
      await tell(client, { network, member: null, stream }, { keys, at });
      all += keys;
    }
    return all;
  });

/** Carries out what stands in the ledger already: keys, the link to the person, and a row that says so, whatever is left to destroy. */
export const eraseAgain = async (client: ClientBase, { at, ...erased }: ErasedKeys & { readonly at: Instant }): Promise<void> => {
  const { network, member, stream } = erased;
  let keys = 0;
  if (member !== null) {
    keys += await destroyMember(client, { network, member, at });
    await client.query('delete from keys.identity where network = $1 and member = $2', [network, member]);
  }
  if (stream !== null) keys += await destroyStream(client, network, stream, at);
  await tell(client, erased, { keys, at });
};
