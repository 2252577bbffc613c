import type { ClientBase, Pool } from 'pg';
import { BackupRefused } from './backup-refused';
import { checkFiles, locate, type OnDisk } from './check-files';
import { dropStarterTopics, markRestoring, refuseOthersAtWork, refuseUsed, unmarkRestoring } from './restore-target';
import { enterErasures, eraseAgain, ERASURES_FILE, erasedSince, readLedger, type Erased, type LedgerFile } from './erasures';
import { loadPart } from './load-part';
import { readManifest, type Manifest } from './manifest';
import { useForms } from './snapshot';
import { columnsOfProcesses, placeProcesses, stagedName, stageProcesses } from './staged-processes';
import { onClient } from './take-backup';

export interface RestoreProgress {
  readonly phase: 'checking' | 'loading';
  /** Of this phase, from 0 to 1. */
  readonly share: number;
}

/** A backup as it was read and found whole. */
export interface WholeBackup {
  readonly manifest: Manifest;
  readonly files: readonly OnDisk[];
  readonly ledger: LedgerFile;
}

/** Reads all of it before anything is opened. @throws BackupRefused in one sentence that names the file */
export const checkBackup = async (
  folder: string,
  keysFile: string | null,
  onProgress: (progress: RestoreProgress) => void = () => undefined,
): Promise<WholeBackup> => {
  const manifest = await readManifest(folder);
  const files = locate(folder, manifest, keysFile);
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let read = 0;
  await checkFiles(files, (bytes) => onProgress({ phase: 'checking', share: Math.min((read += bytes) / all, 1) }));
  return { manifest, files, ledger: await readLedger(folder) };
};

export interface RestoreParts {
  readonly backup: WholeBackup;
  readonly pool: Pool;
  /** Of the pool's connections: whoever bears another name is somebody else. */
  readonly applicationName: string;
  /** Makes every table of this Savoirs, or brings it up to date. */
  readonly makeTables: () => Promise<void>;
  /** By which the installation's master key is told. */
  readonly masterKey: string;
  /** Who was erased up to now; null: nobody since the backup. */
  readonly later: { readonly path: string; readonly ledger: LedgerFile } | null;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: RestoreProgress) => void;
}

/** A member by opaque ids. */
export interface NamedPart {
  readonly network: string;
  readonly member: string;
}

export interface Restored {
  /** Of the restored log. */
  readonly logId: string;
  /** Carried out again: they were erased after the backup. */
  readonly erased: readonly Erased[];
  /** Those of them whom the restored log still knows as members: their erasure is to be asked for again. */
  readonly stillNamed: readonly NamedPart[];
}

/**
 * Brings a whole backup into an empty installation, in one transaction: it is there whole, or not at all. While it lasts, and after it
 * was killed, no Savoirs starts there. The log gets a new id; read models are left to be made from it.
 * @throws BackupRefused
 */
export const restoreBackup = async (parts: RestoreParts): Promise<Restored> => {
  const { backup, pool, masterKey, later } = parts;
  if (backup.manifest.masterKey !== masterKey)
    throw new BackupRefused(
      'The keys of this backup are wrapped by another master key: give that of the installation it was made of as SAVOIRS_MASTER_KEY.',
      78,
    );
  const erased = later === null ? [] : erasedSince(backup.ledger, later.ledger, later.path);
  await onClient(pool, async (client) => {
    await refuseUsed(client);
    await markRestoring(client);
  });
  try {
    await parts.makeTables();
    const logId = await onClient(pool, (client, beyondStop) => load(client, { ...parts, erased, beyondStop }), parts.signal);
    return await onClient(pool, async (client) => {
      await client.query('analyze log.events, keys.data_key, keys.identity, reference.topic');
      return { logId, erased, stillNamed: await namedInLog(client, erased) };
    });
  } catch (fault) {
    await onClient(pool, unmarkRestoring).catch(() => undefined); // a database that went away: its mark stays
    throw fault;
  }
};

const ONE_AT_A_TIME = `select pg_advisory_xact_lock(hashtextextended('savoirs.restore', 0))`;

interface Load extends RestoreParts {
  readonly erased: readonly Erased[];
  readonly beyondStop: () => void;
}

const load = async (client: ClientBase, parts: Load): Promise<string> => {
  const { manifest, ledger } = parts.backup;
  await refuseOthersAtWork(client, parts.applicationName);
  await useForms(client);
  await client.query('begin');
  await client.query(ONE_AT_A_TIME);
  await refuseUsed(client);
  await dropStarterTopics(client);
  await refuseNewer(client, manifest);
  const logId = await beginLog(client, manifest);
  await loadAll(client, parts);
  await refuseOtherLog(client, manifest);
  await placeProcesses(client, columnsOfProcesses(manifest), logId);
  await enterErasures(client, ledger.erasures);
  await eraseAgain(client, parts.erased);
  await unmarkRestoring(client);
  parts.signal.throwIfAborted();
  parts.beyondStop(); // whether a commit that is cut off was one, nobody could tell
  await client.query('commit');
  return logId;
};

/** @throws BackupRefused where this Savoirs knows fewer steps of the tables than the one that made the backup */
const refuseNewer = async (client: ClientBase, { steps }: Manifest): Promise<void> => {
  const { rows } = await client.query<Manifest['steps']>(
    `select (select max(version) from log.migrations) as log, (select max(step) from keys.step) as keys, (select max(name) from read.migration) as read`,
  );
  const known = rows[0];
  if (known === undefined || steps.log > known.log || steps.keys > known.keys || steps.read > known.read)
    throw new BackupRefused('This backup was made by a newer Savoirs: restore it with that one.');
};

const beginLog = async (client: ClientBase, { masterKey }: Manifest): Promise<string> => {
  await client.query(
    `insert into keys.installation (master_fingerprint) values ($1)
     on conflict (only_one) do update set master_fingerprint = excluded.master_fingerprint`,
    [masterKey],
  );
  const { rows } = await client.query<{ log_id: string }>('update log.identity set log_id = gen_random_uuid() returning log_id');
  if (rows[0] === undefined) throw new Error('The log has no id: its table log.identity is empty.');
  return rows[0].log_id;
};

const loadAll = async (client: ClientBase, { backup, signal, onProgress = () => undefined }: RestoreParts): Promise<void> => {
  await stageProcesses(client);
  const files = backup.files.filter(({ name }) => name !== ERASURES_FILE);
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let read = 0;
  const onBytes = (bytes: number): void => onProgress({ phase: 'loading', share: Math.min((read += bytes) / all, 1) });
  for (const file of files) await loadPart(file, { client, signal, onBytes, into: stagedName });
};

/** @throws BackupRefused where an event is missing or one too many */
const refuseOtherLog = async (client: ClientBase, { log }: Manifest): Promise<void> => {
  const { rows } = await client.query<{ events: number; last: number }>(
    'select count(*)::float8 as events, coalesce(max(position), 0)::float8 as last from log.events',
  );
  if (rows[0]?.events !== log.events || rows[0].last !== log.events)
    throw new BackupRefused(`This backup’s log is not whole: it should hold ${log.events} events. Nothing was restored.`);
};

const namedInLog = async (client: ClientBase, erased: readonly Erased[]): Promise<readonly NamedPart[]> => {
  const { rows } = await client.query<NamedPart>(
    `select distinct network, member from unnest($1::text[], $2::text[]) as given (network, member)
     where exists (select from log.events where stream = 'member-' || member)`,
    [erased.map(({ network }) => network), erased.map(({ member }) => member)],
  );
  return rows;
};
