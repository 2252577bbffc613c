import type { DisputeId, ExchangeId, IncidentId, MemberId, OfferId } from '#domain/ids';
import type { RecordedEvent } from '#event-store/codec.port';
import type { StreamName } from '#kernel/id';
import { eventExamples } from '#testing/event-examples';
import { lille, lyon } from '#testing/network-facts';
import { ana, bo, cleo, dia, fay, gus, lou, moe } from '#testing/people';
import { projected, type Projected } from '#testing/projected';
import { storyteller } from '#testing/histories/story';
import { CasesOpenedBy, CasesOpenedByHandler, ReadCase, ReadCaseHandler } from './case-file.queries';
import { ListCases, ListCasesHandler, type Asker } from './cases.queries';
import { casesModel } from './cases.table';

const { exchangeId } = eventExamples.ExchangeAgreed;
const offerId = 'offer-of-ana' as OfferId;
const [first, second] = ['dispute-1', 'dispute-2'] as DisputeId[];
const as = (memberId: MemberId, role: Asker['as'] = 'facilitator'): Asker => ({ as: role, memberId });

const onStream = (event: RecordedEvent): RecordedEvent => {
  const { incidentId, exchangeId: exchange, offerId: offer, memberId } = event.data as Record<string, string | undefined>;
  const stream = incidentId
    ? `incident-${incidentId}`
    : exchange
      ? `exchange-${exchange}`
      : offer
        ? `offer-${offer}`
        : `member-${memberId}`;
  return { ...event, meta: { ...event.meta, stream: stream as StreamName } };
};

const story = () => {
  const { told, events } = storyteller();
  const incident = (id: string, more: Partial<(typeof eventExamples)['IncidentReported']>, on: string) =>
    told('IncidentReported', { incidentId: id as IncidentId, networkId: lyon, ...more }, { on });
  told('OfferPublished', { offerId, memberId: ana, networkId: lyon }, { on: '2026-03-01' });
  told('OfferContested', { offerId, by: cleo, text: 'C’est un dépannage', networkId: lyon }, { on: '2026-03-02' });
  const participants = [
    { memberId: ana, role: 'giver', offerId },
    { memberId: bo, role: 'learner', requestId: 'request-of-bo' as never },
  ] as const;
  told('ExchangeAgreed', { exchangeId, networkId: lyon, participants, mediatorId: moe }, { on: '2026-03-03' });
  told('ExchangeDisputed', { disputeId: first!, kind: 'content', by: bo, text: 'Hors sujet' }, { on: '2026-03-04' });
  told('DisputeSettled', { disputeId: first!, by: fay, outcome: 'goes-on', text: 'Recentré' }, { on: '2026-03-05' });
  told('ExchangeDisputed', { disputeId: second!, kind: 'behaviour', by: ana, text: 'Ton déplacé' }, { on: '2026-03-06' });
  const about = { exchangeId: exchangeId as ExchangeId, indicator: null };
  incident('incident-1', { kind: 'behaviour', by: dia, text: 'Il a crié', subject: { ...about, memberId: gus } }, '2026-03-07');
  const risk = { exchangeId: null, memberId: null, indicator: 'exclusion/site:LYON' };
  incident('incident-2', { kind: 'risk', by: null, text: null, subject: risk }, '2026-03-08');
  incident(
    'incident-3',
    { kind: 'content', by: dia, text: 'Ailleurs', subject: { ...about, memberId: null }, networkId: lille },
    '2026-03-09',
  );
  return { told, events };
};

