import type { CommandId, Instant, StreamName } from '#kernel/id';
import type { MatchId, MemberId, OfferId } from '#domain/ids';
import type { SentCommand } from '#domain/catalogue';
import { defaultPolicy } from '#domain/network/policy';
import type { EventLog } from '#event-store/log.port';
import { offerContent } from '#testing/content';
import { lille, lyon } from '#testing/network-facts';
import { ana, asMember, asNetworkLead, bo, system } from '#testing/people';
import { done, enrolled, named, openedWorld, type World } from '../application.fixture';
import { faultyLog } from './faulty-log.fixture';
import { eventIdOf, idFrom } from './derived-ids';

const pause: SentCommand = { type: 'PauseMembership', data: { memberId: ana, until: '2026-05-01T00:00:00.000Z' as Instant } };
const resume: SentCommand = { type: 'ResumeMembership', data: { memberId: ana } };
const reserve = (match: string): SentCommand => ({
  type: 'ReserveEngagement',
  data: { memberId: ana, matchId: match as MatchId, role: 'giver', offerId: 'offer-of-ana' as OfferId, requestId: null },
});
/** As a use case names what it makes. */
const draft = (commandId: CommandId, wording: string): SentCommand => ({
  type: 'DraftOffer',
  data: { offerId: idFrom<OfferId>(commandId, 'offer'), memberId: ana, content: { ...offerContent(), wording } },
});
const ofAna = `member-${ana}`;
const by = asMember(ana);

