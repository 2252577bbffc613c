import { createHash } from 'node:crypto';
import { START, type EventLog, type StoredEvent } from '../log.port';
import { sameEvent } from './same-event';
import { shareOfWay } from './share';

/** What a log holds, in its order, as one number: two logs with the same proof hold the same events. */
export interface LogProof {
  readonly events: number;
  /** SHA-256, in hex. */
  readonly hash: string;
}

export interface Proofs {
  readonly source: LogProof;
  readonly target: LogProof;
  /** Number of the first event, from 1, that is not the same in both; null where there is none. */
  readonly firstDifference: number | null;
}

const FRAMING = 'savoirs log proof 1\n';

/**
 * Stream, revision, id, type, version, meta, data: each as UTF-8 after its length in four bytes, so that no character can move from one
 * field or event to its neighbour. Positions are left out: they are each log's own.
 */
const framed = ({ stream, revision, eventId, type, version, meta, data }: StoredEvent): Buffer => {
  const fields = [stream, String(revision), eventId, type, String(version), meta, data];
  const lengths = fields.map((field) => Buffer.byteLength(field));
  const frame = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + length, 0));
  let at = 0;
  fields.forEach((field, index) => {
    at = frame.writeUInt32BE(lengths[index] as number, at);
    at += frame.write(field, at, 'utf8');
  });
  return frame;
};

/** Takes events in order. */
const proving = (): { readonly take: (event: StoredEvent) => void; readonly proof: () => LogProof } => {
  const hash = createHash('sha256').update(FRAMING);
  let events = 0;
  return {
    take: (event) => {
      hash.update(framed(event));
      events += 1;
    },
    proof: () => ({ events, hash: hash.digest('hex') }),
  };
};

export interface ProveParts {
  readonly source: EventLog;
  readonly target: EventLog;
  readonly signal: AbortSignal;
  /** After each event of the source; `share` from 0 to 1. */
  readonly onProgress?: (progress: { readonly events: number; readonly share: number }) => void;
}

/**
 * Reads both logs whole, side by side. The proofs say whether they are equal; where they are not, the first difference says where to look.
 * @throws LogUnavailable; where `signal` aborts, its reason
 */
export const proveBoth = async ({ source, target, signal, onProgress = () => undefined }: ProveParts): Promise<Proofs> => {
  const [left, right] = [proving(), proving()];
  const [one, other] = [source, target].map((log) => log.readAll({ after: START })[Symbol.asyncIterator]()) as [
    StreamIterator,
    StreamIterator,
  ];
  const head = await source.head();
  let firstDifference: number | null = null;
  try {
    for (let number = 1; ; number += 1) {
      signal.throwIfAborted();
      const [here, there] = await Promise.all([one.next(), other.next()]);
      if (here.done === true && there.done === true) break;
      if (here.done !== true) {
        left.take(here.value);
        onProgress({ events: number, share: shareOfWay(START, here.value.position, head) });
      }
      if (there.done !== true) right.take(there.value);
      if (firstDifference === null && (here.done === true || there.done === true || !sameEvent(here.value, there.value)))
        firstDifference = number;
    }
  } finally {
    await Promise.all([one.return?.(), other.return?.()]);
  }
  return { source: left.proof(), target: right.proof(), firstDifference };
};

type StreamIterator = AsyncIterator<StoredEvent, undefined>;

export const provesEqual = ({ source, target }: Proofs): boolean => source.events === target.events && source.hash === target.hash;
