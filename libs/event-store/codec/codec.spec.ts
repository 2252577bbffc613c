import type { SavoirsEvent } from '#domain/catalogue';
import { memoryKeys } from '#keys/memory-keys';
import { KeyErased, MissingKey } from '#keys/keys.port';
import type { StreamName } from '#kernel/id';
import { decidedExample, eventExamples, eventTypes } from '#testing/event-examples';
import { lyon } from '#testing/network-facts';
import { ana, bo } from '#testing/people';
import fc from 'fast-check';
import { CodecFault, ERASED, type DecidedEvent } from '../codec.port';
import { START, type StoredEvent } from '../log.port';
import { canonicalJson } from '#kernel/canonical-json';
import { createCodec } from './codec';

const SEED = 20260302;
const keys = memoryKeys();
const codec = createCodec(keys);

const stored = async (decided: DecidedEvent): Promise<StoredEvent> => ({
  ...(await codec.encode(decided)),
  position: START,
  stream: decided.meta.stream,
  revision: 0,
});

const evaluation = eventExamples.EvaluationSubmitted;
const evaluated = (comment: string) =>
  decidedExample('EvaluationSubmitted', { data: { ...evaluation, form: { ...evaluation.form, comment } } });
const faultOf = async (work: () => unknown): Promise<CodecFault> => {
  const caught = await Promise.resolve()
    .then(work)
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  expect(caught).toBeInstanceOf(CodecFault);
  return caught as CodecFault;
};

describe.each(eventTypes)('%s', (type) => {
  it('reads back as it was decided, in clear only where revealed (R19)', async () => {
    const decided = decidedExample(type);
    const event = await stored(decided);
    expect(await codec.reveal(event)).toEqual({ ...decided.event, meta: decided.meta });
    const texts = await codec.personalTexts(event);
    for (const { text } of texts) expect(`${event.data}${event.meta}`).not.toContain(text);
    const refs = JSON.stringify(codec.decode(event).data).match(/"ref":"[^"]+"/g) ?? [];
    expect([...refs].sort()).toEqual(texts.map(({ ref }) => `"ref":"${ref}"`).sort());
  });
});

describe('personal fields', () => {
  it('lie under the author’s member key, or a key of author and stream where another’s erasure may end them (R19)', async () => {
    const owners = new Map<string, string>();
    const watched = createCodec({
      ...keys,
      sealing: (owner) => (owners.set(current, `${owner.member} ${owner.stream === null ? 'member' : 'stream'}`), keys.sealing(owner)),
    });
    let current = '';
    for (const type of eventTypes) {
      current = type;
      await watched.encode(decidedExample(type));
    }
    expect(Object.fromEntries(owners)).toEqual({
      PairForbidden: 'fay member',
      PairAllowed: 'fay member',
      MembershipRequested: 'ana member',
      MemberEnrolled: 'ana member',
      ProfileChanged: 'ana member',
      MemberLeft: 'ana member',
      OfferDrafted: 'ana member',
      OfferPublished: 'ana member',
      OfferRevised: 'ana member',
      OfferContested: 'cleo stream',
      OfferContestSettled: 'fay stream',
      RequestDrafted: 'bo member',
      RequestPublished: 'bo member',
      RequestRevised: 'bo member',
      RequestContested: 'cleo stream',
      RequestContestSettled: 'fay stream',
      ConnectionPlanned: 'moe stream',
      AgreementReached: 'ana stream',
      ExchangeAgreed: 'ana stream',
      ExchangeDisputed: 'bo stream',
      DisputeSettled: 'fay stream',
      EvaluationSubmitted: 'bo stream',
      FollowUpSubmitted: 'bo stream',
      IncidentReported: 'cleo stream',
      IncidentAssessed: 'fay stream',
      IncidentResolved: 'fay stream',
      PersonalDataAccessed: 'auditor member',
      OperatorActed: 'operator member',
    });
  });

  it('are given one by one, with path and owner, for search and display', async () => {
    const texts = await codec.personalTexts(await stored(decidedExample('AgreementReached')));
    expect(texts.map(({ path }) => path)).toEqual([
      '/agreement/content',
      '/agreement/method',
      '/agreement/place',
      '/agreement/criteria/0/text',
      '/agreement/criteria/1/text',
    ]);
    expect(texts[0]).toMatchObject({
      owner: ana,
      network: lyon,
      type: 'AgreementReached',
      text: 'Construire un tableau croisé à partir de relevés',
    });
  });

  it('keep a reference to a text that was written elsewhere', async () => {
    const wording = { ref: '00000000-0000-4000-8000-000000000099#/offers/0/content/wording' };
    const data = { ...eventExamples.OfferPublished, content: { ...eventExamples.OfferPublished.content, wording } };
    const event = await stored(decidedExample('OfferPublished', { data }));
    expect(codec.decode(event).data).toMatchObject({ content: { wording } });
    expect((await codec.reveal(event)).data).toMatchObject({ content: { wording } });
    expect((await codec.personalTexts(event)).map(({ path }) => path)).toEqual(['/content/topic/text']);
  });

  it('cannot refer to their own event: the text would be lost', async () => {
    const { event, meta } = decidedExample('MemberLeft');
    const data = { ...event.data, reason: { ref: `${meta.eventId}#/reason` } };
    expect((await faultOf(() => codec.encode({ event: { ...event, data } as SavoirsEvent, meta }))).where.path).toBe('/reason');
  });

  it('need an author', async () => {
    const data = { ...eventExamples.IncidentReported, by: null };
    expect((await faultOf(() => codec.encode(decidedExample('IncidentReported', { data })))).where.path).toBe('/by');
  });

  it('read as erased once the key is destroyed, while the event and its references stay (R19)', async () => {
    const own = memoryKeys();
    const erasing = createCodec(own);
    const decided = evaluated('Merci');
    const event = { ...(await erasing.encode(decided)), position: START, stream: decided.meta.stream, revision: 0 };
    const before = erasing.decode(event);
    await own.eraseMember(lyon, bo);
    expect(erasing.decode(event)).toEqual(before);
    expect((await erasing.reveal(event)).data).toMatchObject({ form: { comment: ERASED, overall: 5 } });
    expect(await erasing.personalTexts(event)).toEqual([]);
    await expect(erasing.encode(decided)).rejects.toThrow(KeyErased);
  });

  it('are a fault where the key is missing without an erasure', async () => {
    const event = await stored(evaluated('Merci'));
    await expect(createCodec(memoryKeys()).reveal(event)).rejects.toThrow(MissingKey);
  });

  it('are sealed even where a text looks sealed already', async () => {
    const text = 'enc:1:key:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAA';
    const event = await stored(evaluated(text));
    expect(event.data).not.toContain(text);
    expect((await codec.reveal(event)).data).toMatchObject({ form: { comment: text } });
  });
});

