import type { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { EventId, StreamName } from '#kernel/id';
import { canonicalJson } from '#kernel/canonical-json';
import type { Position, StoredEvent } from '../../log.port';
import { ownMetadata, type OwnMetadata } from './event-shape';

/**
 * An event of this log as it came, without the client's conversion, which parses every text that would then be written anew.
 * @returns what `fromServer` makes of the client's event
 */
export const fromWire = (sent: ReadResp.ReadEvent.RecordedEvent, position: Position): StoredEvent | undefined => {
  const own = ownOf(utf8(sent.getCustomMetadata_asU8()));
  if (own === undefined) return undefined;
  const data = utf8(sent.getData_asU8());
  return {
    position,
    stream: utf8(sent.getStreamIdentifier()?.getStreamName_asU8()) as StreamName,
    revision: Number(sent.getStreamRevision()),
    eventId: (sent.getId()?.getString() ?? '') as EventId,
    type: sent.getMetadataMap().get('type') ?? '',
    version: own.version,
    meta: own.meta,
    data: own.canonical ? canonicalJson(JSON.parse(data)) : data,
  };
};

/** What the adapter adds to an event's own metadata, behind it. */
const ADDED = /(?:,"\$correlationId":"[^"\\]*")?(?:,"\$causationId":"[^"\\]*")?,?"\$schemaVersion":(\d+)(,"\$canonical":true)?\}$/;

/** Cut out of the text; parsed where more of ours is in it. */
const ownOf = (text: string): OwnMetadata | undefined => {
  const added = ADDED.exec(text);
  if (added === null) return parsed(text);
  const own = text.slice(0, added.index);
  if (!own.startsWith('{') || own.includes('"$')) return parsed(text);
  return { version: Number(added[1]), meta: `${own}}`, canonical: added[2] !== undefined };
};

const parsed = (text: string): OwnMetadata | undefined => {
  try {
    return ownMetadata(JSON.parse(text));
  } catch {
    return undefined;
  }
};

const utf8 = (bytes: Uint8Array | undefined): string =>
  bytes === undefined ? '' : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
