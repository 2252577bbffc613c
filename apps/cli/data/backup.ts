import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { MemberId, NetworkId } from '#domain/ids';
import { uuidV5 } from '#application/dispatch/derived-ids';
import { BackupRefused } from '#backup/backup-refused';
import { readLedger, type LedgerFile } from '#backup/erasures';
import type { Manifest } from '#backup/manifest';
import { checkBackup, restoreBackup, type Restored, type RestoreProgress, type WholeBackup } from '#backup/restore-backup';
import { takeBackup, type BackupProgress } from '#backup/take-backup';
import { migrateLog } from '#event-store/postgres/log-schema';
import { START } from '#event-store/log.port';
import { checkFingerprint, migrateKeys } from '#keys/keys.tables';
import { ledgerFile } from '#keys/ledger-file';
import { isLedgerText } from '#keys/ledger-lines';
import { ledgerSigner } from '#keys/ledger-signature';
import { loadMasterKey } from '#keys/master-key';
import { keepLedger } from '#keys/replay-erasures';
import { fingerprintOf } from '#keys/wrapping';
import { openPostgres, type PostgresHandle } from '#postgres/connect';
import { StartFailure } from '#postgres/start-failure';
import { migrateReadStore } from '#read-store/tables/migrations';
import { postgresTopics } from '#topics/postgres-topics';
import { openInstallation, systemClock } from '../../installation/installation';
import { readSettings, type Settings } from '../../installation/settings';
import { say } from '../output';

export { leftBehind } from '#backup/backup-folder';
export type { BackupProgress, LedgerFile, Manifest, Restored, RestoreProgress, WholeBackup };

