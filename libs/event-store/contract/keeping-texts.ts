import { randomUUID } from 'node:crypto';
import { LIMITS, START } from '../log.port';
import { aStream, anEvent, collected, type Subject } from './subject';

const TEXTS = {
  'an empty text': '',
  'spaces and key order': '{"b":1,  "a":2 }\n',
  'numbers as they were written': '[1.0,1e3,-0,12345678901234567890]',
  'doubled keys': '{"a":1,"a":2}',
  'accents, composed and decomposed': '"é e\u0301 ß ç œ"',
  'a surrogate pair': '"\u{1F600}\u{10FFFF}"',
  'line and paragraph separators': '"\u2028\u2029\u0085"',
  'a byte order mark and other invisible ones': '"\ufeff\u200b\ufffd\uffff"',
  'control characters raw': '"\u0001\u001f\u007f\t\r\n"',
  'an escaped NUL and half a pair escaped': '"\\u0000 \\ud800"',
  'quotes and backslashes': '"\\"\\\\ \' \'\' $$ {} {\\"a\\",NULL} %s $1"',
  'the word NULL': 'NULL',
} as const;

export const keepingTexts = (subject: Subject): void => {
  describe('texts', () => {
    it.each(Object.entries(TEXTS))('gives back %s byte for byte', async (_name, text) => {
      const { log } = subject();
      const stream = aStream();
      await Promise.allSettled([
        log.append(stream, 'none', [anEvent({ meta: text, data: '{}' }), anEvent({ meta: '{}', data: text })]),
        log.append(aStream(), 'none', [anEvent()]),
      ]);
      const [first, second] = await collected(log.readStream(stream));
      expect(Buffer.from(first?.meta ?? 'missing').equals(Buffer.from(text))).toBe(true);
      expect(Buffer.from(second?.data ?? 'missing').equals(Buffer.from(text))).toBe(true);
    });

    it('gives back names of streams and types in any script', async () => {
      const { log } = subject();
      const stream = `${aStream('échange')}\u{1F600} "x",{y}\\` as ReturnType<typeof aStream>;
      await log.append(stream, 'none', [anEvent({ type: 'Séance "Tenue"' })]);
      expect(await collected(log.readAll({ after: START, filter: { categories: ['échange'] } }))).toMatchObject([
        { stream, type: 'Séance "Tenue"' },
      ]);
    });
  });

  describe('limits, in bytes of UTF-8', () => {
    const sized = (bytes: number) => anEvent({ meta: '', data: 'é'.repeat(Math.floor(bytes / 2)) + 'x'.repeat(bytes % 2) });

    it('stores an event of exactly the limit and refuses one byte more, counting meta and data together', async () => {
      const { log } = subject();
      const stream = aStream();
      await expect(log.append(stream, 'none', [sized(LIMITS.eventBytes)])).resolves.toMatchObject({ outcome: 'appended' });
      const over = { ...sized(LIMITS.eventBytes), meta: 'x' };
      await expect(log.append(stream, 'any', [over])).resolves.toEqual({
        outcome: 'too-large',
        what: 'event',
        bytes: LIMITS.eventBytes + 1,
        limit: LIMITS.eventBytes,
      });
      const [stored, ...more] = await collected(log.readStream(stream));
      expect(Buffer.byteLength(stored?.data ?? '')).toBe(LIMITS.eventBytes);
      expect(more).toEqual([]);
    });

    it.each([4, 1000])('stores an append of %i events of exactly the limit and refuses one byte more, whole (case 46)', async (count) => {
      const { log } = subject();
      const stream = aStream();
      const limit = LIMITS.appendBytes - count * (LIMITS.besideBytes + 2 * anEvent().type.length);
      // as the codec writes it: an adapter may keep some of it once more
      const meta = `{"causationId":"${randomUUID()}","correlationId":"${randomUUID()}","network":"n1"}`;
      const share = Math.floor(limit / count);
      const full = (more: number) =>
        Array.from({ length: count }, (_, n) => anEvent({ meta, data: sized(share - meta.length + (n > 0 ? 0 : more)).data }));
      const rest = limit - count * share;
      await expect(log.append(stream, 'none', full(rest + 1))).resolves.toEqual({
        ...{ outcome: 'too-large', what: 'append', bytes: limit + 1, limit },
      });
      expect(await log.head()).toBe(START);
      await expect(log.append(stream, 'none', full(rest))).resolves.toMatchObject({ outcome: 'appended', revision: count - 1 });
      expect(await collected(log.readAll({ after: START }))).toHaveLength(count);
    });

    it('says of more events than a store could ever take at once that nothing of them is allowed (case 46)', async () => {
      const { log } = subject();
      const given = Array.from({ length: 5000 }, () => anEvent());
      await expect(log.append(aStream(), 'none', given)).resolves.toMatchObject({ outcome: 'too-large', what: 'append', limit: 0 });
    });
  });
};
