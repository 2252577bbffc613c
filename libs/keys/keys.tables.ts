import type { Pool } from 'pg';
import { inTransaction } from '#postgres/transaction';
import { KeysProblem } from './keys-problem';

/** Forward only: a step, once released, is never edited. */
const STEPS = [
  `create table keys.installation (
     only_one boolean primary key default true check (only_one),
     master_fingerprint text not null
   );
   create table keys.data_key (
     key_id uuid primary key,
     network text not null,
     member text not null,
     stream text,
     wrapped bytea,
     erased_at timestamptz,
     check ((wrapped is null) = (erased_at is not null)),
     unique nulls not distinct (network, member, stream)
   );
   create index data_key_by_stream on keys.data_key (network, stream) where stream is not null;
   create table keys.identity (
     network text not null,
     subject_hash bytea not null,
     member text not null,
     primary key (network, subject_hash),
     unique (network, member)
   );
   create table keys.erasure (
     erasure_id bigint generated always as identity primary key,
     network text not null,
     member text,
     stream text,
     keys integer not null,
     erased_at timestamptz not null,
     check ((member is null) <> (stream is null))
   )`,
  // Statistics are samples of a column's values, kept elsewhere: a key, or a link to a person, would outlive its row there (R19).
  // The type stays; that it is given drops what was kept so far.
  `alter table keys.data_key alter column wrapped set data type bytea, alter column wrapped set statistics 0;
   alter table keys.identity alter column subject_hash set data type bytea, alter column subject_hash set statistics 0`,
];

/** Any number that no other part of Savoirs locks by. */
const LOCK = 7_262_001;

/**
 * Brings schema `keys` to this program's version, once however many processes start. @throws KeysProblem where it is newer
 */
export const migrateKeys = (pool: Pool): Promise<void> =>
  inTransaction(pool, 'begin', async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await client.query('create schema if not exists keys');
    await client.query('create table if not exists keys.step (step integer primary key)');
    const { rows } = await client.query<{ last: number }>('select coalesce(max(step), 0) as last from keys.step');
    const last = rows[0]?.last ?? 0;
    if (last > STEPS.length) {
      throw new KeysProblem(`The keys' tables are of a newer Savoirs (step ${last}, this one knows ${STEPS.length}): start that one.`);
    }
    for (const [index, step] of STEPS.entries()) {
      if (index < last) continue;
      await client.query(step);
      await client.query('insert into keys.step values ($1)', [index + 1]);
    }
  });

/** @throws KeysProblem where the keys in this database are wrapped by another master key */
export const checkFingerprint = async (pool: Pool, fingerprint: string): Promise<void> => {
  await pool.query('insert into keys.installation (master_fingerprint) values ($1) on conflict do nothing', [fingerprint]);
  const { rows } = await pool.query<{ same: boolean }>('select master_fingerprint = $1 as same from keys.installation', [fingerprint]);
  if (rows[0]?.same !== true) {
    throw new KeysProblem('This master key is not the one that the database’s keys are wrapped by: give that one as SAVOIRS_MASTER_KEY.');
  }
};

/** @throws KeysProblem where a restore began here and did not end: what lies here is nothing whole */
export const refuseRestoring = async (pool: Pool): Promise<void> => {
  const { rows } = await pool.query<{ restoring: boolean }>(`select to_regclass('keys.restoring') is not null as restoring`);
  if (rows[0]?.restoring === true)
    throw new KeysProblem('A restore began here and did not end: restore again, or name another database or data folder.');
};
