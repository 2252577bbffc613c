import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The folder of ESCO's files (domain page, §8) where the specification lies beside this checkout; null elsewhere: the files are the
 * Commission's, and no copy is kept here. What tests expect holds without them; with them there is more to be mistaken for it.
 */
export const escoBeside = (): string | null => {
  const root = process.cwd();
  return ['..', '../..'].map((up) => join(root, up, 'shared/data/esco')).find((folder) => existsSync(folder)) ?? null;
};
