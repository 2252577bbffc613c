import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import type { Instant, StreamName } from '#kernel/id';
import { anEvent, collected } from '#event-store/contract/subject';
import { START } from '#event-store/log.port';
import { migrateLog } from '#event-store/postgres/log-schema';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { migrateKeys } from '#keys/keys.tables';
import { postgresKeys } from '#keys/postgres-keys';
import { fingerprintOf } from '#keys/wrapping';
import { migrateReadStore } from '#read-store/tables/migrations';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { postgresTopics } from '#topics/postgres-topics';
import { readLedger } from './erasures';
import { checkBackup, restoreBackup, type Restored } from './restore-backup';
import { takeBackup, type BackupParts } from './take-backup';

export const MASTER_KEY = Buffer.alloc(32, 7);
const NAME = 'savoirs-restore';

/** A clock that moves by a second at each look. */
const clock = {
  seconds: 0,
  now: () => new Date(Date.UTC(2026, 2, 2) + 1000 * (clock.seconds += 1)).toISOString() as Instant,
};

export const openKeys = ({ pool }: Pick<TestDatabase, 'pool'>) => postgresKeys({ pool, masterKey: MASTER_KEY, clock });

export type BackedUpInstallation = TestDatabase & { readonly log: PostgresLog; readonly keys: Awaited<ReturnType<typeof openKeys>> };

const makeTables = async (pool: Pool): Promise<void> => {
  await migrateKeys(pool);
  await postgresTopics(pool);
  await migrateLog(pool);
  await migrateReadStore(pool);
};

/** An installation's tables, without the programs around them. */
export const aPlace = async (): Promise<BackedUpInstallation> => {
  const db = await testDatabase();
  await makeTables(db.pool);
  return { ...db, log: await PostgresLog.open(db.url), keys: await openKeys(db) };
};

/** With connections that bear no name of Savoirs': whoever looks at it is nobody at work there. */
export const anEmptyDatabase = async (): Promise<TestDatabase> => {
  const db = await testDatabase();
  const pool = new Pool({ connectionString: db.url, max: 2 });
  pool.on('error', () => undefined);
  return { url: db.url, pool, drop: () => pool.end().then(() => db.drop()) };
};

/** Members with a key, an identity and an event each. */
export const fill = async ({ log, keys }: Pick<BackedUpInstallation, 'log' | 'keys'>, members: readonly string[]): Promise<void> => {
  for (const member of members) {
    await keys.register('lyon', `subject of ${member}`, member);
    await keys.sealing({ network: 'lyon', member, stream: 'exchange-1' });
    await log.append(`member-${member}` as StreamName, 'any', [anEvent({ data: `{"a":"\\\\.\\n\\té","b":"${'x'.repeat(40)}"}` })]);
  }
};

/** A process that stands at the log's end, with one row and one due time. */
export const aProcess = async ({ pool, log }: Pick<BackedUpInstallation, 'pool' | 'log'>, name: string): Promise<void> => {
  const [logId, head] = [await log.logId(), await log.head()];
  const { rows } = await pool.query<{ id: number }>(
    `insert into read.projection (name, version, position, log_id, state, shape, silent_until, lease_owner)
     values ($1, 1, $2, $3, $4, 'shape', $2, 'somebody') returning id`,
    [`process/${name}`, head, logId, (await stateThatRuns(pool))[0]],
  );
  await pool.query('insert into read.process_row values ($1, $2, $3)', [rows[0]!.id, `key of ${name}`, `{"a":"\\\\.\\t${name}"}`]);
  await pool.query(`insert into read.due values ($1, $2, 'grace', '2026-06-01T00:00:00.000Z', 'lyon', 'c', 'e')`, [
    rows[0]!.id,
    `key of ${name}`,
  ]);
  await pool.query(
    `insert into read.parked (projection, unknown, key, position, event_id, type, stream, revision, fault, attempts, answered, due, due_at)
     values ($1, false, $2, $3, gen_random_uuid(), 'due time', '', -1, 'RangeError', 2, 1, 'grace', '2026-06-01T00:00:00.000Z')`,
    [rows[0]!.id, `key of ${name}`, head],
  );
};

/** The states of a projection, as its table allows them, the retired one left out: a backup asks for no other word. */
const stateThatRuns = async (pool: Pool): Promise<readonly string[]> => {
  const { rows } = await pool.query<{ words: string }>(
    `select pg_get_constraintdef(oid) as words from pg_constraint where conrelid = 'read.projection'::regclass and pg_get_constraintdef(oid) like '%retired%'`,
  );
  return [...rows[0]!.words.matchAll(/'(\w+)'/g)].map(([, word]) => word!).filter((word) => word !== 'retired');
};

export const aFolder = (): { readonly path: string; readonly remove: () => void } => {
  const parent = mkdtempSync(join(tmpdir(), 'savoirs-backup-'));
  return { path: join(parent, randomUUID()), remove: () => rmSync(parent, { recursive: true, force: true }) };
};

export const backUp = (from: Pick<BackedUpInstallation, 'pool'>, folder: string, over: Partial<BackupParts> = {}) =>
  takeBackup({ pool: from.pool, folder, keysFile: null, clock, signal: new AbortController().signal, ...over });

interface How {
  readonly keysFile?: string;
  readonly later?: string;
  readonly masterKey?: Uint8Array;
  readonly signal?: AbortSignal;
}

/** As the command does it: checked whole, then brought in by connections of another name. */
export const restoreTo = async (url: string, folder: string, how: How = {}): Promise<Restored> => {
  const backup = await checkBackup(folder, how.keysFile ?? null);
  const pool = new Pool({ connectionString: url, application_name: NAME, max: 4 });
  pool.on('error', () => undefined);
  try {
    return await restoreBackup({
      ...{ backup, pool, applicationName: NAME, makeTables: () => makeTables(pool), masterKey: fingerprintOf(how.masterKey ?? MASTER_KEY) },
      later: how.later === undefined ? null : { path: how.later, ledger: await readLedger(how.later) },
      signal: how.signal ?? new AbortController().signal,
    });
  } finally {
    await pool.end();
  }
};

export let source: BackedUpInstallation;
export let target: TestDatabase;
export let folder: ReturnType<typeof aFolder>;

/** For each test an installation with three members, an empty database and a folder. */
export const withInstallation = (): void => {
  beforeEach(async () => {
    [source, target, folder] = [await aPlace(), await anEmptyDatabase(), aFolder()];
    await fill(source, ['ana', 'bo', 'cleo']);
  });
  afterEach(async () => {
    await source.log.close();
    await Promise.all([source.drop(), target.drop()]);
    folder.remove();
  });
};

export const eventsIn = async (url: string) => {
  const log = await PostgresLog.open(url);
  try {
    return { id: await log.logId(), events: await collected(log.readAll({ after: START })) };
  } finally {
    await log.close();
  }
};

export const holdsNothing = async (): Promise<boolean> => {
  const { rows } = await target.pool.query<{ made: boolean }>(`select to_regclass('log.events') is not null as made`);
  if (rows[0]?.made !== true) return true;
  const found = await target.pool.query('select from log.events union all select from keys.data_key union all select from reference.topic');
  return found.rows.length === 0;
};
