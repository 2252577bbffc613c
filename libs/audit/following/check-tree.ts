import type { EventLog } from '#event-store/log.port';
import { EMPTY_ROOT, sameHash } from '../merkle/hashing';
import { openCheckpoint, type Checkpoint } from '../notes/checkpoint';
import type { VerifierKey } from '../notes/note-key';
import { NoteRefused } from '../notes/signed-note';
import type { GrowingTree } from '../tiles/growing-tree';
import type { TreeStore } from '../tree-store.port';
import { compareLog } from './compare-log';

export interface CheckParts {
  readonly log: Pick<EventLog, 'readAll'>;
  readonly store: TreeStore;
  readonly key: VerifierKey;
  /** Checkpoints from elsewhere, besides those in the store: notes. */
  readonly others: readonly string[];
  readonly signal: AbortSignal;
  readonly onEvents?: (events: number, of: number) => void;
}

export interface TreeCheck {
  /** Compared with the tree, one by one. */
  readonly events: number;
  /** Number of the first event, from 1, that is not the one in the tree. */
  readonly firstDifference: number | null;
  /** How many were held against what the log's events make. */
  readonly checkpoints: number;
  /** Sizes of those that the log's events do not make, or that the log's key did not sign; null: one that tells none. */
  readonly wrong: readonly (number | null)[];
}

/** What a note claims; null: the log's key did not sign it, or it lies where one of another size should. */
const claimIn = (note: string, key: VerifierKey, size?: number): Checkpoint | null => {
  try {
    const opened = openCheckpoint(note, key);
    return size === undefined || size === opened.size ? opened : null;
  } catch (fault) {
    if (fault instanceof NoteRefused) return null;
    throw fault;
  }
};

/**
 * Reads the whole log, and holds it against its tree, event by event, and against every checkpoint: whoever alters the log must alter the
 * tree as well, and cannot alter what was signed. @throws where `signal` aborts, its reason
 */
export const checkTree = async ({ log, store, key, others, signal, onEvents }: CheckParts): Promise<TreeCheck> => {
  const size = (await store.state())?.size ?? 0;
  const kept = (await store.checkpoints()).map(({ note, size: told }) => ({ told, claim: claimIn(note, key, told) }));
  const apart = others.map((note) => ({ told: null, claim: claimIn(note, key) }));
  const all = [...kept, ...apart];
  const right = new Set(all.filter(({ claim }) => claim?.size === 0 && sameHash(claim.root, EMPTY_ROOT)));
  const bySize = new Map<number, typeof all>();
  for (const one of all) if (one.claim) bySize.set(one.claim.size, [...(bySize.get(one.claim.size) ?? []), one]);
  const onEvent = async (tree: GrowingTree): Promise<void> => {
    const due = bySize.get(tree.size) ?? [];
    const root = due.length === 0 ? null : await tree.root();
    for (const one of due) if (root && one.claim && sameHash(root, one.claim.root)) right.add(one);
    onEvents?.(tree.size, size);
  };
  const { events, firstDifference } = await compareLog({ log, tile: store.tile, size, signal, onEvent });
  const wrong = all.filter((one) => !right.has(one)).map(({ told, claim }) => told ?? claim?.size ?? null);
  return { events, firstDifference, checkpoints: all.length, wrong };
};
