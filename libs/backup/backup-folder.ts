import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BackupRefused } from './backup-refused';
import { KEYS_FILE, MANIFEST, manifestText, type Manifest } from './manifest';

/** Names are on the disk, too. */
const flushFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

export const writeWhole = (path: string, text: string): Promise<void> => writeFile(path, text, { flag: 'wx', mode: 0o600, flush: true });

/** Where a backup is being written: under names that no restore takes, until it is whole. */
export interface BackupFolder {
  pathOf(name: string): string;
  /** The manifest last of all; then the keys get their name, then the folder does. */
  complete(manifest: Manifest): Promise<void>;
  discard(): Promise<void>;
}

const exists = (path: string): BackupRefused =>
  new BackupRefused(`${path} exists already: a backup is never written over, name a new one.`);

/** @throws BackupRefused where the folder, or the keys' file, is there already */
export const beginFolder = async (folder: string, keysFile: string | null): Promise<BackupFolder> => {
  for (const path of [folder, ...(keysFile === null ? [] : [keysFile])]) if (existsSync(path)) throw exists(path);
  const mark = `.partial-${randomBytes(4).toString('hex')}`;
  const partial = `${folder}${mark}`;
  const keysPartial = keysFile === null ? null : `${keysFile}${mark}`;
  await mkdir(dirname(partial), { recursive: true });
  await mkdir(partial, { mode: 0o700 });
  if (keysFile !== null) await mkdir(dirname(keysFile), { recursive: true });
  return {
    pathOf: (name) => (name === KEYS_FILE && keysPartial !== null ? keysPartial : join(partial, name)),
    complete: async (manifest) => {
      await writeWhole(join(partial, MANIFEST), manifestText(manifest));
      await flushFolder(partial);
      if (keysPartial !== null && keysFile !== null) {
        await rename(keysPartial, keysFile);
        await flushFolder(dirname(keysFile));
      }
      await rename(partial, folder).catch((fault: NodeJS.ErrnoException) => {
        throw fault.code === 'ENOTEMPTY' || fault.code === 'EEXIST' ? exists(folder) : fault;
      });
      await flushFolder(dirname(partial));
    },
    discard: async () => {
      await rm(partial, { recursive: true, force: true });
      if (keysPartial !== null) await rm(keysPartial, { force: true });
    },
  };
};

/** What backups of this name left behind when they were killed. */
export const leftBehind = async (folder: string): Promise<readonly string[]> => {
  const names = await readdir(dirname(folder)).catch(() => []);
  return names.filter((name) => name.startsWith(`${basename(folder)}.partial-`)).map((name) => join(dirname(folder), name));
};
