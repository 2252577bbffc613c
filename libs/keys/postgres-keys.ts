import type { Clock } from '#kernel/clock';
import type { Pool } from 'pg';
import { keyCache } from './key-cache';
import { eraseMemberRows, eraseStreamRows, type Enter } from './erasure-rows';
import { identityRegister } from './identity-rows';
import { findOrMake, findRow, findWithMember, ownerOf, unwrapRow } from './key-rows';
import { KeyErased, MissingKey, type DataKey, type ErasureLedger, type IdentityRegister, type KeyOwner, type Keyring } from './keys.port';
import { erasureLedger, type LedgerOptions } from './postgres-erasure-ledger';
import { replayErasures, type Replay } from './replay-erasures';
import { inTransaction } from '#postgres/transaction';
import { checkFingerprint, migrateKeys, refuseRestoring } from './keys.tables';
import { fingerprintOf } from './wrapping';

export interface PostgresKeysOptions extends LedgerOptions {
  readonly pool: Pool;
  readonly masterKey: Uint8Array;
  readonly clock: Clock;
  /** The ledger of erasures that is kept elsewhere; left out, there is none but the table. */
  readonly replay?: Replay;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Shared by those who make a stream's key; an erasure holds it alone while it is recorded. */
const STREAM_KEYS_LOCK = 7_262_003;

const memberKeyOf = ({ network, member }: KeyOwner): KeyOwner => ({ network, member, stream: null });

const keyring = ({ pool, masterKey, clock, replay }: PostgresKeysOptions): Keyring => {
  const cache = keyCache(clock);
  const enter: Enter = async (erased) => replay?.ledger.enter(erased, clock.now()) ?? clock.now();

  /** The member's row is locked, so that an erasure comes before all of this or sees all of it. */
  const make = (owner: KeyOwner): Promise<DataKey> =>
    inTransaction(pool, 'begin', async (client) => {
      if (owner.stream !== null) await client.query(`select pg_advisory_xact_lock_shared(${STREAM_KEYS_LOCK})`);
      const memberKey = await findOrMake(client, memberKeyOf(owner), masterKey);
      return owner.stream === null ? memberKey : findOrMake(client, owner, memberKey.secret);
    });

  const read = async (keyId: string): Promise<{ readonly owner: KeyOwner; readonly key: DataKey | 'erased' }> => {
    if (!UUID.test(keyId)) throw new MissingKey(keyId);
    const rows = await findWithMember(pool, keyId);
    const row = rows.find(({ key_id }) => key_id === keyId);
    const memberRow = rows.find(({ key_id }) => key_id !== keyId);
    if (row === undefined) throw new MissingKey(keyId);
    const owner = ownerOf(row);
    if (row.wrapped === null || memberRow?.wrapped === null) return { owner, key: 'erased' };
    if (owner.stream === null) return { owner, key: unwrapRow(row, masterKey) };
    if (memberRow === undefined) throw new MissingKey(keyId);
    return { owner, key: unwrapRow(row, unwrapRow(memberRow, masterKey).secret) };
  };

  /** Dropped before and after: whoever reads meanwhile keeps nothing. */
  const erasing = async <T>(where: (owner: KeyOwner) => boolean, work: () => Promise<T>): Promise<T> => {
    cache.drop(where);
    try {
      return await work();
    } finally {
      cache.drop(where);
    }
  };

  return {
    sealing: async (owner) => {
      const known = cache.byOwner(owner);
      if (known !== undefined && known.key !== 'erased') return known.key;
      const epoch = cache.epoch();
      const row = await findRow(pool, owner);
      const key = row === undefined ? await make(owner) : (await read(row.key_id)).key;
      if (key === 'erased') throw new KeyErased(owner);
      cache.keep({ keyId: key.keyId, owner, key }, epoch);
      return key;
    },
    opening: async (keyId) => {
      const known = cache.byId(keyId);
      if (known !== undefined) return known.key;
      const epoch = cache.epoch();
      const { owner, key } = await read(keyId);
      cache.keep({ keyId, owner, key }, epoch);
      return key;
    },
    eraseMember: (network, member) =>
      erasing(
        (owner) => owner.network === network && owner.member === member,
        () => eraseMemberRows(pool, { network, member, enter }),
      ),
    eraseStreams: (network, streams) =>
      erasing(
        (owner) => owner.network === network && owner.stream !== null && streams.includes(owner.stream),
        () => eraseStreamRows(pool, { network, streams, enter }),
      ),
    whileUnused: (network, streams, work) =>
      inTransaction(pool, 'begin', async (client) => {
        await client.query(`select pg_advisory_xact_lock(${STREAM_KEYS_LOCK})`);
        const { rowCount } = await client.query(
          'select from keys.data_key where network = $1 and stream = any($2) and wrapped is not null limit 1',
          [network, streams],
        );
        return rowCount === 0 ? work() : 'in-use';
      }),
    close: async () => cache.drop(() => true),
  };
};

/**
 * Keys and identity register in schema `keys` of a PostgreSQL database, wrapped by the master key. Makes or migrates its tables.
 * The pool stays its owner's. @throws KeysProblem with one sentence: another master key, tables of a newer Savoirs, a restore that did not end,
 * or a ledger of erasures that is missing, altered or cut short
 * @example const keys = await postgresKeys({ pool, masterKey: loadMasterKey(source), clock });
 */
export const postgresKeys = async (options: PostgresKeysOptions): Promise<Keyring & IdentityRegister & ErasureLedger> => {
  await migrateKeys(options.pool);
  await refuseRestoring(options.pool);
  await checkFingerprint(options.pool, fingerprintOf(options.masterKey));
  if (options.replay) await replayErasures(options.pool, options.replay);
  return { ...keyring(options), ...identityRegister(options), ...erasureLedger(options) };
};