interface ProgressReport<Progress> {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** @throws BackupRefused where the log does not lie in this database */
export const settingsHere = (env: NodeJS.ProcessEnv = process.env): Settings => {
  const settings = readSettings(env);
  if (settings.eventStore !== null)
    throw new BackupRefused(
      'The log lies in EventStoreDB or KurrentDB (EVENTSTORE_URL), which has tools of its own: see “With the log in EventStoreDB” in docs/guides/backup.md.',
      78,
    );
  return settings;
};

const onPostgres = async <T>(settings: Settings, work: (postgres: PostgresHandle) => Promise<T>): Promise<T> => {
  const postgres = await openPostgres(settings.postgres);
  try {
    return await work(postgres);
  } finally {
    await postgres.release();
  }
};

/** A data folder is not made only to find nothing in it. */
const refuseMissing = ({ postgres }: Settings): void => {
  if (postgres.kind === 'embedded' && !existsSync(join(postgres.folder, 'postgres')))
    throw new BackupRefused(`There is no installation in ${postgres.folder}: name its data folder by SAVOIRS_DATA, or give DATABASE_URL.`);
};

const FILE_FAULTS: Readonly<Record<string, readonly [code: 'disk-full' | 'no-permission', what: string]>> = {
  ENOSPC: ['disk-full', 'there is no room left'],
  EDQUOT: ['disk-full', 'there is no room left'],
  EACCES: ['no-permission', 'this user may not'],
  EPERM: ['no-permission', 'this user may not'],
  EROFS: ['no-permission', 'the file system is read-only'],
};

/** What the file system refuses, as one sentence; anything else is passed on unchanged. */
const fromFiles = (doing: string) => (fault: unknown) => {
  const known = fault instanceof Error && 'code' in fault ? FILE_FAULTS[String(fault.code)] : undefined;
  throw known === undefined ? fault : new StartFailure(known[0], `${doing}: ${known[1]}.`, { cause: fault });
};

/** @throws BackupRefused, StartFailure, the signal's reason */
export const backUp = (
  settings: Settings,
  { folder, keysFile }: { readonly folder: string; readonly keysFile: string | null },
  told: ProgressReport<BackupProgress>,
): Promise<Manifest> => {
  refuseMissing(settings);
  return onPostgres(settings, (postgres) =>
    takeBackup({ pool: postgres.pool({ max: 1 }), clock: systemClock, folder, keysFile, ...told }),
  ).catch(fromFiles(`${folder} cannot be written`));
};

/** The key that is there; none is made for an installation that is to be restored. @throws BackupRefused, KeysProblem */
const masterKeyOf = ({ env, folder }: Settings): Uint8Array => {
  if (!env['SAVOIRS_MASTER_KEY'] && !existsSync(join(folder, 'master-key')))
    throw new BackupRefused(
      `The master key is missing: give that of the installation as SAVOIRS_MASTER_KEY, or put its file at ${join(folder, 'master-key')}.`,
      78,
    );
  return loadMasterKey({ env, folder, warn: () => undefined });
};

/** The ledger begun, or added to: nothing that stands in it is taken away. */
export const keepErasures = async (settings: Settings, file: string): Promise<number> => {
  refuseMissing(settings);
  const masterKey = masterKeyOf(settings);
  const entries = await onPostgres(settings, async (postgres) => {
    const pool = postgres.pool({ max: 1 });
    await migrateKeys(pool);
    await checkFingerprint(pool, fingerprintOf(masterKey));
    return keepLedger(pool, ledgerFile(resolve(file), ledgerSigner(masterKey)));
  }).catch(fromFiles(`${file} cannot be written`));
  return entries.length;
};

/** Whoever was erased up to now, by the ledger; or up to then, by what a later backup tells. */
const erasedSince = async (path: string, masterKey: Uint8Array): Promise<LedgerFile> => {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (!isLedgerText(text)) return readLedger(path);
  const entries = (await ledgerFile(path, ledgerSigner(masterKey)).read()) ?? [];
  const erasures = entries.map(({ at, ...erased }) => ({ ...erased, keys: 0, at: `${at.slice(0, -1)}000Z` }));
  return { masterKey: fingerprintOf(masterKey), takenAt: systemClock.now(), erasures };
};

/** So that its own connections are told from others'. */
const NAME = 'savoirs-restore';

export interface RestoreFrom {
  readonly folder: string;
  readonly keysFile: string | null;
  /** The ledger's file or a later backup's folder; null: nobody was erased since. */
  readonly erasures: string | null;
  readonly reason: string;
}

export interface RestoredFrom extends Restored {
  readonly backup: WholeBackup;
  readonly later: LedgerFile | null;
  /** Whether the log says that it was restored. */
  readonly recorded: boolean;
}

/** @throws BackupRefused, KeysProblem, StartFailure, the signal's reason */
export const restore = async (
  settings: Settings,
  from: RestoreFrom,
  { signal, onProgress }: ProgressReport<RestoreProgress>,
): Promise<RestoredFrom> => {
  const masterKey = masterKeyOf(settings);
  const backup = await checkBackup(from.folder, from.keysFile, onProgress).catch(fromFiles(`${from.folder} cannot be read`));
  const later = from.erasures === null ? null : { path: from.erasures, ledger: await erasedSince(from.erasures, masterKey) };
  return onPostgres(settings, async (postgres) => {
    const pool = postgres.pool({ max: 6, application_name: NAME });
    const makeTables = async (): Promise<void> => {
      await migrateKeys(pool);
      await postgresTopics(pool);
      await migrateLog(pool);
      await migrateReadStore(pool);
    };
    const restored = await restoreBackup({
      backup,
      pool,
      applicationName: NAME,
      makeTables,
      masterKey: fingerprintOf(masterKey),
      later,
      signal,
      onProgress,
    });
    return {
      ...restored,
      backup,
      later: later?.ledger ?? null,
      recorded: await recordRestore(settings, backup.manifest, restored, from.reason),
    };
  });
};

/** The restored log's first event of its own: an operator's act. Beside all networks, but its reason is sealed in the first one (R19). */
const recordRestore = async (settings: Settings, { backup }: Manifest, { logId }: Restored, reason: string): Promise<boolean> => {
  const installation = await openInstallation(settings, { warn: () => undefined });
  try {
    for await (const stored of installation.log.readAll({ after: START, filter: { types: ['NetworkOpened'] }, limit: 1 })) {
      const networkId = installation.codec.decode(stored).meta.network as NetworkId;
      const id = await installation.keys.register(networkId, 'savoirs-cli');
      const { outcome } = await installation.application.dispatcher.dispatch(
        {
          type: 'RecordOperation',
          data: { ledgerId: installation.clock.now().slice(0, 7), action: 'restore', target: `backup/${backup}`, reason },
        },
        { networkId, by: { id: id as MemberId, role: 'operator' }, commandId: uuidV5(logId, 'restore') as never },
      );
      return outcome === 'done';
    }
    return false;
  } catch (fault) {
    say(`The restore is done; that it was done could not be recorded (${fault instanceof Error ? fault.name : 'unknown fault'}).`);
    return false;
  } finally {
    await installation.close();
  }
};
