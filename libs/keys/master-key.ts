import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeysProblem } from './keys-problem';

const BYTES = 32;
const MADE_BY = 'make one by `openssl rand -base64 32`, and keep a copy apart from the backups';

export interface MasterKeySource {
  readonly env: { readonly [name: string]: string | undefined };
  /** The data folder, for the key that development makes itself. */
  readonly folder: string;
  readonly warn: (sentence: string) => void;
}

const parse = (text: string, name: string): Uint8Array => {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== BYTES || key.toString('base64') !== text.trim()) {
    throw new KeysProblem(`${name} is not ${BYTES} bytes in base64: ${MADE_BY}.`);
  }
  return key;
};

/** Written beside and linked, so that of two processes that start at once one makes the file and both read it whole. */
const makeOnce = (path: string): void => {
  const fresh = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(fresh, `${randomBytes(BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(fresh, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(fresh);
  }
};

const readOwn = (path: string): Uint8Array => {
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new KeysProblem(`${path} can be read by other accounts: \`chmod 600\` it, and consider the key known to them.`);
  }
  return parse(readFileSync(path, 'utf8'), path);
};

/**
 * The key that wraps all others: `SAVOIRS_MASTER_KEY` (base64 of 32 bytes), or outside production one made in the data folder.
 * @throws KeysProblem with one sentence
 * @example loadMasterKey({ env: process.env, folder: '.savoirs', warn: console.warn })
 */
export const loadMasterKey = ({ env, folder, warn }: MasterKeySource): Uint8Array => {
  const given = env['SAVOIRS_MASTER_KEY'];
  if (given !== undefined && given !== '') return parse(given, 'SAVOIRS_MASTER_KEY');
  if (env['NODE_ENV'] === 'production') throw new KeysProblem(`SAVOIRS_MASTER_KEY is missing: ${MADE_BY}.`);
  const path = join(folder, 'master-key');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(path)) makeOnce(path);
  warn(`The master key lies in ${path}, beside the data it protects: for production give SAVOIRS_MASTER_KEY.`);
  return readOwn(path);
};
