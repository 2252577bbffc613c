import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { readCheckpointText } from '../notes/checkpoint';
import { readNote } from '../notes/signed-note';
import type { KeptCheckpoint } from '../tree-store.port';

/** Checkpoints kept apart from the log and from the tree: who alters those two does not alter this. */
export interface CheckpointFolder {
  /** The note of the last one; null before the first. */
  last(): Promise<string | null>;
  keep(checkpoint: KeptCheckpoint): Promise<void>;
}

const isMissing = (fault: unknown): boolean => (fault as NodeJS.ErrnoException).code === 'ENOENT';

const writeWhole = async (path: string, text: string): Promise<void> => {
  const fresh = `${path}.${process.pid}.new`;
  const file = await open(fresh, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
};

const lastIn = (folder: string): Promise<string | null> =>
  readFile(join(folder, 'checkpoint'), 'utf8').catch((fault: unknown) => {
    if (isMissing(fault)) return null;
    throw fault;
  });

const sizeOf = (note: string): number => readCheckpointText(readNote(note).text).size;

/** `checkpoint` is the last one, as a server of tiles names it; `checkpoints/4711` each, by its size. Makes the folder. */
export const checkpointFolder = (folder: string): CheckpointFolder => ({
  last: () => lastIn(folder),
  keep: async ({ size, note }) => {
    await mkdir(join(folder, 'checkpoints'), { recursive: true });
    await writeWhole(join(folder, 'checkpoints', String(size)), note);
    const last = await lastIn(folder);
    if (last === null || sizeOf(last) <= size) await writeWhole(join(folder, 'checkpoint'), note);
  },
});
