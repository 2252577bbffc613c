import { createHash } from 'node:crypto';
import { canonicalJson } from '#kernel/canonical-json';
import type { Instant } from '#kernel/id';
import type { LedgerSigner } from './ledger-signature';

/** Whose keys went: a member's, or everybody's of a stream. Opaque ids alone. */
export interface ErasedKeys {
  readonly network: string;
  readonly member: string | null;
  readonly stream: string | null;
}

export interface LedgerEntry extends ErasedKeys {
  readonly at: Instant;
}

/** A ledger's text, checked. */
export interface CheckedLedger {
  readonly entries: readonly LedgerEntry[];
  /** SHA-256 of the last whole line: what the next one names. */
  readonly lastHash: string;
  /** Bytes of whole lines; what comes after was cut off while it was being written, and confirmed to nobody. */
  readonly wholeBytes: number;
}

/** From which line on a text is no ledger of ours, and whether it is one of another installation. */
export class BrokenLedger extends Error {
  constructor(
    readonly line: number,
    readonly isOfAnother: boolean = false,
  ) {
    super(`line ${line} of an erasure ledger does not hold`);
    this.name = 'BrokenLedger';
  }
}

const FORMAT = 1;

type LineFields = Readonly<Record<string, string | number | null>>;

const hashOf = (line: string): string => createHash('sha256').update(line).digest('hex');

const signed = (fields: LineFields, signer: LedgerSigner): string =>
  canonicalJson({ ...fields, signature: signer.sign(canonicalJson(fields)) });

/** Each line is canonical JSON that names the line before it by its hash, under a signature of its own. */
export const firstLine = (signer: LedgerSigner): string =>
  signed({ savoirs: 'erasure-ledger', format: FORMAT, installation: signer.installation }, signer);

export const nextLine = (previous: string, { at, network, member, stream }: LedgerEntry, signer: LedgerSigner): string =>
  signed({ at, network, member, stream, previous }, signer);

const parsed = (text: string): LineFields | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as LineFields) : null;
  } catch {
    return null;
  }
};

/** The fields of a line that holds: written as we write, and signed by us. */
const opened = (text: string, number: number, signer: LedgerSigner): LineFields => {
  const { signature, ...fields } = parsed(text) ?? {};
  if (fields['installation'] !== undefined && fields['installation'] !== signer.installation) throw new BrokenLedger(number, true);
  if (typeof signature !== 'string' || canonicalJson({ ...fields, signature }) !== text) throw new BrokenLedger(number);
  if (!signer.verify(canonicalJson(fields), signature)) throw new BrokenLedger(number);
  return fields;
};

/** @throws BrokenLedger naming the first line that does not hold */
export const checkLedger = (text: string, signer: LedgerSigner): CheckedLedger => {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const [head = '', ...lines] = whole.split('\n').slice(0, -1);
  const { savoirs, format } = opened(head, 1, signer);
  if (savoirs !== 'erasure-ledger' || format !== FORMAT) throw new BrokenLedger(1);
  let last = head;
  const entries = lines.map((line, index) => {
    // The signature says that we wrote it, as an entry.
    const { previous, ...entry } = opened(line, index + 2, signer) as unknown as LedgerEntry & { readonly previous: string };
    if (previous !== hashOf(last)) throw new BrokenLedger(index + 2);
    last = line;
    return entry;
  });
  return { entries, lastHash: hashOf(last), wholeBytes: Buffer.byteLength(whole) };
};

export const isLedgerText = (text: string): boolean => parsed(text.split('\n', 1)[0] ?? '')?.['savoirs'] === 'erasure-ledger';

/** The lines that come next, whole. */
export const linesAfter = (lastHash: string, entries: readonly LedgerEntry[], signer: LedgerSigner): string => {
  let previous = lastHash;
  return entries
    .map((entry) => {
      const line = nextLine(previous, entry, signer);
      previous = hashOf(line);
      return `${line}\n`;
    })
    .join('');
};
