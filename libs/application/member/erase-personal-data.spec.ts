import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, MemberId } from '#domain/ids';
import type { Instant } from '#kernel/id';
import { ERASED } from '#event-store/codec.port';
import { draftedOffer, draftedRequest, profile } from '#testing/content';
import { writeComment, writeExchange, type Writing } from '#testing/histories/exchange-on-log';
import { lyon } from '#testing/network-facts';
import { ana, asDataProtectionOfficer, asFacilitator, asMember, bo, quin } from '#testing/people';
import { done, enrolled, named, openedWorld, portsOf, type World } from '../application.fixture';
import { createApplication } from '../create-application';
import type { ProcessCommandIds } from '../process-commands';

const erase = (ground: 'approved' | 'entry-not-confirmed', memberId: MemberId = ana): SentCommand => ({
  type: 'ErasePersonalData',
  data: { memberId, ground },
});
const ids: ProcessCommandIds = { network: lyon, commandId: named('erase'), correlationId: 'c', causationId: 'c' };

describe('the erasure of a member', () => {
  let here: World;
  const execute = (order = erase('approved')) => here.process().execute(order, ids, here.clock.now());
  const texts = async (memberId: MemberId): Promise<string> => {
    const events = (await here.stored()).filter(({ stream }) => stream === `member-${memberId}`);
    return JSON.stringify(await Promise.all(events.map(async (event) => (await here.codec.reveal(event)).data)));
  };
  const exchangeId = 'x' as ExchangeId;
  const writing = (): Writing => ({ log: here.log, codec: here.codec, network: lyon, at: here.clock.now() });
  const approve = async (): Promise<void> => {
    await done(here.give({ order: { type: 'AskForErasure', data: { memberId: ana } }, by: asMember(ana), id: 'ask' }));
    await done(here.give({ order: { type: 'ApproveErasure', data: { memberId: ana } }, by: asDataProtectionOfficer(), id: 'approve' }));
  };

  /** 61 seconds later no process holds a destroyed key any more. */
  const cachesExpire = (): void => here.clock.set(new Date(Date.parse(here.clock.now()) + 61_000).toISOString());

  beforeEach(async () => {
    here = await openedWorld();
    await here.keys.register(lyon, 'ana@company', ana);
    await enrolled(here, ana);
    await enrolled(here, bo);
  });

  it('destroys the keys, forgets the person, waits for the caches, and only then says so (R19)', async () => {
    await approve();
    await writeExchange(writing(), { exchangeId, giver: ana, learners: [bo] });
    const { keyId } = await here.keys.sealing({ network: lyon, member: bo, stream: `exchange-${exchangeId}` });
    expect(await execute()).toBe('done');
    expect(await here.keys.opening(keyId)).toBe('erased');
    expect(await here.types(`member-${ana}`)).not.toContain('PersonalDataErased');
    cachesExpire();
    expect(await execute()).toBe('done');
    expect((await here.types(`member-${ana}`)).slice(-2)).toEqual(['MemberLeft', 'PersonalDataErased']);
    expect(await texts(ana)).not.toContain('Ana Example');
    expect(await texts(ana)).toContain(ERASED);
    expect(await texts(bo)).toContain('Ana Example');
    expect(await here.keys.opening(keyId)).toBe('erased');
    expect(await here.keys.find(lyon, 'ana@company')).toBeNull();
  });

  it('waits while somebody writes of them: what is sealed before it is recorded has no key any more (R19, case 28)', async () => {
    await approve();
    await writeExchange(writing(), { exchangeId, giver: ana, learners: [bo] });
    expect(await execute()).toBe('done');
    cachesExpire();
    const scrub = jest.spyOn(here.keys, 'scrub').mockImplementationOnce(async () => {
      await writeComment(writing(), exchangeId, { by: bo, text: 'Quetzalcoatlus' });
      return true;
    });
    expect(await execute()).toBe('done');
    scrub.mockRestore();
    expect(await here.types(`member-${ana}`)).not.toContain('PersonalDataErased');
    for (let time = 0; time < 2; time += 1) {
      expect(await execute()).toBe('done');
      cachesExpire();
    }
    expect(await here.types(`member-${ana}`)).toContain('PersonalDataErased');
    const events = await here.stored(`exchange-${exchangeId}`);
    expect(JSON.stringify(await Promise.all(events.map((event) => here.codec.reveal(event))))).not.toContain('Quetzalcoatlus');
  });

  it('waits, and says what for, while the files cannot be rewritten (R19, case 28)', async () => {
    await approve();
    cachesExpire();
    expect(await execute()).toBe('done');
    cachesExpire();
    const told: string[] = [];
    const stuck = { ...here, texts: { ...here.texts, scrub: async () => false } };
    const waiting = createApplication({ ...portsOf(stuck), onWaiting: (sentence) => void told.push(sentence) });
    expect(await waiting.execute(erase('approved'), ids, here.clock.now())).toBe('done');
    expect(await here.types(`member-${ana}`)).not.toContain('PersonalDataErased');
    expect(told).toEqual([expect.stringContaining('pg_stat_activity')]);
    expect(await execute()).toBe('done');
    expect(await here.types(`member-${ana}`)).toContain('PersonalDataErased');
  });

  it('is made whole after a crash at any point, and is done once (R22)', async () => {
    await approve();
    for (const step of ['eraseMember', 'eraseStreams', 'forget'] as const) {
      const broken = jest.spyOn(here.keys, step).mockRejectedValueOnce(new Error('crash'));
      await expect(execute()).rejects.toThrow('crash');
      broken.mockRestore();
      expect(await here.types(`member-${ana}`)).not.toContain('PersonalDataErased');
    }
    cachesExpire();
    expect(await execute()).toBe('done');
    expect(await execute()).toBe('done');
    expect((await here.types(`member-${ana}`)).filter((type) => type === 'PersonalDataErased')).toHaveLength(1);
  });

  it('finds every key still there under a legal hold, and without an approval (R19)', async () => {
    expect(await execute()).toEqual({ rejected: 'erasure-not-approved' });
    await approve();
    const hold = { memberId: ana, until: '2026-09-01T00:00:00.000Z' as Instant };
    await done(here.give({ order: { type: 'DeferErasure', data: hold }, by: asDataProtectionOfficer(quin), id: 'hold' }));
    expect(await execute()).toEqual({ rejected: 'erasure-deferred' });
    expect(await texts(ana)).toContain('Ana Example');
    expect(await here.keys.find(lyon, 'ana@company')).toBe(ana);
    here.clock.set('2026-09-01T00:00:00.000Z');
    expect(await execute()).toBe('done');
  });

  it('erases an entry on behalf that nobody confirmed, and no earlier, and never one that was confirmed (R6)', async () => {
    const dia = 'dia' as MemberId;
    const undeclared = { declaredProfessional: false };
    const sides = { offers: [draftedOffer('o', undeclared)], requests: [draftedRequest('r', undeclared)] };
    const entry = { memberId: dia, profile: profile({ name: 'Dia Example' }), entry: 'import', ...sides } as const;
    await done(here.give({ order: { type: 'ApplyForMembership', data: entry }, by: asFacilitator(), id: 'import' }));
    expect(await execute(erase('entry-not-confirmed', dia))).toEqual({ rejected: 'window-still-open' });
    expect(await texts(dia)).toContain('Dia Example');
    here.clock.set('2026-05-01T09:00:00.000Z');
    expect(await execute(erase('entry-not-confirmed', dia))).toBe('done');
    expect(await texts(dia)).not.toContain('Dia Example');
  });

  it('leaves the keys of somebody who confirmed their entry in time (R6)', async () => {
    expect(await execute(erase('entry-not-confirmed'))).toBe('done');
    expect(await texts(ana)).toContain('Ana Example');
    expect(await here.types(`member-${ana}`)).not.toContain('PersonalDataErased');
  });
});
