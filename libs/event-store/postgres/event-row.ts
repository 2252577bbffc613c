import type { EventId, StreamName } from '#kernel/id';
import type { StoredEvent } from '../log.port';
import { toPosition } from '../position';

export type EventRow = readonly [
  position: string,
  stream: string,
  revision: number,
  eventId: string,
  type: string,
  version: number,
  meta: string,
  data: string,
];

export const COLUMNS = 'position, stream, revision, event_id, type, version, meta, data';

export const toEvent = ([position, stream, revision, eventId, type, version, meta, data]: EventRow): StoredEvent => ({
  position: toPosition(position),
  stream: stream as StreamName,
  revision,
  eventId: eventId as EventId,
  type,
  version,
  meta,
  data,
});
