import type { SavoirsEvent } from '#domain/catalogue';
import type { Role } from '#domain/vocabulary';
import type { RecordedEvent } from '#event-store/codec.port';
import type { EventId, Instant, PastOrNow } from '#kernel/id';
import { asOfOrNow } from '#kernel/instant';
import type { DataOf } from '#kernel/message';
import { eventExamples, exampleMeta, exampleUuid } from '../event-examples';
import { person } from '../people';

export interface When {
  /** Day (`2026-03-01`, at noon UTC) or instant. */
  readonly on: string;
  /** Where it was recorded later. */
  readonly recorded?: string;
  readonly by?: string;
  readonly as?: Role;
}

export const instant = (text: string): Instant => (text.length === 10 ? `${text}T12:00:00.000Z` : text) as Instant;

/** As of when a test asks. */
export const asOf = (text: string): PastOrNow => asOfOrNow(undefined, instant(text));

/** Tells recorded events one by one for folds: `told('ExchangeHeld', { … }, { on: '2026-03-01' })`; what is left out is as in the examples. */
export const storyteller = () => {
  const events: RecordedEvent[] = [];
  const told = <Type extends SavoirsEvent['type']>(type: Type, data: Partial<DataOf<SavoirsEvent, Type>>, when: When): EventId => {
    const eventId = exampleUuid(events.length + 1) as EventId;
    const occurredAt = instant(when.on);
    const recordedAt = instant(when.recorded ?? when.on);
    const actor = { id: person(when.by ?? 'system'), role: when.as ?? (when.by === undefined ? 'system' : 'member') };
    const meta = exampleMeta(events.length + 1, { eventId, occurredAt, recordedAt, actor });
    // The union cannot be narrowed by a type parameter; the signature ties type and data together.
    events.push({ type, data: { ...eventExamples[type], ...data }, meta } as RecordedEvent);
    return eventId;
  };
  return { told, events: events as readonly RecordedEvent[] };
};
