import { randomBytes, randomUUID } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import { KeyErased, type DataKey, type KeyOwner } from './keys.port';
import { unwrap, wrap } from './wrapping';

export interface KeyRow {
  readonly key_id: string;
  readonly network: string;
  readonly member: string;
  readonly stream: string | null;
  /** null: erased. */
  readonly wrapped: Buffer | null;
}

type Client = Pool | ClientBase;

const COLUMNS = 'key_id, network, member, stream, wrapped';

export const ownerOf = ({ network, member, stream }: KeyRow): KeyOwner => ({ network, member, stream });

/** The row of this owner; locked against erasure until the transaction ends where `lock` says so. */
export const findRow = async (
  client: Client,
  { network, member, stream }: KeyOwner,
  lock: '' | 'for share' | 'for update' = '',
): Promise<KeyRow | undefined> => {
  const { rows } = await client.query<KeyRow>(
    `select ${COLUMNS} from keys.data_key where network = $1 and member = $2 and stream is not distinct from $3 ${lock}`,
    [network, member, stream],
  );
  return rows[0];
};

/** The row of this id and, where that is a stream's, its author's member row. */
export const findWithMember = async (client: Client, keyId: string): Promise<readonly KeyRow[]> => {
  const { rows } = await client.query<KeyRow>(
    `select ${COLUMNS} from keys.data_key k where key_id = $1
     union all
     select m.key_id, m.network, m.member, m.stream, m.wrapped from keys.data_key k
     join keys.data_key m on m.network = k.network and m.member = k.member and m.stream is null
     where k.key_id = $1 and k.stream is not null`,
    [keyId],
  );
  return rows;
};

/** @throws KeyErased; anything else where the row was altered */
export const unwrapRow = (row: KeyRow, by: Uint8Array): DataKey => {
  if (row.wrapped === null) throw new KeyErased(ownerOf(row));
  return { keyId: row.key_id, secret: unwrap(row.wrapped, by, { keyId: row.key_id, owner: ownerOf(row) }) };
};

/** Finds the owner's key or makes it; of two who make it at once, both get the first one's. */
export const findOrMake = async (client: ClientBase, owner: KeyOwner, by: Uint8Array): Promise<DataKey> => {
  const keyId = randomUUID();
  await client.query(
    'insert into keys.data_key (key_id, network, member, stream, wrapped) values ($1, $2, $3, $4, $5) on conflict (network, member, stream) do nothing',
    [keyId, owner.network, owner.member, owner.stream, wrap(randomBytes(32), by, { keyId, owner })],
  );
  const row = await findRow(client, owner, 'for share');
  if (row === undefined) throw new Error('a key that was just made is not there');
  return unwrapRow(row, by);
};
