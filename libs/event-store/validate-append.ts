import type { StreamName } from '#kernel/id';
import { LIMITS, type AppendResult, type EventToAppend, type ExpectedRevision } from './log.port';

type TooLarge = Extract<AppendResult, { outcome: 'too-large' }>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** A high or low surrogate alone, which UTF-8 cannot hold, or U+0000, which PostgreSQL cannot: canonical JSON escapes both. */
const UNSTORABLE = /[\u0000\p{Surrogate}]/u;
const NAME_BYTES = 512;

/**
 * What every adapter asks before its store sees an append, so that a store never refuses, cuts or changes a text.
 * @returns what is too large, in bytes of UTF-8, or the append's size
 * @throws RangeError where the caller is wrong: no event, one id twice, an id that is no canonical UUID, a text no store can hold
 */
export const validateAppend = (
  stream: StreamName,
  expected: ExpectedRevision,
  events: readonly EventToAppend[],
): TooLarge | { readonly bytes: number } => {
  if (events.length === 0) throw new RangeError('an append needs at least one event');
  if (typeof expected === 'number' && !(Number.isSafeInteger(expected) && expected >= 0)) throw new RangeError('not a revision');
  if (events.length > 1 && new Set(events.map(({ eventId }) => eventId)).size < events.length) throw new RangeError('one event id twice');
  checkName(stream);
  let bytes = 0;
  for (const event of events) {
    checkEvent(event);
    const size = textBytes(event);
    if (size > LIMITS.eventBytes) return { outcome: 'too-large', what: 'event', bytes: size, limit: LIMITS.eventBytes };
    bytes += size;
  }
  const limit = textsAllowed(events);
  return bytes > limit ? { outcome: 'too-large', what: 'append', bytes, limit: Math.max(limit, 0) } : { bytes };
};

/** Of UTF-8, `meta` and `data` together. */
export const textBytes = ({ meta, data }: EventToAppend): number => Buffer.byteLength(meta) + Buffer.byteLength(data);

/** How many bytes the texts of these events may have together, whichever store counts what beside them. */
export const textsAllowed = (events: readonly Pick<EventToAppend, 'type'>[]): number =>
  events.reduce((left, { type }) => left - LIMITS.besideBytes - 2 * type.length, LIMITS.appendBytes);

const checkEvent = ({ eventId, type, version, meta, data }: EventToAppend): void => {
  if (!UUID.test(eventId)) throw new RangeError('an event id is a canonical lower-case UUID');
  if (!(Number.isInteger(version) && version >= 0 && version < 2 ** 31)) throw new RangeError('not a version');
  checkName(type);
  if (UNSTORABLE.test(meta) || UNSTORABLE.test(data)) throw new RangeError('U+0000 or half a surrogate pair in a text');
};

const checkName = (name: string): void => {
  if (name === '' || UNSTORABLE.test(name) || Buffer.byteLength(name) > NAME_BYTES) throw new RangeError('not a name a log can hold');
};
