import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../merkle/hashing';
import { signingKey, type SigningKey, type VerifierKey } from '../notes/note-key';
import { readRequest } from './checkpoint-request';
import { witnessed, WitnessRefused } from './witness';
import type { NoteSignature } from '../notes/signed-note';

const isCode = (fault: unknown, code: string): boolean => (fault as NodeJS.ErrnoException).code === code;

const textAt = (path: string): Promise<string | null> =>
  readFile(path, 'utf8').catch((fault: unknown) => {
    if (isCode(fault, 'ENOENT')) return null;
    throw fault;
  });

const SECRET_BYTES = 32;

/** The witness's own key, made at the first use, for its owner's eyes alone. */
export const witnessKey = async (folder: string, name: string): Promise<SigningKey> => {
  const path = join(folder, 'witness-key');
  await mkdir(folder, { recursive: true });
  const fresh = randomBytes(SECRET_BYTES).toString('base64');
  await writeFile(path, `${fresh}\n`, { mode: 0o600, flag: 'wx', flush: true }).catch((fault: unknown) => {
    if (!isCode(fault, 'EEXIST')) throw fault;
  });
  return signingKey(name, 'cosignature', Buffer.from((await readFile(path, 'utf8')).trim(), 'base64'));
};

const writeWhole = async (path: string, text: string): Promise<void> => {
  const file = await open(`${path}.new`, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
};

/** One at a time: between the look at the last checkpoint and its change nobody else may come. @throws WitnessRefused */
const alone = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  await writeFile(path, '', { flag: 'wx' }).catch((fault: unknown) => {
    if (isCode(fault, 'EEXIST'))
      throw new WitnessRefused(`Another witness is at work here: try again, or remove ${path} if it was killed.`);
    throw fault;
  });
  return work().finally(() => rm(path));
};

export interface WitnessRun {
  readonly folder: string;
  readonly log: VerifierKey;
  readonly key: SigningKey;
  readonly now: number;
}

/** Signs what a request asks for, once its checkpoint is kept. @throws WitnessRefused, RequestRefused, NoteRefused */
export const witnessIn = async ({ folder, log, key, now }: WitnessRun, body: string): Promise<NoteSignature> => {
  const request = readRequest(body);
  const path = join(folder, sha256(Buffer.from(log.name)).toString('hex'));
  return alone(`${path}.lock`, async () => {
    const signature = witnessed({ log, key, last: await textAt(path), now }, request);
    await writeWhole(path, request.checkpoint);
    return signature;
  });
};
