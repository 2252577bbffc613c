import { verifyConsistency } from '../merkle/verify';
import { openCheckpoint, type OpenedCheckpoint } from '../notes/checkpoint';
import type { SigningKey, VerifierKey } from '../notes/note-key';
import { signNote, type NoteSignature } from '../notes/signed-note';
import type { CheckpointRequest } from './checkpoint-request';

/** The checkpoint does not continue what the witness signed: not signed. */
export class WitnessRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WitnessRefused';
  }
}

export interface WitnessParts {
  /** Of the log that is witnessed. */
  readonly log: VerifierKey;
  /** Makes cosignatures. */
  readonly key: SigningKey;
  /** The checkpoint of this log that was signed last; null: none. */
  readonly last: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Empty, where nothing was signed yet: every tree continues that. */
const refuseFork = (last: OpenedCheckpoint | null, head: OpenedCheckpoint, { old, proof }: CheckpointRequest): void => {
  const signed = last?.size ?? 0;
  if (old !== signed)
    throw new WitnessRefused(`The witness signed ${signed} events last, and the request begins at ${old}: make it from ${signed}.`);
  if (head.size < signed)
    throw new WitnessRefused(`The witness signed ${signed} events already, and this checkpoint has ${head.size}: it is an older one.`);
  const continues = last === null ? proof.length === 0 : verifyConsistency(last, head, proof);
  if (!continues)
    throw new WitnessRefused(
      `This checkpoint does not continue the one of ${signed} events that the witness signed: keep both, they prove that the log has two histories.`,
    );
};

/**
 * Signs a checkpoint that the log signed, and that continues the last one (c2sp.org/tlog-witness). The caller keeps the checkpoint before it
 * hands the signature out.
 * @throws WitnessRefused, NoteRefused
 */
export const witnessed = ({ log, key, last, now }: WitnessParts, request: CheckpointRequest): NoteSignature => {
  const head = openCheckpoint(request.checkpoint, log);
  refuseFork(last === null ? null : openCheckpoint(last, log), head, request);
  return signNote(key, head.note.text, now);
};
