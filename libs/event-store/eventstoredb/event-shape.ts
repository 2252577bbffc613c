import { binaryEvent, jsonEvent, type EventData, type RecordedEvent } from '@eventstore/db-client';
import type { EventId, StreamName } from '#kernel/id';
import { canonicalJson } from '#kernel/canonical-json';
import type { EventToAppend, StoredEvent } from '../log.port';
import { toPosition } from '../position';

type Json = Record<string, unknown>;

/**
 * Added to an event's own metadata, readable in the server's pages and projections. A text that is no canonical JSON object
 * (none of the codec's) is kept whole under `$meta`.
 */
const OURS = { version: '$schemaVersion', meta: '$meta', correlation: '$correlationId', causation: '$causationId' } as const;

/** The client writes JSON values anew and drops the bytes: only what canonical writing restores may go that way. */
export const toServer = ({ eventId, type, version, meta, data }: EventToAppend): EventData => {
  const metadata = toMetadata(meta, version);
  const value = canonicalValue(data);
  if (value === undefined) return binaryEvent({ id: eventId, type, data: Buffer.from(data, 'utf8'), metadata });
  return jsonEvent({ id: eventId, type, data: value.of as Json, metadata });
};

/** Nothing where another program wrote the event: without our metadata it is none of this log's. */
export const fromServer = (event: RecordedEvent): StoredEvent | undefined => {
  const { metadata, position } = event;
  if (typeof metadata !== 'object' || metadata === null || position === undefined) return undefined;
  const {
    [OURS.version]: version,
    [OURS.meta]: text,
    [OURS.correlation]: _correlation,
    [OURS.causation]: _causation,
    ...own
  } = metadata as Json;
  if (typeof version !== 'number') return undefined;
  return {
    position: toPosition(position.commit),
    stream: event.streamId as StreamName,
    revision: Number(event.revision),
    eventId: event.id as EventId,
    type: event.type,
    version,
    meta: typeof text === 'string' ? text : canonicalJson(own),
    data: event.isJson ? canonicalJson(event.data) : Buffer.from(event.data).toString('utf8'),
  };
};

const toMetadata = (meta: string, version: number): Json => {
  const own = canonicalValue(meta)?.of;
  const spread = isObject(own) && !Object.keys(own).some((key) => key.startsWith('$'));
  if (!spread) return { [OURS.version]: version, [OURS.meta]: meta };
  const { correlationId, causationId } = own;
  return {
    ...own,
    [OURS.version]: version,
    ...(typeof correlationId === 'string' && { [OURS.correlation]: correlationId }),
    ...(typeof causationId === 'string' && { [OURS.causation]: causationId }),
  };
};

const canonicalValue = (text: string): { readonly of: unknown } | undefined => {
  try {
    const of: unknown = JSON.parse(text);
    return canonicalJson(of) === text ? { of } : undefined;
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
