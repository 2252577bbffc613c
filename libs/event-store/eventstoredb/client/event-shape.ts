import { binaryEvent, jsonEvent, type EventData, type RecordedEvent } from '@eventstore/db-client';
import type { EventId, StreamName } from '#kernel/id';
import { canonicalJson } from '#kernel/canonical-json';
import type { EventToAppend, StoredEvent } from '../../log.port';
import { toPosition } from '../../position';

type Json = Record<string, unknown>;

/**
 * Added to an event's own metadata, readable in the server's pages and projections. A text that no way of writing JSON restores
 * (none of the codec's) is kept whole: `meta` under `$meta`, `data` as bytes.
 */
const OURS = {
  version: '$schemaVersion',
  meta: '$meta',
  canonical: '$canonical',
  correlation: '$correlationId',
  causation: '$causationId',
} as const;

/** The client parses JSON, drops its bytes and writes it anew: only a text that one of two ways of writing restores may go that way. */
export const toServer = ({ eventId, type, version, meta, data }: EventToAppend): EventData => {
  const json = jsonOf(data);
  const metadata = metadataOf(meta, { [OURS.version]: version, ...(json?.canonical === true && { [OURS.canonical]: true }) });
  if (json === undefined) return binaryEvent({ id: eventId, type, data: Buffer.from(data, 'utf8'), metadata });
  return jsonEvent({ id: eventId, type, data: json.of as Json, metadata });
};

/** What the server keeps and counts of an event besides its two texts, in bytes: our metadata, and two for each letter of the type. */
export const bytesBeside = (event: EventToAppend): number => {
  const { metadata } = toServer(event);
  return (metadata as Uint8Array).length - Buffer.byteLength(event.meta) + 2 * event.type.length;
};

/** Nothing where another program wrote the event: without our metadata it is none of this log's. */
export const fromServer = (event: RecordedEvent): StoredEvent | undefined => {
  const own = ownMetadata(event.metadata);
  if (own === undefined || event.position === undefined) return undefined;
  return {
    position: toPosition(event.position.commit),
    stream: event.streamId as StreamName,
    revision: Number(event.revision),
    eventId: event.id as EventId,
    type: event.type,
    version: own.version,
    meta: own.meta,
    data: event.isJson ? written(event.data, own.canonical) : Buffer.from(event.data).toString('utf8'),
  };
};

export interface OwnMetadata {
  readonly version: number;
  readonly meta: string;
  /** Of `data`. */
  readonly canonical: boolean;
}

export const ownMetadata = (metadata: unknown): OwnMetadata | undefined => {
  if (!isObject(metadata)) return undefined;
  const {
    [OURS.version]: version,
    [OURS.meta]: text,
    [OURS.canonical]: canonical,
    [OURS.correlation]: _correlation,
    [OURS.causation]: _causation,
    ...own
  } = metadata;
  if (typeof version !== 'number') return undefined;
  return { version, meta: typeof text === 'string' ? text : JSON.stringify(own), canonical: canonical === true };
};

const utf8 = new TextEncoder();

/** As bytes, which the client takes as they are: it would write an object once more, and as base64. */
const metadataOf = (meta: string, ours: Json): Uint8Array => {
  const json = jsonOf(meta);
  const own = json?.of;
  if (json?.canonical !== false || !isObject(own) || Object.keys(own).some((key) => key.startsWith('$'))) {
    return utf8.encode(JSON.stringify({ [OURS.meta]: meta, ...ours }));
  }
  const { correlationId, causationId } = own;
  const added = JSON.stringify({
    ...(typeof correlationId === 'string' && { [OURS.correlation]: correlationId }),
    ...(typeof causationId === 'string' && { [OURS.causation]: causationId }),
    ...ours,
  });
  return utf8.encode(meta === '{}' ? added : `${meta.slice(0, -1)},${added.slice(1)}`);
};

/** `canonical`: written in the canonical order, which differs from the parsed one where keys look like numbers. */
const jsonOf = (text: string): { readonly of: unknown; readonly canonical: boolean } | undefined => {
  try {
    const of: unknown = JSON.parse(text);
    for (const canonical of [false, true]) if (written(of, canonical) === text) return { of, canonical };
  } catch {
    // no JSON, or none that has a canonical form
  }
  return undefined;
};

const written = (value: unknown, canonical: boolean): string => (canonical ? canonicalJson(value) : JSON.stringify(value));

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
