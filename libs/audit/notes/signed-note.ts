import { isSignedBy, signWith, type SigningKey, type VerifierKey } from './note-key';
import { fromBase64, toBase64 } from './strict-base64';

export interface NoteSignature {
  readonly name: string;
  readonly id: Buffer;
  readonly signature: Buffer;
}

/** Text with signatures under it (c2sp.org/signed-note). */
export interface SignedNote {
  /** Ends with a line's end. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A text is no note, or a note is not what it should be. One sentence, without a part of the note. */
export class NoteRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoteRefused';
  }
}

/** As Go's reader has it; the specification asks for 16 at least. */
const MOST_SIGNATURES = 100;
const NOT_ALLOWED = /(?!\n)[\u0000-\u001f\p{Surrogate}]/u;
const LINE = /^— ([^\s+]+) (\S+)$/u;
const ID_BYTES = 4;

const signatureIn = (line: string): NoteSignature => {
  const [, name = '', encoded = ''] = LINE.exec(line) ?? [];
  const bytes = fromBase64(encoded);
  if (name === '' || bytes === null || bytes.length <= ID_BYTES) throw new NoteRefused('a line under the note is no signature');
  return { name, id: bytes.subarray(0, ID_BYTES), signature: bytes.subarray(ID_BYTES) };
};

/** Reads it, and trusts none of it. @throws NoteRefused */
export const readNote = (whole: string): SignedNote => {
  const end = whole.lastIndexOf('\n\n');
  if (end === -1 || !whole.endsWith('\n')) throw new NoteRefused('a note is a text, an empty line, and lines of signatures');
  if (NOT_ALLOWED.test(whole)) throw new NoteRefused('a note holds a character that is not allowed in one');
  const lines = whole.slice(end + 2, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) throw new NoteRefused(`a note has more than ${MOST_SIGNATURES} signatures`);
  return { text: whole.slice(0, end + 1), signatures: lines.map(signatureIn) };
};

const lineOf = ({ name, id, signature }: NoteSignature): string => `— ${name} ${toBase64(Buffer.concat([id, signature]))}\n`;

/** The lines that stand under a note's text. */
export const signatureLines = (signatures: readonly NoteSignature[]): string => signatures.map(lineOf).join('');

/** The same text that `readNote` read. */
export const writeNote = ({ text, signatures }: SignedNote): string => `${text}\n${signatureLines(signatures)}`;

/** The seconds since 1970 at which a witness signed stand before its signature (c2sp.org/tlog-cosignature). */
const TIME_BYTES = 8;

const cosigned = (text: string, seconds: bigint): Buffer => Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);

/** A signature of the kind that the key makes. `at`: of a witness, in milliseconds since 1970. */
export const signNote = (key: SigningKey, text: string, at: number): NoteSignature => {
  const { name, id } = key;
  if (key.type === 'ed25519') return { name, id, signature: signWith(key, Buffer.from(text)) };
  const time = Buffer.alloc(TIME_BYTES);
  const seconds = BigInt(Math.floor(at / 1000));
  time.writeBigUInt64BE(seconds);
  return { name, id, signature: Buffer.concat([time, signWith(key, cosigned(text, seconds))]) };
};

/** Since when a witness knows it, as it says. */
export const cosignedAt = ({ signature }: NoteSignature): Date => new Date(Number(signature.readBigUInt64BE()) * 1000);

const isOf = (key: VerifierKey, text: string, { signature }: NoteSignature): boolean => {
  if (key.type === 'ed25519') return isSignedBy(key, Buffer.from(text), signature);
  if (signature.length <= TIME_BYTES) return false;
  return isSignedBy(key, cosigned(text, signature.readBigUInt64BE()), signature.subarray(TIME_BYTES));
};

/**
 * Which of these keys signed the note: signatures by others are passed over, as the specification says.
 * @throws NoteRefused where one that claims to be of a given key is not
 */
export const signersOf = ({ text, signatures }: SignedNote, keys: readonly VerifierKey[]): readonly VerifierKey[] =>
  keys.filter((key) => {
    const claimed = signatures.filter(({ name, id }) => name === key.name && id.equals(key.id));
    if (!claimed.every((each) => isOf(key, text, each)))
      throw new NoteRefused(`a signature that names ${key.name} was not made with its key`);
    return claimed.length > 0;
  });
