import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { isSqlState } from '#postgres/sql-state';
import { findOrMake } from './key-rows';
import { MemberIdTaken, type IdentityRegister } from './keys.port';
import { inTransaction } from '#postgres/transaction';
import { subjectHasher } from './wrapping';

export const identityRegister = (pool: Pool, masterKey: Uint8Array): IdentityRegister => {
  const hash = subjectHasher(masterKey);
  const find = async (network: string, subject: string): Promise<string | null> => {
    const { rows } = await pool.query<{ member: string }>('select member from keys.identity where network = $1 and subject_hash = $2', [
      network,
      hash(network, subject),
    ]);
    return rows[0]?.member ?? null;
  };
  /** Both or neither: an identity without its key would read as erased, or lose the first text. */
  const insert = (network: string, subject: string, memberId: string): Promise<boolean> =>
    inTransaction(pool, 'begin', async (client) => {
      const { rowCount } = await client.query(
        'insert into keys.identity (network, subject_hash, member) values ($1, $2, $3) on conflict (network, subject_hash) do nothing',
        [network, hash(network, subject), memberId],
      );
      if (rowCount === 1) await findOrMake(client, { network, member: memberId, stream: null }, masterKey);
      return rowCount === 1;
    }).catch((error: unknown) => {
      throw isSqlState(error, 'uniqueViolation') ? new MemberIdTaken() : error;
    });
  const register = async (network: string, subject: string, memberId: string = randomUUID()): Promise<string> =>
    (await find(network, subject)) ?? ((await insert(network, subject, memberId)) ? memberId : register(network, subject, memberId));

  return {
    find,
    register,
    isLinked: async (network, memberId) => {
      const { rowCount } = await pool.query('select from keys.identity where network = $1 and member = $2', [network, memberId]);
      return rowCount === 1;
    },
    forget: async (network, memberId) => {
      await pool.query('delete from keys.identity where network = $1 and member = $2', [network, memberId]);
    },
  };
};
