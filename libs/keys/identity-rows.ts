import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { isSqlState } from '#postgres/sql-state';
import type { Clock } from '#kernel/clock';
import { identityCache } from './identity-cache';
import { findOrMake } from './key-rows';
import { MemberIdTaken, type IdentityRegister } from './keys.port';
import { inTransaction } from '#postgres/transaction';
import { subjectHasher } from './wrapping';

interface RegisterParts {
  readonly pool: Pool;
  readonly masterKey: Uint8Array;
  readonly clock: Clock;
}

export const identityRegister = ({ pool, masterKey, clock }: RegisterParts): IdentityRegister => {
  const hash = subjectHasher(masterKey);
  const cache = identityCache(clock);
  const find = async (network: string, subject: string): Promise<string | null> => {
    const name = JSON.stringify([network, subject]);
    const known = cache.find(name);
    if (known !== null) return known;
    const epoch = cache.epoch();
    const { rows } = await pool.query<{ member: string }>('select member from keys.identity where network = $1 and subject_hash = $2', [
      network,
      hash(network, subject),
    ]);
    const member = rows[0]?.member ?? null;
    if (member !== null) cache.keep(name, { network, member }, epoch);
    return member;
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
      // before and after: whoever reads meanwhile keeps nothing
      cache.drop(network, memberId);
      try {
        await pool.query('delete from keys.identity where network = $1 and member = $2', [network, memberId]);
      } finally {
        cache.drop(network, memberId);
      }
    },
  };
};