describe('cases, for those who settle them (§7)', () => {
  let here: Projected;
  const list = async (asker: Asker, page: { settled?: boolean; limit?: number; cursor?: string } = {}) =>
    new ListCasesHandler(here.store).execute(new ListCases(lyon, asker, { settled: false, limit: 10, ...page }));
  const ids = async (asker: Asker, settled = false) => (await list(asker, { settled })).cases.map(({ id }) => id);
  const read = async (id: string, asker: Asker, networkId: string = lyon) =>
    (await new ReadCaseHandler(here.store).execute(new ReadCase(networkId, id, asker))).case;

  beforeAll(async () => {
    const { told, events } = story();
    told('MembershipRequested', { memberId: cleo, networkId: lyon }, { on: '2026-03-10' });
    told('PersonalDataErased', { memberId: cleo, networkId: lyon }, { on: '2026-03-10' });
    here = await projected([casesModel], events.map(onStream));
    await here.texts.erase({ network: lyon, members: [cleo], streams: [] });
  });
  afterAll(() => here.end());

  it('lists what is open to a facilitator, oldest first, and settled apart, of one network (R23)', async () => {
    expect(await ids(as(fay))).toEqual([offerId, second, 'incident-1', 'incident-2']);
    expect(await ids(as(fay), true)).toEqual([first]);
  });

  it('pages through them', async () => {
    const one = await list(as(fay), { limit: 3 });
    expect(one.cases).toHaveLength(3);
    expect((await list(as(fay), { limit: 3, cursor: one.next! })).cases.map(({ id }) => id)).toEqual(['incident-2']);
  });

  it('shows a network lead risks alone, by their indicator, and no other text', async () => {
    expect(await ids(as(lou, 'network-lead'))).toEqual(['incident-2']);
    expect(await read('incident-2', as(lou, 'network-lead'))).toMatchObject({ indicator: 'exclusion/site:LYON', text: null, by: null });
    for (const id of [offerId, second!, 'incident-1']) expect(await read(id, as(lou, 'network-lead'))).toBeNull();
  });

  it('reads text and kind of a dispute, and what became of an earlier one', async () => {
    expect(await read(second!, as(fay))).toMatchObject({
      matter: 'behaviour',
      state: 'open',
      text: { text: 'Ton déplacé', erased: false },
    });
    expect(await read(first!, as(fay))).toMatchObject({
      ...{ matter: 'content', state: 'settled', outcome: 'goes-on', by: bo },
      settlement: { text: 'Recentré', erased: false },
    });
  });

  it('reads an incident, and who it is about', async () => {
    expect(await read('incident-1', as(fay))).toMatchObject({ matter: 'behaviour', by: dia, named: [gus], text: { text: 'Il a crié' } });
    expect(await read('incident-1', as(fay), lille)).toBeNull();
  });

  it('reads a contest with what is contested; an erased author’s text says so (R14, R19)', async () => {
    const file = await read(offerId, as(fay));
    expect(file).toMatchObject({ kind: 'offer-contest', by: cleo, text: { text: null, erased: true } });
    expect(file).toMatchObject({ content: { wording: { erased: false, text: expect.stringMatching(/\w/) as string } } });
  });

  it('keeps a case from whom it names: authors, participants, the mediator, who opened it, whom it is about', async () => {
    for (const [id, named] of [
      [offerId, [ana, cleo]],
      [second!, [ana, bo, moe]],
      ['incident-1', [dia, gus]],
    ] as const)
      for (const memberId of named) {
        expect(await read(id, as(memberId))).toBe('names-you');
        expect(await ids(as(memberId))).not.toContain(id);
      }
  });
});

describe('a contest', () => {
  it('is over once what is contested has ended (R14)', async () => {
    const { told, events } = story();
    told('OfferWithdrawn', { offerId, memberId: ana, networkId: lyon }, { on: '2026-03-11' });
    const here = await projected([casesModel], events.map(onStream));
    const query = new ListCases(lyon, as(fay), { settled: true, limit: 10 });
    expect((await new ListCasesHandler(here.store).execute(query)).cases.map(({ id }) => id)).toEqual([offerId, first]);
    await here.end();
  });
});

describe('cases that somebody opened', () => {
  it('are theirs to know, with their own text and the outcome, and nobody else’s (§7)', async () => {
    const here = await projected([casesModel], story().events.map(onStream));
    const of = async (memberId: MemberId) => (await new CasesOpenedByHandler(here.store).execute(new CasesOpenedBy(lyon, memberId))).cases;
    expect(await of(bo)).toMatchObject([{ id: first, text: { text: 'Hors sujet' }, outcome: 'goes-on' }]);
    expect(JSON.stringify(await of(bo))).not.toContain('Recentré');
    expect(await of(ana)).toMatchObject([{ id: second, text: { text: 'Ton déplacé' } }]);
    expect(await of(gus)).toEqual([]);
    await here.end();
  });
});