describe('an event that does not fit', () => {
  const { event, meta } = decidedExample('CapacitySet');
  const encodeData = (data: object) => codec.encode({ event: { ...event, data } as SavoirsEvent, meta });
  const altered = async (changes: Partial<StoredEvent>) => ({ ...(await stored({ event, meta })), ...changes });

  it.each([
    ['a field too many', { ...event.data, secret: 'Ana dort' }, '/secret'],
    ['a missing field', { memberId: ana, networkId: lyon }, '/capacity'],
    ['a field of another type', { ...event.data, capacity: 'Ana dort' }, '/capacity'],
    ['a NUL character', { ...event.data, networkId: 'Ana\u0000dort' }, ''],
    ['half a surrogate pair', { ...event.data, networkId: 'Ana dort\ud800' }, ''],
  ])('is refused before it is stored: %s; the fault names the place, never the value', async (_, data, path) => {
    const fault = await faultOf(() => encodeData(data));
    expect(fault.where).toEqual({ eventId: meta.eventId, type: 'CapacitySet', version: 1, path });
    expect(fault.message).not.toContain('Ana');
  });

  it.each([
    ['a NUL character', 'Ana\u0000dort'],
    ['half a surrogate pair', 'Ana dort\ud800'],
  ])('is refused where a personal text holds %s, before it is sealed', async (_, text) => {
    const fault = await faultOf(() => codec.encode(evaluated(text)));
    expect([fault.where.path, fault.message.includes('Ana')]).toEqual(['', false]);
  });

  it('is refused where an object that holds a personal text is of a class', async () => {
    const { event: whole, meta: whose } = evaluated('Merci');
    const { form } = whole.data as { readonly form: object };
    const data = { ...whole.data, form: Object.assign(Object.create({ of: 'a class' }) as object, form) };
    expect((await faultOf(() => codec.encode({ event: { ...whole, data } as SavoirsEvent, meta: whose }))).message).toContain('not plain');
  });

  it('stays as it was decided: what is sealed is a copy', async () => {
    const decided = evaluated('Merci');
    const before = structuredClone(decided);
    await codec.encode(decided);
    expect(decided).toEqual(before);
  });

  it('may hold a backslash before u0000: only the character itself is refused', async () => {
    expect((await encodeData({ ...event.data, networkId: 'a\\u0000' })).data).toContain('a\\\\u0000');
  });

  it.each<[string, (good: StoredEvent) => Partial<StoredEvent>, string]>([
    ['an unknown type', () => ({ type: 'Sold' }), ''],
    ['a type named as a property of every object', () => ({ type: 'constructor' }), ''],
    ['a version from the future', () => ({ version: 2 }), ''],
    ['version 0', () => ({ version: 0 }), ''],
    ['data that is no JSON', () => ({ data: '{' }), ''],
    ['meta that is no JSON', () => ({ meta: '' }), 'meta'],
    ['a field too many', ({ data }) => ({ data: data.replace('{', '{"a":1,') }), '/a'],
    ['another event’s meta', () => ({ eventId: '00000000-0000-4000-8000-000000000001' as StoredEvent['eventId'] }), 'meta/eventId'],
    ['another stream’s meta', () => ({ stream: 'member-bo' as StreamName }), 'meta/stream'],
    ['a meta field too many', (good) => ({ meta: good.meta.replace('{', '{"a":1,') }), 'meta/a'],
  ])('is a fault where it is read: %s', async (_, alter, path) => {
    const bad = await altered(alter(await stored({ event, meta })));
    expect((await faultOf(() => codec.decode(bad))).where.path).toBe(path);
  });

  it('is a fault where a personal text lies in clear', async () => {
    const event = await stored(evaluated('Merci'));
    const data = event.data.replace(/enc:1:[^"]+/, 'Merci');
    const fault = await faultOf(() => codec.decode({ ...event, data }));
    expect([fault.where.path, fault.message.includes('Merci')]).toEqual(['/form/comment', false]);
  });
});

describe('sealing', () => {
  it(`writes canonical text whose other fields are the same after every turn (seed ${SEED})`, async () => {
    const masked = (data: string) => data.replace(/enc:1:[^"]+/g, 'sealed');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...eventTypes), fc.string({ unit: 'grapheme' }), async (type, subject) => {
        const decided = decidedExample(type, { meta: { correlationId: `c${subject}`.replaceAll('\0', '') } });
        const first = await stored(decided);
        const { meta, ...event } = await codec.reveal(first);
        const second = await stored({ event: event as SavoirsEvent, meta });
        expect([masked(second.data), second.meta]).toEqual([masked(first.data), first.meta]);
        expect(canonicalJson(JSON.parse(first.data))).toBe(first.data);
      }),
      { seed: SEED },
    );
  });

  it(`gives back every text, and never the same cipher text twice (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
        async (text) => {
          const [first, second] = [await stored(evaluated(text)), await stored(evaluated(text))];
          expect((await codec.reveal(first)).data).toMatchObject({ form: { comment: text } });
          expect(second.data).not.toBe(first.data);
        },
      ),
      { seed: SEED },
    );
  });

  it(`detects any altered character of a sealed text (seed ${SEED})`, async () => {
    const event = await stored(evaluated('Très clair, merci Ana'));
    const sealed = /enc:1:[^"]+/.exec(event.data)?.[0] as string;
    const keyEnd = sealed.indexOf(':', 6) + 1;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: keyEnd, max: sealed.length - 1 }), fc.constantFrom(...'AZaz09-_'), async (index, letter) => {
        fc.pre(sealed[index] !== letter && sealed[index] !== ':');
        const data = event.data.replace(sealed, sealed.slice(0, index) + letter + sealed.slice(index + 1));
        expect((await faultOf(() => codec.reveal({ ...event, data }))).where.path).toBe('/form/comment');
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('detects every other last character: no two spellings of one cipher text', async () => {
    for (const text of ['M', 'Me', 'Mer']) {
      const event = await stored(evaluated(text));
      const sealed = /enc:1:[^"]+/.exec(event.data)?.[0] as string;
      for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
        if (sealed.endsWith(letter)) continue;
        const data = event.data.replace(sealed, sealed.slice(0, -1) + letter);
        await expect(codec.reveal({ ...event, data })).rejects.toThrow(CodecFault);
      }
    }
  });

  it(`detects a sealed text copied to another stream, event, type or path (seed ${SEED})`, async () => {
    const disputed = decidedExample('ExchangeDisputed', { meta: { eventId: decidedExample('DisputeSettled').meta.eventId } });
    const source = await stored(decidedExample('AgreementReached'));
    const [content, method] = source.data.match(/enc:1:[^"]+/g) as [string, string];
    const swapped = source.data.replace(content, '*').replace(method, content).replace('*', method);
    expect((await faultOf(() => codec.reveal({ ...source, data: swapped }))).where.path).toMatch(/^\/agreement\//);

    const event = await stored(disputed);
    const sealed = (/enc:1:[^"]+/.exec(event.data) as RegExpExecArray)[0];
    const into = async (target: DecidedEvent) => {
      const other = await stored(target);
      return { ...other, data: other.data.replace(/enc:1:[^"]+/, sealed) };
    };
    const { eventId } = disputed.meta;
    await faultOf(async () => codec.reveal(await into(decidedExample('DisputeSettled', { meta: { eventId } }))));
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 40 }), fc.uuid(), async (stream, id) => {
        const meta = { ...disputed.meta, stream: `exchange-${stream}`.replaceAll('\0', '') as StreamName };
        await faultOf(async () => codec.reveal(await into({ ...disputed, meta })));
        await faultOf(async () => codec.reveal(await into({ ...disputed, meta: { ...disputed.meta, eventId: id as typeof eventId } })));
      }),
      { seed: SEED },
    );
  });
});
