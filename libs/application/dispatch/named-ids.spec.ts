import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, IncidentId, MatchId, MemberId, NetworkId } from '#domain/ids';
import { draftedOffer, draftedRequest, offerContent, offerId, profile, requestContent, requestId } from '#testing/content';
import { lyon } from '#testing/network-facts';
import { ana, asFacilitator, asMember, asNetworkLead, system, bo } from '#testing/people';
import { topicsNamed } from '#testing/topics';
import { enrolled, openedWorld, world, type World } from '../application.fixture';

const nobody = '3c6f1d1e-0000-4000-8000-00000000000f' as MemberId;
const elsewhere = '0192f0c1-0000-7000-8000-0000000000ff' as NetworkId;
const nowhere = { text: 'Tri', uri: 'urn:nothing:here' };
const incidentId = 'incident-1' as IncidentId;

const report = (subject: { exchangeId?: ExchangeId; memberId?: MemberId }): SentCommand => ({
  type: 'ReportIncident',
  data: { incidentId, kind: 'behaviour', text: 't', subject: { exchangeId: null, memberId: null, indicator: null, ...subject } },
});

describe('ids that a command names (R24)', () => {
  let here: World;
  const give = (order: SentCommand, by = asMember(ana)) => here.give({ order, by, id: JSON.stringify(order) });
  const refused = async (order: SentCommand, by = asMember(ana)): Promise<string> => {
    const outcome = await give(order, by);
    return outcome.outcome === 'rejected' ? outcome.refusal.code : outcome.outcome;
  };

  beforeEach(async () => {
    here = await openedWorld(lyon, world(topicsNamed(offerContent().topic.uri!)));
    await enrolled(here, ana);
    await enrolled(here, bo);
  });

  it.each<readonly [string, SentCommand]>([
    ['an offer', { type: 'DraftOffer', data: { offerId: offerId('o'), memberId: ana, content: offerContent({ topic: nowhere }) } }],
    [
      'a request',
      { type: 'DraftRequest', data: { requestId: requestId('r'), memberId: ana, content: requestContent({ topic: nowhere }) } },
    ],
    [
      'what is published',
      { type: 'PublishOffer', data: { offerId: offerId('o'), memberId: ana, content: offerContent({ topic: nowhere }) } },
    ],
    ['a revision', { type: 'ReviseOffer', data: { offerId: offerId(`offer-of-${ana}`), content: offerContent({ topic: nowhere }) } }],
    [
      'an entry',
      {
        type: 'ApplyForMembership',
        data: {
          memberId: nobody,
          profile: profile(),
          entry: 'self',
          offers: [draftedOffer('a', { topic: nowhere })],
          requests: [draftedRequest()],
        },
      },
    ],
  ])('refuses %s whose topic the taxonomy does not have (R24, case 12)', async (_what, order) => {
    expect(await give(order)).toMatchObject({ refusal: { code: 'topic-not-found', topicUri: 'urn:nothing:here' } });
  });

  it('takes a topic that is named in words alone', async () => {
    const content = offerContent({ topic: { text: 'Tri', uri: null } });
    expect(await refused({ type: 'DraftOffer', data: { offerId: offerId('o'), memberId: ana, content } })).toBe('done');
  });

  it.each<readonly [string, SentCommand]>([
    ['contests an offer', { type: 'ContestOffer', data: { offerId: offerId(`offer-of-${ana}`), kind: 'misleading', text: 't' } }],
    ['contests a request', { type: 'ContestRequest', data: { requestId: requestId(`request-of-${ana}`), kind: 'misleading', text: 't' } }],
    ['reports an incident', report({})],
  ])('refuses somebody who %s without being enrolled (R14, case 12)', async (_what, order) => {
    expect(await refused(order, asMember(nobody))).toBe('not-enrolled');
    expect(await refused(order, asMember(bo))).not.toBe('not-enrolled');
  });

  it('takes a facilitator’s report, who need not be a member', async () =>
    expect(await refused(report({ memberId: ana }), asFacilitator())).toBe('done'));

  it('refuses a mediator who is not enrolled (R9, case 12)', async () => {
    const named = (memberId: MemberId): SentCommand => ({ type: 'NameMediator', data: { networkId: lyon, memberId } });
    expect(await refused(named(nobody), asNetworkLead())).toBe('not-enrolled');
    expect(await refused(named(bo), asNetworkLead())).toBe('done');
  });

  it('refuses a connection with a mediator who has left (R9)', async () => {
    const data = { matchId: 'm' as MatchId, mediatorId: bo, start: here.clock.now(), place: 'p' };
    expect(await refused({ type: 'PlanConnection', data }, asFacilitator())).toBe('match-not-found');
    await give({ type: 'LeaveNetwork', data: { memberId: bo, reason: null } }, asMember(bo));
    expect(await refused({ type: 'PlanConnection', data }, asFacilitator())).toBe('not-enrolled');
  });

  it.each<readonly [string, SentCommand, string]>([
    ['a pair', { type: 'ForbidPair', data: { networkId: lyon, pair: [ana, nobody], reason: 'r' } }, 'member-not-found'],
    ['a report about a person', report({ memberId: nobody }), 'member-not-found'],
    ['a report about an exchange', report({ exchangeId: 'exchange-none' as ExchangeId }), 'exchange-not-found'],
    [
      'a draft for somebody else',
      { type: 'DraftOffer', data: { offerId: offerId('o'), memberId: nobody, content: offerContent() } },
      'member-not-found',
    ],
  ])('refuses %s that names nobody and nothing here (R24, case 12)', async (_what, order, code) =>
    expect(await refused(order, asFacilitator())).toBe(code),
  );

  it('finds nobody of another network (R23, R24)', async () => {
    await openedWorld(elsewhere, here);
    const order: SentCommand = { type: 'NameMediator', data: { networkId: elsewhere, memberId: bo } };
    expect(await here.give({ order, by: asNetworkLead(), id: 'elsewhere', networkId: elsewhere })).toMatchObject({
      refusal: { code: 'not-enrolled' },
    });
  });

  it('asks no process again for what stands in the log', async () =>
    expect(
      await refused(
        { type: 'PublishOffer', data: { offerId: offerId('o'), memberId: ana, content: offerContent({ topic: nowhere }) } },
        system,
      ),
    ).toBe('done'));
});
