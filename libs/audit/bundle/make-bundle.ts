import type { StoredEvent } from '#event-store/log.port';
import { leafHashOf, textHash } from '../leaf';
import { sameHash } from '../merkle/hashing';
import { inclusionProof } from '../merkle/proofs';
import { openCheckpoint, type OpenedCheckpoint } from '../notes/checkpoint';
import { verifierKeyText, type VerifierKey } from '../notes/note-key';
import { readNote, signersOf, writeNote } from '../notes/signed-note';
import { toBase64 } from '../notes/strict-base64';
import { nodesIn } from '../tiles/tile-reader';
import { NotInTree } from '../export/tiles-folder';
import type { KeptCheckpoint, TreeStore } from '../tree-store.port';
import { BUNDLE_FORM, versionsOf, type Bundle, type BundleEvent } from './bundle';
import { BeyondTree, ordinalsOf, type OrdinalParts } from './ordinals';

export interface BundleParts extends OrdinalParts {
  readonly store: Pick<TreeStore, 'tile' | 'tileWith'>;
  readonly key: VerifierKey;
  /** Whose signatures are looked for under the checkpoint. */
  readonly witnesses: readonly VerifierKey[];
  /** Of which one is taken, from the smallest to the largest. */
  readonly checkpoints: readonly KeptCheckpoint[];
  /** Of which events the data is not to be shown: its hash stands for it. */
  readonly withheld: (event: StoredEvent) => boolean;
}

/** The last one that has all events and that a witness signed, or else the last that has them. @throws BeyondTree */
const checkpointFor = ({ checkpoints, key, witnesses }: BundleParts, ordinal: number): OpenedCheckpoint => {
  const latest = checkpoints.filter(({ size }) => size >= ordinal).reverse();
  const cosigned = latest.find(({ note }) => signersOf(readNote(note), witnesses).length > 0);
  const [checkpoint] = cosigned ? [cosigned] : latest;
  if (checkpoint === undefined) throw new BeyondTree();
  return openCheckpoint(checkpoint.note, key, witnesses);
};

/**
 * A file that proves these events to whoever has the log's public key.
 * @throws BeyondTree where every checkpoint is from before one of them; NotInTree where one is not as it was put in the tree
 */
export const makeBundle = async (parts: BundleParts, events: readonly StoredEvent[]): Promise<Bundle> => {
  const { store, key, withheld } = parts;
  const ordinals = await ordinalsOf(
    parts,
    events.map(({ position }) => position),
  );
  const { size, signers, note } = checkpointFor(parts, Math.max(...events.map(({ position }) => ordinals.get(position) ?? Infinity)));
  const nodes = nodesIn(store.tile, size);
  const proven = async (event: StoredEvent): Promise<BundleEvent> => {
    const ordinal = ordinals.get(event.position) ?? Infinity;
    if (!sameHash(await nodes(0, ordinal - 1), leafHashOf(event, ordinal))) throw new NotInTree(ordinal);
    const { stream, revision, eventId, type, version, meta, data } = event;
    const shown = withheld(event) ? { dataHash: textHash(data).toString('hex') } : { data };
    const proof = (await inclusionProof(nodes, ordinal - 1, size)).map(toBase64);
    return { ordinal, stream, revision, id: eventId, type, version, meta, ...shown, proof };
  };
  const inOrder = [...events].sort((one, other) => (one.position < other.position ? -1 : 1));
  const all: BundleEvent[] = [];
  for (const event of inOrder) all.push(await proven(event));
  return {
    bundle: BUNDLE_FORM,
    key: verifierKeyText(key),
    witnesses: signers.slice(1).map(verifierKeyText),
    checkpoint: writeNote(note),
    versions: versionsOf(all),
    events: all,
  };
};

/** One file: a line for each event, so that two files can be compared. */
export const bundleText = ({ events, ...head }: Bundle): string => {
  const opening = JSON.stringify(head, null, 1).replace(/\n}$/, '');
  return `${opening},\n "events": [\n${events.map((event) => `  ${JSON.stringify(event)}`).join(',\n')}\n ]\n}\n`;
};
