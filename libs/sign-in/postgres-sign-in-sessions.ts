import { createHash, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { Clock } from '#kernel/clock';
import type { Instant } from '#kernel/id';
import type { Sealing, SignInSessions } from './sign-in-sessions.port';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** A working day with its breaks. */
const LASTS_MS = 12 * HOUR_MS;
const IDLE_MS = 8 * HOUR_MS;
/** Roles that were taken away are gone after so long. */
const STALE_MS = 15 * MINUTE_MS;
/** Who claimed to ask anew and did not end: another one may. */
const CLAIM_MS = MINUTE_MS;

/** Any number that no other part of Savoirs locks by. */
const LOCK = 7_262_005;

/** One transaction: the lock goes with it. */
const TABLES = `
  select pg_advisory_xact_lock(${LOCK});
  create schema if not exists sign_in;
  create table if not exists sign_in.session (
    id_hash bytea primary key,
    sealed bytea not null,
    used_at timestamptz not null,
    ends_at timestamptz not null,
    stale_at timestamptz not null
  )`;

export const migrateSignIn = async (pool: Pool): Promise<void> => void (await pool.query(TABLES));

const hashOf = (id: string): Buffer => createHash('sha256').update(id).digest();

interface Row {
  readonly sealed: Buffer;
  readonly used_at: Date;
  readonly ends_at: Date;
  readonly stale_at: Date;
}

/** In the schema `sign_in`; makes its table. The pool stays its owner's. */
export const postgresSignInSessions = async (pool: Pool, { seal, open }: Sealing, clock: Clock): Promise<SignInSessions> => {
  await migrateSignIn(pool);
  const fromNow = (ms: number): Instant => new Date(Date.parse(clock.now()) + ms).toISOString() as Instant;

  const sweep: SignInSessions['sweep'] = async () => {
    const sql = 'delete from sign_in.session where ends_at <= $1 or used_at <= $2';
    return (await pool.query(sql, [clock.now(), fromNow(-IDLE_MS)])).rowCount ?? 0;
  };

  return {
    sweep,
    begin: async (content) => {
      await sweep();
      const [id, endsAt] = [randomBytes(32).toString('base64url'), fromNow(LASTS_MS)];
      const row = [hashOf(id), seal(content, id), clock.now(), endsAt, fromNow(STALE_MS)];
      await pool.query('insert into sign_in.session (id_hash, sealed, used_at, ends_at, stale_at) values ($1, $2, $3, $4, $5)', row);
      return { id, endsAt };
    },
    find: async (id) => {
      const { rows } = await pool.query<Row>(
        'select sealed, used_at, ends_at, stale_at from sign_in.session where id_hash = $1 and ends_at > $2 and used_at > $3',
        [hashOf(id), clock.now(), fromNow(-IDLE_MS)],
      );
      const content = rows[0] && open(rows[0].sealed, id);
      if (!rows[0] || content === null || content === undefined) return null;
      return {
        content,
        endsAt: rows[0].ends_at.toISOString() as Instant,
        idleAt: new Date(rows[0].used_at.getTime() + IDLE_MS).toISOString() as Instant,
        isStale: rows[0].stale_at.toISOString() <= clock.now(),
      };
    },
    // once a minute is enough
    use: async (id) => {
      const sql = 'update sign_in.session set used_at = $2 where id_hash = $1 and used_at < $3';
      await pool.query(sql, [hashOf(id), clock.now(), fromNow(-MINUTE_MS)]);
    },
    claim: async (id) => {
      const sql = 'update sign_in.session set stale_at = $3 where id_hash = $1 and stale_at <= $2';
      return (await pool.query(sql, [hashOf(id), clock.now(), fromNow(CLAIM_MS)])).rowCount === 1;
    },
    replace: async (id, content) => {
      const sql = 'update sign_in.session set sealed = $2, stale_at = $3 where id_hash = $1';
      await pool.query(sql, [hashOf(id), seal(content, id), fromNow(STALE_MS)]);
    },
    end: async (id) => void (await pool.query('delete from sign_in.session where id_hash = $1', [hashOf(id)])),
  };
};
