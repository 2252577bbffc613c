import { join } from 'node:path';
import { BackupRefused } from './backup-refused';
import { KEYS_FILE, type Manifest, type WrittenFile } from './manifest';
import { readHash } from './part-file';

export interface OnDisk extends WrittenFile {
  readonly path: string;
}

/** Where each file of a backup lies. @throws BackupRefused where the keys were kept apart and are not named */
export const locate = (folder: string, { files, keysApart }: Manifest, keysFile: string | null): readonly OnDisk[] => {
  if (keysApart && keysFile === null)
    throw new BackupRefused(`The keys of ${folder} were kept apart: name their file with --keys, without them no text can be read.`);
  return files.map((file) => ({ ...file, path: file.name === KEYS_FILE && keysFile !== null ? keysFile : join(folder, file.name) }));
};

export const otherThanWritten = ({ path }: OnDisk): BackupRefused =>
  new BackupRefused(
    `${path} is not the file that the backup was written with (its SHA-256 is another): torn, altered or of another backup.`,
  );

/** Reads every file whole. @throws BackupRefused in one sentence that names the first one that is not as it was written */
export const checkFiles = async (files: readonly OnDisk[], onBytes: (bytes: number) => void): Promise<void> => {
  for (const file of files) {
    const found = await readHash(file.path, onBytes).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code !== 'ENOENT') throw fault;
      throw new BackupRefused(`${file.path} is missing: without it this backup is not whole.`);
    });
    if (found.sha256 !== file.sha256) throw otherThanWritten(file);
  }
};
