import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BackupRefused } from './backup-refused';

export const MANIFEST = 'manifest.json';
/** Raised when an older Savoirs could not read what this one writes. */
export const FORMAT = 1;

export interface TableRows {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: number;
}

export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
  /** Of the file as it lies there, in hex: `sha256sum` gives the same. */
  readonly sha256: string;
  readonly tables: readonly TableRows[];
}

/** What was at one moment, and in which files it lies. */
export interface Manifest {
  readonly backup: string;
  readonly takenAt: string;
  /** Of the log that was backed up; a restored one gets another id. Events lie at 1 to `events`. */
  readonly log: { readonly id: string; readonly events: number };
  /** Tells by which master key the keys are wrapped, and nothing about it. */
  readonly masterKey: string;
  /** How far the tables had been migrated. */
  readonly steps: { readonly log: number; readonly keys: number; readonly read: string };
  readonly files: readonly WrittenFile[];
  /** The keys lie in a file of the operator's choice, outside of the folder. */
  readonly keysApart: boolean;
}

export const KEYS_FILE = 'keys.gz';

const sealOf = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Sealed<T> {
  readonly savoirs: string;
  readonly format: number;
  readonly content: T;
  readonly sha256: string;
}

/** A small file that tells whether it is as it was written. */
export const sealed = <T>(savoirs: string, content: T): string =>
  `${JSON.stringify({ savoirs, format: FORMAT, content, sha256: sealOf(JSON.stringify([savoirs, FORMAT, content])) }, null, 1)}\n`;

const parsed = (text: string): Partial<Sealed<unknown>> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
};

/** @throws BackupRefused where it is another file, was altered, or is of a newer Savoirs */
export const unsealed = <T>(savoirs: string, text: string, path: string): T => {
  const found = parsed(text);
  if (found?.savoirs === savoirs && typeof found.format === 'number' && found.format > FORMAT)
    throw new BackupRefused(`${path} was written by a newer Savoirs (format ${found.format}): use that one.`);
  if (found?.savoirs !== savoirs || found.sha256 !== sealOf(JSON.stringify([savoirs, found.format, found.content])))
    throw new BackupRefused(`${path} is torn, altered or another file: nothing was restored.`);
  // the seal says that a Savoirs of this format wrote it
  return found.content as T;
};

export const manifestText = (manifest: Manifest): string => sealed('backup', manifest);

/** @throws BackupRefused in one sentence that names the folder or the file */
export const readManifest = async (folder: string): Promise<Manifest> => {
  const path = join(folder, MANIFEST);
  const text = await readFile(path, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'ENOENT' && fault.code !== 'ENOTDIR') throw fault;
    throw new BackupRefused(`${folder} is no whole backup: ${MANIFEST} is missing.`);
  });
  return unsealed<Manifest>('backup', text, path);
};
