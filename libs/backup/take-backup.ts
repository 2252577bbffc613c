import { randomUUID } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import type { Clock } from '#kernel/clock';
import { BackupRefused } from './backup-refused';
import { beginFolder, writeWhole, type BackupFolder } from './backup-folder';
import { ERASURES_FILE, ledgerText, type LedgerFile } from './erasures';
import { KEYS_FILE, type Manifest, type WrittenFile } from './manifest';
import { inOneSnapshot, logTable, type Snapshot } from './snapshot';
import { readHash, writePart } from './part-file';

export interface BackupProgress {
  readonly phase: 'keys and processes' | 'log';
  /** Of this phase, from 0 to 1. */
  readonly share: number;
  readonly events: number;
}

export interface BackupParts {
  readonly pool: Pool;
  /** Must not exist yet. */
  readonly folder: string;
  /** Where the keys are to lie, apart from the folder; null: in it. */
  readonly keysFile: string | null;
  readonly clock: Clock;
  /** Ends it: nothing is left then. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: BackupProgress) => void;
}

/**
 * A connection of one's own: what it was told of forms, and what it had begun, goes with it. `signal` ends whatever it waits for, until
 * the work says that it ends by itself. @throws the signal's reason
 */
export const onClient = async <T>(
  pool: Pool,
  work: (client: ClientBase, beyondStop: () => void) => Promise<T>,
  signal: AbortSignal = new AbortController().signal,
): Promise<T> => {
  signal.throwIfAborted();
  const client = await pool.connect();
  client.on('error', () => undefined); // the statement under way tells it
  let released = false;
  const release = (): void => {
    if (!released) client.release(true);
    released = true;
  };
  signal.addEventListener('abort', release);
  const beyondStop = (): void => signal.removeEventListener('abort', release);
  try {
    return await work(client, beyondStop);
  } catch (fault) {
    if (released) signal.throwIfAborted();
    throw fault;
  } finally {
    beyondStop();
    release();
  }
};

/** The files of one moment, but for the log's. */
export const writeMoment = async (
  moment: Snapshot,
  folder: Pick<BackupFolder, 'pathOf'>,
  takenAt: string,
): Promise<readonly WrittenFile[]> => {
  const ledger: LedgerFile = { masterKey: moment.masterKey, takenAt, erasures: moment.erasures };
  await writeWhole(folder.pathOf(ERASURES_FILE), ledgerText(ledger));
  return [
    await writePart(folder.pathOf(KEYS_FILE), KEYS_FILE, moment.keys),
    await writePart(folder.pathOf('processes.gz'), 'processes.gz', moment.processes),
    await writePart(folder.pathOf('topics.gz'), 'topics.gz', moment.topics),
    { name: ERASURES_FILE, ...(await readHash(folder.pathOf(ERASURES_FILE), () => undefined)), tables: [] },
  ];
};

/** The first events of the log. @throws BackupRefused where one is missing */
export const writeLog = async (
  client: ClientBase,
  folder: Pick<BackupFolder, 'pathOf'>,
  span: Parameters<typeof logTable>[1],
): Promise<WrittenFile> => {
  const file = await writePart(folder.pathOf('log.gz'), 'log.gz', [await logTable(client, span)]);
  const found = file.tables[0]?.rows ?? 0;
  if (found !== span.events)
    throw new BackupRefused(`The log is not whole: it goes up to event ${span.events}, and ${found} are there. Restore an earlier backup.`);
  return file;
};

/**
 * Copies log, keys, identities, erasure ledger, topics, and where processes stand, all as of one moment, into a new folder, while everybody works.
 * It is there whole, under its name, or not at all. Read models are not in it: they are made anew from the log.
 * @throws BackupRefused
 */
export const takeBackup = async (parts: BackupParts): Promise<Manifest> => {
  const { pool, keysFile, clock, signal, onProgress = () => undefined } = parts;
  const folder = await beginFolder(parts.folder, keysFile);
  try {
    const taking = async (client: ClientBase): Promise<Manifest> => {
      const takenAt = clock.now();
      onProgress({ phase: 'keys and processes', share: 0, events: 0 });
      const { moment, files } = await inOneSnapshot(client, async (seen) => ({
        moment: seen,
        files: await writeMoment(seen, folder, takenAt),
      }));
      const { log, masterKey, steps } = moment;
      const onEvents = (events: number): void => onProgress({ phase: 'log', share: events / log.events, events });
      const logFile = await writeLog(client, folder, { events: log.events, signal, onEvents });
      return { backup: randomUUID(), takenAt, log, masterKey, steps, files: [logFile, ...files], keysApart: keysFile !== null };
    };
    const manifest = await onClient(pool, taking, signal);
    signal.throwIfAborted();
    await folder.complete(manifest);
    return manifest;
  } catch (fault) {
    await folder.discard();
    throw fault;
  }
};
