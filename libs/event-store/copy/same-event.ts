import type { StoredEvent } from '../log.port';

/** Everything of an event but its position, which is its log's own. */
export const sameEvent = (one: StoredEvent, other: StoredEvent): boolean =>
  one.eventId === other.eventId &&
  one.stream === other.stream &&
  one.revision === other.revision &&
  one.type === other.type &&
  one.version === other.version &&
  one.meta === other.meta &&
  one.data === other.data;
