import type { EventId, StreamName } from '#kernel/id';
import fc from 'fast-check';
import { canonicalJson } from '#kernel/canonical-json';
import { contentHash, leafHashOf, leafOf, leafText, textHash, type LoggedEvent } from './leaf';
import { leafHash } from './merkle/hashing';

const event: LoggedEvent = {
  stream: 'exchange-1' as StreamName,
  revision: 2,
  eventId: '00000000-0000-4000-8000-000000000001' as EventId,
  type: 'HeldConfirmed',
  version: 1,
  meta: '{"actor":{"id":"a","role":"member"}}',
  data: '{"by":"é"}',
};

describe('a leaf', () => {
  it('is canonical JSON that holds the texts by one hash', () => {
    expect(leafOf(event, 7)).toBe(
      '{"content":"2e53af8233802aa53a4f7313588cf2da106f6acfc56cf037eedb276df0d53536","id":"00000000-0000-4000-8000-000000000001",' +
        '"leaf":1,"ordinal":7,"revision":2,"stream":"exchange-1","type":"HeldConfirmed","version":1}',
    );
  });

  it('is canonical JSON whatever its names are, and hashed the same as text and as bytes', () => {
    const [text, whole] = [fc.string({ unit: 'grapheme' }), fc.nat()];
    fc.assert(
      fc.property(text, text, text, text, text, whole, whole, whole, (stream, id, type, meta, data, revision, version, ordinal) => {
        const any = { stream: stream as StreamName, eventId: id as EventId, type, meta, data, revision, version };
        const content = contentHash(textHash(meta), textHash(data));
        expect(leafOf(any, ordinal)).toBe(canonicalJson({ content, id, leaf: 1, ordinal, revision, stream, type, version }));
        expect(leafHashOf(any, ordinal)).toEqual(leafHash(Buffer.from(leafText(any, ordinal, content))));
      }),
    );
  });

  it.each<[string, Partial<LoggedEvent>]>([
    ['stream', { stream: 'exchange-2' as StreamName }],
    ['revision', { revision: 3 }],
    ['id', { eventId: '00000000-0000-4000-8000-000000000002' as EventId }],
    ['type', { type: 'HeldConfirmed2' }],
    ['version', { version: 2 }],
    ['metadata', { meta: `${event.meta} ` }],
    ['text', { data: '{"by":"e"}' }],
    ['texts’ border', { meta: event.meta.slice(0, -1), data: `}${event.data}` }],
  ])('is another one where the event’s %s is', (_, change) => {
    expect(leafHashOf({ ...event, ...change }, 7)).not.toEqual(leafHashOf(event, 7));
  });

  it('is another one at another place of the log', () => {
    expect(leafHashOf(event, 8)).not.toEqual(leafHashOf(event, 7));
  });
});
