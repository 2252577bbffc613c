import { memoryKeys } from '#keys/memory-keys';
import type { SavoirsEvent } from '#domain/catalogue';
import type { Personal } from '#kernel/message';
import { exampleMeta } from '#testing/event-examples';
import { lyon } from '#testing/network-facts';
import { ana } from '#testing/people';
import { CodecFault, type DecidedEvent } from '../codec.port';
import { START, type StoredEvent } from '../log.port';
import { createCodec } from './codec';
import { count, event, flag, list, personal, record, text, type PersonalMark, type Upcast } from './schema-kit';

/** A made-up event over three versions: a text that moved, then became a list; a number that became two. */
const SELF: PersonalMark = { owner: '/memberId', key: 'member' };
const v1 = { memberId: text(), note: personal(SELF), size: count() };
const v2 = { memberId: text(), notes: list(record({ note: personal(SELF) })), size: count() };
const v3 = { memberId: text(), notes: list(record({ note: personal(SELF) })), smallest: count(), largest: count() };
type V1 = { memberId: string; note: Personal; size: number };
type V2 = { memberId: string; notes: { note: Personal }[]; size: number };

const first: Upcast = { from: record(v1), to: ({ note, ...rest }: V1) => ({ ...rest, notes: [{ note }] }) };
const second: Upcast = { from: record(v2), to: ({ size, ...rest }: V2) => ({ ...rest, smallest: 1, largest: size }) };

const keys = memoryKeys();
const at = {
  v1: createCodec(keys, { Noted: event('', v1) }),
  v2: createCodec(keys, { Noted: event('', v2, [first]) }),
  v3: createCodec(keys, { Noted: event('', v3, [first, second]) }),
};
const decided = (data: object): DecidedEvent => ({
  event: { type: 'Noted', data } as unknown as SavoirsEvent,
  meta: exampleMeta(1, { network: lyon }),
});
const written = async (version: keyof typeof at, data: object): Promise<StoredEvent> => ({
  ...(await at[version].encode(decided(data))),
  position: START,
  stream: exampleMeta(1).stream,
  revision: 0,
});

describe('an event of an old version', () => {
  it('reads in the present one, over every version between', async () => {
    const old = await written('v1', { memberId: ana, note: 'Merci', size: 3 });
    const middle = await written('v2', { memberId: ana, notes: [{ note: 'Merci' }], size: 3 });
    const present = { memberId: ana, notes: [{ note: 'Merci' }], smallest: 1, largest: 3 };
    expect([old.version, middle.version, (await written('v3', present)).version]).toEqual([1, 2, 3]);
    expect((await at.v3.reveal(old)).data).toEqual(present);
    expect((await at.v3.reveal(middle)).data).toEqual(present);
  });

  it('keeps the references that it had when it was written', async () => {
    const old = await written('v1', { memberId: ana, note: 'Merci', size: 3 });
    const ref = `${old.eventId}#/note`;
    expect(at.v1.decode(old).data).toMatchObject({ note: { ref } });
    expect(at.v3.decode(old).data).toEqual({ memberId: ana, notes: [{ note: { ref } }], smallest: 1, largest: 3 });
    expect(await at.v3.personalTexts(old)).toMatchObject([{ ref, path: '/note', text: 'Merci', owner: ana }]);
  });

  it('is held to the schema of its own version, and its upcast to the present one', async () => {
    const old = await written('v1', { memberId: ana, note: 'Merci', size: 3 });
    expect(() => at.v3.decode({ ...old, data: old.data.replace('"size":3', '"smallest":3') })).toThrow(CodecFault);
    const careless = createCodec(keys, { Noted: event('', { ...v1, kept: flag() }, [{ from: record(v1), to: (data: unknown) => data }]) });
    expect(() => careless.decode(old)).toThrow('v1) at /kept');
  });

  it('is a fault to a program that knows older versions only', async () => {
    const present = await written('v3', { memberId: ana, notes: [], smallest: 1, largest: 3 });
    expect(() => at.v1.decode(present)).toThrow('this program knows versions 1 to 1');
  });
});
