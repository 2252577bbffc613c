import type { StoredEvent } from '#event-store/log.port';
import { NotInTree } from '../export/tiles-folder';
import { leafOf } from '../leaf';
import { leafHash, sameHash } from '../merkle/hashing';
import { inclusionProof } from '../merkle/proofs';
import { toBase64 } from '../notes/strict-base64';
import { nodesIn } from '../tiles/tile-reader';
import type { KeptCheckpoint, TreeStore } from '../tree-store.port';
import { ordinalsOf, type OrdinalParts } from './ordinals';

export interface ProofParts extends OrdinalParts {
  readonly store: Pick<TreeStore, 'tile' | 'tileWith'>;
  readonly checkpoint: KeptCheckpoint;
}

/** The proof of one event as c2sp.org/tlog-proof has it, with the event's leaf as its extra data. @throws BeyondTree, NotInTree */
export const proofText = async (parts: ProofParts, event: StoredEvent): Promise<string> => {
  const { store, checkpoint } = parts;
  const ordinal = (await ordinalsOf(parts, [event.position])).get(event.position)!;
  const nodes = nodesIn(store.tile, checkpoint.size);
  const leaf = Buffer.from(leafOf(event, ordinal));
  if (!sameHash(await nodes(0, ordinal - 1), leafHash(leaf))) throw new NotInTree(ordinal);
  const proof = await inclusionProof(nodes, ordinal - 1, checkpoint.size);
  const lines = ['c2sp.org/tlog-proof@v1', `extra ${toBase64(leaf)}`, `index ${ordinal - 1}`, ...proof.map(toBase64)];
  return `${lines.join('\n')}\n\n${checkpoint.note}`;
};
