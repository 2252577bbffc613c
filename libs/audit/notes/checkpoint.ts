import { isHash } from '../merkle/hashing';
import type { TreeHead } from '../merkle/verify';
import { fromBase64, toBase64 } from './strict-base64';
import { NoteRefused, readNote, signersOf, type SignedNote } from './signed-note';
import type { VerifierKey } from './note-key';

/** A log's tree at one size, told under the log's name (c2sp.org/tlog-checkpoint). */
export interface Checkpoint extends TreeHead {
  /** Names the log, for ever. */
  readonly origin: string;
}

/** The text that is signed. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${toBase64(root)}\n`;

const SIZE = /^(0|[1-9]\d{0,15})$/;

/** Lines beyond the third are allowed by the specification, and mean nothing to us. @throws NoteRefused */
export const readCheckpointText = (text: string): Checkpoint => {
  const [origin = '', size = '', encoded = '', ...others] = text.slice(0, -1).split('\n');
  const root = fromBase64(encoded);
  if (origin === '' || !SIZE.test(size) || !Number.isSafeInteger(Number(size)) || root === null || !isHash(root) || others.includes(''))
    throw new NoteRefused('a checkpoint is three lines: the log’s name, how many events, and a hash in base64');
  return { origin, size: Number(size), root };
};

export interface OpenedCheckpoint extends Checkpoint {
  readonly note: SignedNote;
  /** Those of the given keys that signed it, the log's first. */
  readonly signers: readonly VerifierKey[];
}

/**
 * A checkpoint that the log's key signed, and maybe witnesses.
 * @throws NoteRefused where it is none, the log's signature lacks, or one of a known key is wrong
 */
export const openCheckpoint = (whole: string, log: VerifierKey, witnesses: readonly VerifierKey[] = []): OpenedCheckpoint => {
  const note = readNote(whole);
  const checkpoint = readCheckpointText(note.text);
  if (checkpoint.origin !== log.name) throw new NoteRefused('the checkpoint is of a log of another name');
  const signers = signersOf(note, [log, ...witnesses]);
  if (signers[0] !== log) throw new NoteRefused('the log did not sign this checkpoint with the key that is given');
  return { ...checkpoint, note, signers };
};
