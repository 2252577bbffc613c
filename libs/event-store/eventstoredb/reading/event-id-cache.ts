import type { EventId, StreamName } from '#kernel/id';
import { BEFORE_FIRST } from '../../expectation';

export interface KnownStream {
  /** Every event up to this revision is known. */
  readonly through: number;
  readonly revisions: ReadonlyMap<EventId, number>;
}

interface Entry {
  through: number;
  readonly revisions: Map<EventId, number>;
}

const EVENTS = 100_000;
const NOTHING: KnownStream = { through: BEFORE_FIRST, revisions: new Map() };

/**
 * Which event ids lie in which streams, as far as this process read or wrote them. The server compares ids only with those right
 * after the expected revision: one that is stored further back it would store again. Streams only grow, so nothing here gets stale.
 */
export class EventIdCache {
  private readonly entries = new Map<StreamName, Entry>();
  private events = 0;

  get(stream: StreamName): KnownStream {
    return this.entries.get(stream) ?? NOTHING;
  }

  /** Takes what follows on what is known; anything else teaches nothing. */
  learn(stream: StreamName, revision: number, eventId: EventId): void {
    const entry = this.entries.get(stream) ?? { through: BEFORE_FIRST, revisions: new Map<EventId, number>() };
    if (revision !== entry.through + 1) return;
    entry.through = revision;
    if (!entry.revisions.has(eventId)) entry.revisions.set(eventId, revision);
    this.events += 1;
    this.entries.delete(stream);
    this.entries.set(stream, entry);
    if (this.events > EVENTS) this.forgetOldest(stream);
  }

  private forgetOldest(but: StreamName): void {
    for (const [stream, { through }] of this.entries) {
      if (stream === but || this.events <= EVENTS) return;
      this.events -= through + 1;
      this.entries.delete(stream);
    }
  }
}
