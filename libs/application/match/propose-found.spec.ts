import type { Instant } from '#kernel/id';
import type { MatchId, OfferId, RequestId, RoundId } from '#domain/ids';
import type { SentCommand } from '#domain/catalogue';
import { offerContent, requestContent } from '#testing/content';
import { lyon } from '#testing/network-facts';
import { ana, asMember, bo } from '#testing/people';
import { done, enrolled, named, nothingBetween, openedWorld, type World } from '../application.fixture';
import { SYSTEM } from '../process-commands';
import type { PairHistory } from './proposal';
import { proposeFound } from './propose-found';

const [offerId, requestId] = ['offer-1' as OfferId, 'request-1' as RequestId];
const found: Extract<SentCommand, { type: 'ProposeMatch' }>['data'] = {
  matchId: 'match-1' as MatchId,
  participants: [
    { memberId: ana, role: 'giver', offerId },
    { memberId: bo, role: 'learner', requestId },
  ],
  topicUri: null,
  level: 'beginner',
  language: 'fr',
  smallestGroup: 1,
  ringId: null,
  metBefore: false,
  score: { topic: 1, level: 1, language: 1, distance: 1, availability: 1, reciprocity: 0, waiting: 0, total: 1 },
  origin: { kind: 'round', roundId: 'round-1' as RoundId },
  facts: null,
};

describe('what a round found, when it is proposed', () => {
  let here: World;
  const propose = (history: Partial<PairHistory> = {}) =>
    proposeFound({ dispatcher: here.process().dispatcher, history: { ...nothingBetween, ...history } }, found, {
      networkId: lyon,
      by: SYSTEM,
      commandId: named('propose'),
    });
  const give = (order: SentCommand, memberId = ana) => done(here.give({ order, by: asMember(memberId), id: order.type }));

  beforeEach(async () => {
    here = await openedWorld();
    await enrolled(here, ana);
    await enrolled(here, bo);
    await give({ type: 'PublishOffer', data: { offerId, memberId: ana, content: offerContent({ largestGroup: 1 }) } });
    await give({ type: 'PublishRequest', data: { requestId, memberId: bo, content: requestContent() } }, bo);
  });

  it('is proposed where it holds still', async () => {
    expect(await done(propose())).toMatchObject({ eventTypes: ['MatchProposed'] });
  });

  it.each<[string, SentCommand, typeof ana, string]>([
    ['the offer was paused', { type: 'PauseOffer', data: { offerId } }, ana, 'offer-not-open'],
    ['the request was withdrawn', { type: 'WithdrawRequest', data: { requestId } }, bo, 'request-not-open'],
    [
      'the offer takes more at once by now',
      { type: 'ReviseOffer', data: { offerId, content: offerContent({ smallestGroup: 2, largestGroup: 3 }) } },
      ana,
      'too-few-learners',
    ],
    [
      'the offer is on another topic by now',
      {
        type: 'ReviseOffer',
        data: { offerId, content: offerContent({ topic: { text: 'Soudure', uri: 'https://example.org/topics/welding' } }) },
      },
      ana,
      'topics-differ',
    ],
  ])('is refused where %s meanwhile (R7, R16, case 14)', async (_what, order, memberId, code) => {
    await give(order, memberId);
    expect(await propose()).toMatchObject({ outcome: 'rejected', refusal: { code } });
    expect(await here.types('match-match-1')).toEqual([]);
  });

  it('is refused where the rest of its pair began meanwhile (R16, case 14)', async () => {
    const lastTogether = async (): Promise<Instant> => here.clock.now();
    expect(await propose({ lastTogether })).toMatchObject({ outcome: 'rejected', refusal: { code: 'pair-resting' } });
  });

  it.each<[string, SentCommand]>([
    ['left', { type: 'LeaveNetwork', data: { memberId: ana, reason: null } }],
    ['paused', { type: 'PauseMembership', data: { memberId: ana, until: '2026-05-01T00:00:00.000Z' as Instant } }],
  ])(
    'is refused by the stream of who %s meanwhile, with that reason, before anybody is told (R11, R16, case 14)',
    async (reason, order) => {
      await give(order);
      await done(propose());
      const place = { matchId: found.matchId, memberId: ana, role: 'giver', offerId, requestId: null } as const;
      await done(here.give({ order: { type: 'ReserveEngagement', data: place }, by: SYSTEM, id: 'reserve' }));
      const [last] = (await here.stored(`member-${ana}`)).slice(-1);
      expect([last?.type, JSON.parse(last?.data ?? '{}')]).toMatchObject(['EngagementRefused', { reason }]);
    },
  );
});