describe('one command through its decider', () => {
  let here: World;
  beforeEach(async () => {
    here = await openedWorld();
    await enrolled(here, ana);
  });

  it('does not pause again when a pause is repeated after a resume: it answers as the first time (R22)', async () => {
    const first = await done(here.give({ order: pause, by, id: 'pause' }));
    await done(here.give({ order: resume, by, id: 'resume' }));
    const again = await done(here.give({ order: pause, by, id: 'pause' }));
    expect(again).toEqual({ ...first, repeated: true });
    expect((await here.types(ofAna)).slice(-2)).toEqual(['MemberPaused', 'MemberResumed']);
  });

  it('refuses the same command id with another body, wherever it is asked (R22, case 11)', async () => {
    const first = await done(here.give({ order: pause, by, id: 'pause', bodyDigest: 'until may' }));
    const reused = { outcome: 'rejected', refusal: { code: 'idempotency-key-reused' } };
    expect(await here.give({ order: pause, by, id: 'pause', bodyDigest: 'until june' })).toEqual(reused);
    expect(await here.give({ order: resume, by, id: 'pause', bodyDigest: 'until june' }, here.process())).toEqual(reused);
    const envelope = { networkId: lyon, by, commandId: named('pause'), bodyDigest: 'until june' };
    expect(await here.process().dispatcher.answered(ofAna as StreamName, envelope)).toEqual(reused);
    expect(await done(here.give({ order: pause, by, id: 'pause', bodyDigest: 'until may' }))).toEqual({ ...first, repeated: true });
    expect((await here.types(ofAna)).filter((type) => type.startsWith('MemberPaused'))).toHaveLength(1);
  });

  it('binds it by a tag that tells nothing without the actor’s own key: not the body, not that two are alike (R15, R19, R22)', async () => {
    await done(here.give({ order: pause, by, id: 'pause', bodyDigest: 'alike' }));
    await done(here.give({ order: resume, by, id: 'resume', bodyDigest: 'alike' }));
    const tags = (await here.stored(ofAna)).slice(-2).map(({ meta }) => (JSON.parse(meta) as { commandTag: string }).commandTag);
    expect(tags).toEqual([expect.stringMatching(/^[\w-]{22}$/), expect.stringMatching(/^[\w-]{22}$/)]);
    expect(tags[0]).not.toBe(tags[1]);
    await here.keys.eraseMember(lyon, ana);
    expect(await here.give({ order: pause, by, id: 'pause', bodyDigest: 'other' })).toMatchObject({ outcome: 'done', repeated: true });
  });

  it('judges a refused command anew under the same id (R22)', async () => {
    here.clock.set('2026-06-01T09:00:00.000Z');
    expect(await here.give({ order: pause, by, id: 'pause' })).toEqual({ outcome: 'rejected', refusal: { code: 'pause-in-the-past' } });
    here.clock.set('2026-03-03T09:00:00.000Z');
    expect(await done(here.give({ order: pause, by, id: 'pause' }))).toMatchObject({ repeated: false, eventTypes: ['MemberPaused'] });
  });

  it('reads no stream that is named by a command which nobody gave before; any other is read (R22)', async () => {
    const reads: string[] = [];
    const readStream: EventLog['readStream'] = (stream, read) => (reads.push(stream), here.log.readStream(stream, read));
    const { dispatcher } = here.process({ ...faultyLog(here.log, []), readStream });
    const [commandId, other] = [named('first'), named('other')];
    await done(dispatcher.dispatch(draft(commandId, 'drawn'), { networkId: lyon, by, commandId, isFirst: true }));
    await done(dispatcher.dispatch(draft(other, 'keyed'), { networkId: lyon, by, commandId: other }));
    await done(dispatcher.dispatch(pause, { networkId: lyon, by, commandId: named('pause'), isFirst: true }));
    expect(reads).not.toContain(`offer-${idFrom(commandId, 'offer')}`);
    expect(reads).toEqual(expect.arrayContaining([`offer-${idFrom(other, 'offer')}`, ofAna]));
    expect(await here.types(`offer-${idFrom(commandId, 'offer')}`)).toEqual(['OfferDrafted']);
  });

  it('reads it after all where somebody has written to it (R22)', async () => {
    const commandId = named('first');
    await done(here.give({ order: draft(commandId, 'before'), by, id: 'before' }));
    const envelope = { networkId: lyon, by, commandId, isFirst: true } as const;
    const { dispatcher } = here.process();
    expect(await dispatcher.dispatch(draft(commandId, 'after'), envelope)).toEqual({
      outcome: 'rejected',
      refusal: { code: 'offer-exists' },
    });
    expect(await here.types(`offer-${idFrom(commandId, 'offer')}`)).toEqual(['OfferDrafted']);
  });

  it('answers with the last event of its stream where nothing is left to do', async () => {
    const paused = await done(here.give({ order: pause, by, id: 'pause' }));
    const again = await done(here.give({ order: pause, by, id: 'another pause' }));
    expect(again).toEqual({ ...paused, repeated: false, eventTypes: [] });
  });

  it('tells who, where, when and why in every event, under ids that a repeat gives again (R21, R22)', async () => {
    const order: SentCommand = { type: 'PublishOffer', data: { offerId: 'o' as OfferId, memberId: ana, content: offerContent() } };
    await done(here.give({ order, by, id: 'publish' }));
    const [event] = await here.stored('offer-o');
    const commandId = named('publish');
    expect(event?.eventId).toBe(eventIdOf(commandId, 0));
    expect(JSON.parse(event?.meta ?? '')).toMatchObject({
      network: lyon,
      actor: by,
      commandId,
      correlationId: commandId,
      causationId: commandId,
      occurredAt: here.clock.now(),
      recordedAt: here.clock.now(),
      policyVersion: 1,
    });
  });

  it('writes one copy when the answer of an append is lost', async () => {
    const frail = here.process(faultyLog(here.log, ['answer-lost', 'answer-lost']));
    expect(await done(here.give({ order: pause, by, id: 'pause' }, frail))).toMatchObject({ repeated: false });
    expect((await here.types(ofAna)).filter((type) => type === 'MemberPaused')).toHaveLength(1);
  });

  it('decides anew when the append was lost and another was first', async () => {
    const other = here.process();
    const frail = here.process(
      faultyLog(here.log, ['append-lost'], () => here.give({ order: reserve('m1'), by: system, id: 'm1' }, other)),
    );
    await done(here.give({ order: pause, by, id: 'pause' }, frail));
    expect((await here.types(ofAna)).slice(-2)).toEqual(['EngagementReserved', 'MemberPaused']);
  });

  it('says unknown when no answer comes at all, and the same id finds out later what happened', async () => {
    const silent = here.process(faultyLog(here.log, ['append-lost', 'append-lost', 'answer-lost', 'append-lost']));
    expect(await here.give({ order: pause, by, id: 'pause' }, silent)).toEqual({ outcome: 'unknown', commandId: named('pause') });
    expect(await done(here.give({ order: pause, by, id: 'pause' }, silent))).toMatchObject({
      repeated: true,
      eventTypes: ['MemberPaused'],
    });
    expect((await here.types(ofAna)).filter((type) => type === 'MemberPaused')).toHaveLength(1);
  });

  it('says unknown when the log cannot be read', async () => {
    await here.log.close();
    expect(await here.give({ order: pause, by, id: 'pause' })).toEqual({ outcome: 'unknown', commandId: named('pause') });
  });

  it('writes one copy of a command raced by several processes, and answers all alike (R22)', async () => {
    const processes = Array.from({ length: 5 }, () => here.process());
    const raced = await Promise.allSettled(processes.map((process) => here.give({ order: pause, by, id: 'pause' }, process)));
    const outcomes = raced.map((one) => (one.status === 'fulfilled' ? { ...one.value, repeated: null } : one.reason));
    expect(outcomes).toEqual(Array(5).fill({ ...outcomes[0], outcome: 'done' }));
    expect((await here.types(ofAna)).filter((type) => type === 'MemberPaused')).toHaveLength(1);
  });

  it('never engages a giver beyond their capacity, however many proposals race (R11)', async () => {
    const processes = Array.from({ length: 4 }, () => here.process());
    const proposals = Array.from({ length: 40 }, (_, index) => `m${index}`);
    const ask = async (match: string, index: number): Promise<void> => {
      const outcome = await here.give({ order: reserve(match), by: system, id: match }, processes[index % 4]);
      if (outcome.outcome === 'unknown') await ask(match, index);
    };
    const raced = await Promise.allSettled(proposals.map(ask));
    expect(raced.filter(({ status }) => status === 'rejected')).toEqual([]);
    const types = await here.types(ofAna);
    expect(types.filter((type) => type === 'EngagementReserved')).toHaveLength(defaultPolicy.defaultCapacity);
    expect(types.filter((type) => type === 'EngagementRefused')).toHaveLength(40 - defaultPolicy.defaultCapacity);
  });

  it('refuses commands in a network that is not open, and on streams of another network (R23)', async () => {
    const elsewhere = await here.give({ order: pause, by, id: 'pause', networkId: lille });
    expect(elsewhere).toEqual({ outcome: 'rejected', refusal: { code: 'network-not-found' } });
    await openedWorld(lille, here);
    const reached = await here.give({ order: pause, by, id: 'pause', networkId: lille });
    expect(reached).toEqual({ outcome: 'rejected', refusal: { code: 'not-in-this-network' } });
  });

  it('judges by the policy of the moment, changed by another process or not (R22)', async () => {
    const [one, other] = [here.process(), here.process()];
    const publish = (id: string): SentCommand => ({
      type: 'PublishOffer',
      data: { offerId: id as OfferId, memberId: ana, content: offerContent() },
    });
    await done(here.give({ order: publish('o1'), by, id: 'o1' }, one));
    const change: SentCommand = { type: 'ChangePolicy', data: { networkId: lyon, changes: { reviewMonths: 1 } } };
    await done(here.give({ order: change, by: asNetworkLead(), id: 'policy' }, other));
    await done(here.give({ order: publish('o2'), by, id: 'o2' }, one));
    const [event] = await here.stored('offer-o2');
    expect(JSON.parse(event?.meta ?? '')).toMatchObject({ policyVersion: 2 });
    expect(event?.data).toContain('"reviewDueAt":"2026-04-02');
  });

  it('refuses what the log cannot hold, with the limit', async () => {
    const offer = { offerId: 'o' as OfferId, memberId: ana, content: offerContent({ wording: 'x'.repeat(300_000) }) };
    const outcome = await here.give({ order: { type: 'PublishOffer', data: offer }, by, id: 'o' });
    expect(outcome).toMatchObject({ outcome: 'rejected', refusal: { code: 'too-large', what: 'event' } });
  });

  it('refuses texts of somebody whose key is destroyed (R19)', async () => {
    await here.keys.eraseMember(lyon, bo as MemberId);
    const offer = { offerId: 'o' as OfferId, memberId: bo, content: offerContent() };
    const outcome = await here.give({ order: { type: 'PublishOffer', data: offer }, by: asMember(bo), id: 'o' });
    expect(outcome).toEqual({ outcome: 'rejected', refusal: { code: 'texts-erased' } });
  });
});
