import { fromBase64, hashIn, sha256, toHex, utf8, type Bytes } from './bytes';
import { isSignedBy } from './ed25519';
import { Refused } from './finding';

/** Whose signature is looked for: of a log, or of a witness (c2sp.org/signed-note, c2sp.org/tlog-cosignature). */
export interface VerifierKey {
  readonly text: string;
  readonly kind: 'log' | 'witness';
  readonly name: string;
  /** In hex: tells keys apart, and proves nothing. */
  readonly id: string;
  readonly publicKey: Bytes;
}

const KINDS: Readonly<Record<number, VerifierKey['kind']>> = { 0x01: 'log', 0x04: 'witness' };
const KEY = /^([^\s+\p{C}]+)\+([0-9a-f]{8})\+(.+)$/u;
const KEY_BYTES = 33;
const ID_BYTES = 4;

/** Null where the line is no verifier key, or its id is not that of its name and key. */
export const readKey = async (text: string): Promise<VerifierKey | null> => {
  const [, name = '', told, encoded = ''] = KEY.exec(text) ?? [];
  const bytes = fromBase64(encoded);
  const kind = bytes?.length === KEY_BYTES ? KINDS[bytes[0]!] : undefined;
  if (bytes === null || kind === undefined) return null;
  const id = toHex((await sha256(utf8(`${name}\n`), bytes)).slice(0, ID_BYTES));
  return id === told ? { text, kind, name, id, publicKey: bytes.slice(1) } : null;
};

interface Signature {
  readonly name: string;
  readonly id: string;
  readonly bytes: Bytes;
}

const LINE = /^— ([^\s+]+) (\S+)$/u;
const NOT_ALLOWED = /(?!\n)[\u0000-\u001f\p{Surrogate}]/u;
const MOST_SIGNATURES = 100;

const signatureIn = (line: string): Signature => {
  const [, name = '', encoded = ''] = LINE.exec(line) ?? [];
  const bytes = fromBase64(encoded);
  if (name === '' || bytes === null || bytes.length <= ID_BYTES) throw new Refused('checkpoint', 'no-note');
  return { name, id: toHex(bytes.slice(0, ID_BYTES)), bytes: bytes.slice(ID_BYTES) };
};

/** A witness's time, in seconds since 1970, stands before its signature. */
const TIME_BYTES = 8;

const isRight = (key: VerifierKey, text: string, { bytes }: Signature): Promise<boolean> => {
  if (key.kind === 'log') return isSignedBy(key.publicKey, utf8(text), bytes);
  if (bytes.length <= TIME_BYTES) return Promise.resolve(false);
  const seconds = new DataView(bytes.buffer).getBigUint64(0);
  return isSignedBy(key.publicKey, utf8(`cosignature/v1\ntime ${seconds}\n${text}`), bytes.slice(TIME_BYTES));
};

/** What a checkpoint tells of a log: that it had so many events, under this root. */
export interface TreeHead {
  readonly size: number;
  readonly root: Bytes;
}

const SIZE = /^(0|[1-9]\d{0,15})$/;

const headIn = (text: string, origin: string): TreeHead => {
  const [name, size = '', encoded = '', ...others] = text.slice(0, -1).split('\n');
  const root = hashIn(encoded);
  if (!name || !SIZE.test(size) || !Number.isSafeInteger(Number(size)) || root === null || others.includes(''))
    throw new Refused('checkpoint', 'no-note');
  if (name !== origin) throw new Refused('checkpoint', 'other-name');
  return { size: Number(size), root };
};

/** A checkpoint that the log and each of the witnesses signed: signatures of others are passed over. @throws Refused */
export const openCheckpoint = async (whole: string, log: VerifierKey, witnesses: readonly VerifierKey[]): Promise<TreeHead> => {
  const end = whole.lastIndexOf('\n\n');
  if (end === -1 || !whole.endsWith('\n') || NOT_ALLOWED.test(whole)) throw new Refused('checkpoint', 'no-note');
  const [text, lines] = [whole.slice(0, end + 1), whole.slice(end + 2, -1).split('\n')];
  if (lines.length > MOST_SIGNATURES) throw new Refused('checkpoint', 'no-note');
  const signatures = lines.map(signatureIn);
  const head = headIn(text, log.name);
  const ofKey = (key: VerifierKey) => signatures.filter(({ name, id }) => name === key.name && id === key.id);
  for (const key of [log, ...witnesses])
    for (const each of ofKey(key)) if (!(await isRight(key, text, each))) throw new Refused('checkpoint', 'wrong-signature');
  if (ofKey(log).length === 0) throw new Refused('checkpoint', 'not-signed');
  if (witnesses.some((key) => ofKey(key).length === 0)) throw new Refused('witnesses', 'witness-silent');
  return head;
};
