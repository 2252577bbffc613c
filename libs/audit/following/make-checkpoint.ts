import { sameHash } from '../merkle/hashing';
import { rootHash } from '../merkle/subtrees';
import { checkpointText, openCheckpoint, type OpenedCheckpoint } from '../notes/checkpoint';
import type { SigningKey } from '../notes/note-key';
import { signNote, writeNote } from '../notes/signed-note';
import { nodesIn } from '../tiles/tile-reader';
import { TreeRefused } from '../tree-refused';
import type { KeptCheckpoint, TreeStore } from '../tree-store.port';
import type { CheckpointFolder } from './checkpoint-folder';
import { growTree, type GrowParts, type Grown } from './grow-tree';

export interface CheckpointParts extends GrowParts {
  /** Its name is the log's. */
  readonly key: SigningKey;
  /** Where checkpoints are kept apart; null: nowhere. */
  readonly folder: CheckpointFolder | null;
}

const opened = (note: string | null | undefined, { key }: Pick<CheckpointParts, 'key'>): OpenedCheckpoint | null =>
  note === null || note === undefined ? null : openCheckpoint(note, key);

/** A log never signs what is not the continuation of all that it signed (c2sp.org/tlog-checkpoint). */
const refuseFork = async (store: TreeStore, { state }: Grown, kept: OpenedCheckpoint | null): Promise<void> => {
  if (kept === null) return;
  if (kept.size > state.size)
    throw new TreeRefused(
      `A checkpoint was signed for ${kept.size} events, and this log has ${state.size}: some were lost, or it is an older copy.`,
    );
  if (!sameHash(await rootHash(nodesIn(store.tile, state.size), kept.size), kept.root))
    throw new TreeRefused(`The first ${kept.size} events are not those for which a checkpoint was signed.`);
};

/** When the next one is due: after so many events, or once so long after the last one that there is anything new. */
export interface Cadence {
  readonly events: number;
  readonly ms: number;
}

export interface Due {
  /** Null: now. */
  readonly cadence: Cadence | null;
  /** When the last one was made, or looked for, in milliseconds since 1970. */
  readonly lastAt: number;
  readonly now: number;
}

const isDue = (size: number, last: number, { cadence, lastAt, now }: Due): boolean =>
  size > last && (cadence === null || last === 0 || size - last >= cadence.events || now - lastAt >= cadence.ms);

/** How far the tree is, and up to where it is signed; 0: never. */
export interface Signed {
  readonly size: number;
  readonly signed: number;
  /** What was signed now. */
  readonly made: KeptCheckpoint | null;
}

/**
 * Lets the tree grow to the log's end, and signs what it is then, where that is due and there is anything new.
 * @throws TreeRefused, NoteRefused, Overtaken, LogUnavailable
 */
export const makeCheckpoint = async (parts: CheckpointParts, due: Due): Promise<Signed> => {
  const { store, folder, key } = parts;
  const grown = await growTree(parts);
  const kept = opened((await store.checkpoint())?.note, parts);
  const apart = opened(await folder?.last(), parts);
  const lost = apart ?? kept;
  if (grown === null && lost !== null) throw new TreeRefused(`A checkpoint was signed for ${lost.size} events, and this log has none.`);
  if (grown === null) return { size: 0, signed: 0, made: null };
  for (const each of [kept, apart]) await refuseFork(store, grown, each);
  const { size } = grown.state;
  const signed = kept?.size ?? 0;
  if (!isDue(size, signed, due)) return { size, signed, made: null };
  const text = checkpointText({ origin: key.name, size, root: await grown.tree.root() });
  const made = { size, note: writeNote({ text, signatures: [signNote(key, text, due.now)] }) };
  await store.keep(made);
  await folder?.keep(made);
  return { size, signed: size, made };
};
