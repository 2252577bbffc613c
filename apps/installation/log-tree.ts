import type { Pool } from 'pg';
import { checkpointFolder, type CheckpointFolder } from '#audit/following/checkpoint-folder';
import { sha256 } from '#audit/merkle/hashing';
import { signingKey, type SigningKey, type VerifierKey } from '#audit/notes/note-key';
import { postgresTreeStore } from '#audit/postgres/postgres-tree-store';
import type { TreeStore } from '#audit/tree-store.port';
import { secretFor } from '#keys/wrapping';
import type { AuditSettings } from './settings';

/** The log as a tree that others can check, and what signs it. */
export interface LogTree {
  readonly store: TreeStore;
  readonly key: SigningKey;
  readonly folder: CheckpointFolder | null;
  /** Whose signatures are taken. */
  readonly witnesses: readonly VerifierKey[];
}

/** The same key has the same name wherever it is used: a restored installation goes on under it. */
const nameOf = (secret: Uint8Array): string =>
  `savoirs/${sha256(signingKey('savoirs', 'ed25519', secret).publicKey)
    .subarray(0, 8)
    .toString('hex')}`;

/** @throws NoteKeyError */
export const auditKeyOf = ({ key, origin }: AuditSettings, masterKey: Uint8Array): SigningKey => {
  const secret = key ?? secretFor(masterKey, 'audit');
  return signingKey(origin ?? nameOf(secret), 'ed25519', secret);
};

interface TreeWiring {
  readonly masterKey: Uint8Array;
  /** Whether the log needs its tree to find events by their ids. */
  readonly keepsIds: boolean;
}

/** @throws TreeTablesProblem */
export const openLogTree = async (pool: Pool, settings: AuditSettings, { masterKey, keepsIds }: TreeWiring): Promise<LogTree> => {
  const key = auditKeyOf(settings, masterKey);
  const folder = settings.folder === null ? null : checkpointFolder(settings.folder);
  return { store: await postgresTreeStore(pool, key.name, { keepsIds }), key, folder, witnesses: settings.witnesses };
};
