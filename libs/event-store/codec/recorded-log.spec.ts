import { eventTypes } from '#testing/event-examples';
import { createCodec } from './codec';
import { recordedKeyring, recordedKeys, recordedLog, revealedLog } from './fixtures/recorded-log';
import { eventSchemas } from './schemas';

const log = recordedLog();
const revealed = revealedLog();
const codec = createCodec(
  recordedKeyring(recordedKeys(), () => {
    throw new Error('reading makes no key');
  }),
);

const clear = (data: unknown): string => JSON.stringify(data).replace(/\{"ref":"[^"]+"\}/g, '"*"');

describe('the recorded log', () => {
  it('holds every event type in every version (node --conditions=source -r ./test/setup/run-sources.js libs/event-store/codec/fixtures/record.fixture.ts)', () => {
    const wanted = eventTypes.flatMap((type) => Array.from({ length: eventSchemas[type].version }, (_, index) => `${type} v${index + 1}`));
    expect(log.map(({ type, version }) => `${type} v${version}`).sort()).toEqual(wanted.sort());
    expect(revealed).toHaveLength(log.length);
  });

  it.each(log.map((stored, index) => [stored.type, stored.version, stored, revealed[index]] as const))(
    'still reads as it did: %s v%i',
    async (_type, _version, stored, expected) => {
      expect(await codec.reveal(stored)).toEqual(expected);
      const texts = (await codec.personalTexts(stored)).map(({ text }) => text);
      const read = codec.decode(stored);
      expect(read.meta).toEqual(expected?.meta);
      for (const text of texts) expect(JSON.stringify(read)).not.toContain(JSON.stringify(text));
      expect(clear(read.data).match(/"\*"/g)?.length ?? 0).toBe(texts.length);
    },
  );
});
