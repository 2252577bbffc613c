import { growTree } from '#audit/following/grow-tree';
import { makeCheckpoint } from '#audit/following/make-checkpoint';
import { signingKey } from '#audit/notes/note-key';
import { postgresTreeStore } from '#audit/postgres/postgres-tree-store';
import type { KeptCheckpoint, TreeStore } from '#audit/tree-store.port';
import type { Subject } from '../contenders/rebuild-all';

export const treeKey = signingKey('savoirs.example/bench', 'ed25519', Buffer.alloc(32, 7));

export const treeOf = ({ pool }: Pick<Subject, 'pool'>, origin: string = treeKey.name): Promise<TreeStore> =>
  postgresTreeStore(pool, origin, { keepsIds: false });

/** A tree of its own from the log's first event to its last. */
export const buildTree = async (subject: Subject, origin: string, signal: AbortSignal): Promise<void> => {
  const { log } = subject;
  await growTree({ log, store: await treeOf(subject, origin), signal });
};

/** Of the whole log as it is. */
export const signed = async (subject: Subject, signal: AbortSignal): Promise<KeptCheckpoint> => {
  const { log } = subject;
  const store = await treeOf(subject);
  await makeCheckpoint({ log, store, key: treeKey, folder: null, signal }, { cadence: null, lastAt: 0, now: Date.now() });
  return (await store.checkpoint())!;
};
