import { START, type EventLog, type Position, type StoredEvent } from '#event-store/log.port';
import type { Instant } from '#kernel/id';

/** One place in a log, told so that a copy of the log has the same: by its event, and by how many there are up to it. */
export interface LogPosition {
  /** Of this log alone. */
  readonly position: Position;
  /** Null before the first event. */
  readonly eventId: string | null;
  /** Events up to and with this one. */
  readonly ordinal: number;
  readonly recordedAt: Instant | null;
}

/** A place, and the latest recordedAt up to it: clocks differ, so that it may be another event's. */
export interface Mark extends LogPosition {
  readonly latest: Instant | null;
}

export const BEGINNING: Mark = { position: START, eventId: null, ordinal: 0, recordedAt: null, latest: null };

/**
 * Up to which event: the last at or before a position; the one of this id; the last of the longest prefix in which everything was
 * recorded by a date; the last there is.
 */
export type Until = { readonly position: Position } | { readonly eventId: string } | { readonly date: Instant } | 'head';

export interface Seeking {
  readonly log: Pick<EventLog, 'readAll' | 'head'>;
  readonly until: Until;
  /** Where to begin: a mark at or before what is sought. */
  readonly from?: Mark;
  readonly signal?: AbortSignal;
  /** After each event. */
  readonly onEvent?: (mark: Mark) => void;
}

/** The log holds no event of this id. */
export class NoSuchEvent extends Error {
  constructor() {
    super('there is no event of this id in the log');
    this.name = 'NoSuchEvent';
  }
}

export const recordedAtOf = ({ meta }: Pick<StoredEvent, 'meta'>): Instant => (JSON.parse(meta) as { recordedAt: Instant }).recordedAt;

const after = (mark: Mark, { position, eventId, meta }: StoredEvent): Mark => {
  const recordedAt = recordedAtOf({ meta });
  const latest = mark.latest === null || recordedAt > mark.latest ? recordedAt : mark.latest;
  return { position, eventId, ordinal: mark.ordinal + 1, recordedAt, latest };
};

const isBeyond = ({ position, recordedAt }: Mark, until: Until): boolean => {
  if (until === 'head' || 'eventId' in until) return false;
  return 'position' in until ? position > until.position : recordedAt! > until.date;
};

/** Reads the log without decoding an event. @throws NoSuchEvent; where `signal` aborts, its reason */
export const findLogPosition = async ({ log, until, from = BEGINNING, signal, onEvent }: Seeking): Promise<Mark> => {
  const head = await log.head();
  let mark = from;
  for await (const stored of log.readAll({ after: from.position })) {
    signal?.throwIfAborted();
    if (stored.position > head) break;
    const next = after(mark, stored);
    if (isBeyond(next, until)) break;
    mark = next;
    onEvent?.(mark);
    if (typeof until === 'object' && 'eventId' in until && mark.eventId === until.eventId) return mark;
  }
  if (typeof until === 'object' && 'eventId' in until) throw new NoSuchEvent();
  return mark;
};
