import type { EventId, Instant, StreamName } from '#kernel/id';
import type { EventMeta, Recorded } from '#kernel/message';
import type { SavoirsEvent } from '#domain/catalogue';
import type { EventToAppend, StoredEvent } from './log.port';

/** A decided event with the metadata that run-decider gave it. */
export interface DecidedEvent {
  readonly event: SavoirsEvent;
  readonly meta: EventMeta;
}

export type RecordedEvent = Recorded<SavoirsEvent>;

/** The one path between events and their stored text, for every reader and writer. */
export interface Codec {
  /**
   * Checks the schema, encrypts personal fields (R19), writes canonical JSON. A personal field that holds a reference already
   * (an offer published from its draft or from the enrolment, an exchange opened from its agreement) is stored as that reference:
   * the text stays where its author wrote it, under its one key, and `decode` gives the same reference again. @throws where the event does not fit its schema */
  encode(decided: DecidedEvent): Promise<EventToAppend>;
  /** Upcasts and checks; personal fields become references. Needs no key. @throws CodecFault naming the event id, type and field */
  decode(stored: StoredEvent): RecordedEvent;
  /** As `decode`, with personal fields in clear, or the word of `ERASED` where the member's data is erased. @throws MissingKey */
  reveal(stored: StoredEvent): Promise<RecordedEvent>;
  /** Each personal field of one event, for `personal_text`; erased ones are left out. */
  personalTexts(stored: StoredEvent): Promise<readonly PersonalText[]>;
}

export interface PersonalText {
  /** `<event id>#<JSON pointer>`, as in `PersonalRef`. */
  readonly ref: string;
  readonly eventId: EventId;
  readonly path: string;
  readonly network: string;
  readonly owner: string;
  readonly stream: StreamName;
  readonly type: string;
  readonly text: string;
  readonly recordedAt: Instant;
}

/** What a personal field reads as, revealed, after its author's erasure. */
export const ERASED = 'erased';

/** One event does not fit its schema, or was altered. Says where, never what: a value could be personal. */
export class CodecFault extends Error {
  constructor(
    /** `path`: JSON pointer into `data`, or `meta` and a pointer into that. */
    readonly where: { readonly eventId: string; readonly type: string; readonly version: number; readonly path: string },
    readonly why: string,
  ) {
    super(`event ${where.eventId} (${where.type} v${where.version}) at ${where.path === '' ? '/' : where.path}: ${why}`);
    this.name = 'CodecFault';
  }
}
