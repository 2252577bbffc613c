import { createHash } from 'node:crypto';
import { dumpLine, type DumpedRow } from '../fold/in-memory-fold';
import type { LogPosition } from '../as-of/log-position';

/**
 * What a read model is at a place in the log. Equal on every machine whose log begins with the same events: no position, no log's
 * id and no clock is in it.
 */
export interface Certificate {
  readonly name: string;
  readonly version: number;
  /** The last event that counts; null before the first. */
  readonly event: string | null;
  /** How many events there are up to it, of any kind. */
  readonly ordinal: number;
  readonly rows: number;
  /** Events that are set aside, and so are in none of the rows. */
  readonly parked: number;
  /** SHA-256 in hex over the rows in the order of their keys, each with the ids of the events it rests on. */
  readonly hash: string;
}

const FRAMING = 'savoirs certificate 1\n';

/** Takes rows in the order of their keys' bytes. No line of a dump holds a line's end: none can take from its neighbour. */
export const sealing = (model: {
  readonly name: string;
  readonly version: number;
}): {
  readonly take: (row: DumpedRow) => void;
  readonly seal: (at: Pick<LogPosition, 'eventId' | 'ordinal'>, parked: number) => Certificate;
} => {
  const { name, version } = model;
  const hash = createHash('sha256').update(FRAMING);
  let rows = 0;
  return {
    take: (row) => {
      hash.update(`${dumpLine({ name, version }, row)}\n`);
      rows += 1;
    },
    seal: ({ eventId, ordinal }, parked) => ({ name, version, event: eventId, ordinal, rows, parked, hash: hash.digest('hex') }),
  };
};

/** The one line to compare, read aloud, or keep. */
export const certificateLine = ({ name, version, event, ordinal, parked, hash }: Certificate): string => {
  const at = event === null ? 'at the start of the log' : `at event ${event} (number ${ordinal} of the log)`;
  const without = parked === 0 ? '' : `, without ${parked} parked ${parked === 1 ? 'event' : 'events'},`;
  return `read model ${name}, version ${version}, ${at}${without === '' ? ',' : without} hashes to ${hash}`;
};
