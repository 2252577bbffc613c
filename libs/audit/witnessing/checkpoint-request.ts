import { isHash, type Hash } from '../merkle/hashing';
import { consistencyProof } from '../merkle/proofs';
import { fromBase64, toBase64 } from '../notes/strict-base64';
import { nodesIn } from '../tiles/tile-reader';
import type { KeptCheckpoint, TreeStore } from '../tree-store.port';

/** What a log asks of a witness: the body of `add-checkpoint` (c2sp.org/tlog-witness). */
export interface CheckpointRequest {
  /** Events of the checkpoint that the witness signed last; 0: none. */
  readonly old: number;
  /** That the checkpoint continues that one. */
  readonly proof: readonly Hash[];
  readonly checkpoint: string;
}

/** A text is no such request. */
export class RequestRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RequestRefused';
  }
}

export const requestFor = async (
  { tile }: Pick<TreeStore, 'tile'>,
  { size, note }: KeptCheckpoint,
  old: number,
): Promise<CheckpointRequest> => ({
  old,
  proof: await consistencyProof(nodesIn(tile, size), old, size),
  checkpoint: note,
});

export const writeRequest = ({ old, proof, checkpoint }: CheckpointRequest): string =>
  `${[`old ${old}`, ...proof.map(toBase64)].join('\n')}\n\n${checkpoint}`;

const MOST_HASHES = 63;
const OLD = /^old (0|[1-9]\d{0,15})$/;

/** @throws RequestRefused */
export const readRequest = (body: string): CheckpointRequest => {
  const end = body.indexOf('\n\n');
  const [first = '', ...lines] = body.slice(0, Math.max(end, 0)).split('\n');
  const [, old] = OLD.exec(first) ?? [];
  const proof = lines.map(fromBase64);
  if (old === undefined || !Number.isSafeInteger(Number(old)))
    throw new RequestRefused('A request begins with “old” and the size of the checkpoint before.');
  if (proof.length > MOST_HASHES || !proof.every((hash) => hash !== null && isHash(hash)))
    throw new RequestRefused('A request has hashes in base64, one a line and 63 at most, before its empty line.');
  return { old: Number(old), proof: proof.flatMap((hash) => hash ?? []), checkpoint: body.slice(end + 2) };
};
