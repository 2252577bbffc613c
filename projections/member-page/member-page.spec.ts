import type { MatchId, MemberId } from '#domain/ids';
import type { MatchOrigin } from '#domain/match/match.events';
import type { Viewer } from '#domain/match/who-sees-whom';
import type { RecordedEvent } from '#event-store/codec.port';
import { eventExamples, exampleMeta, exampleStream } from '#testing/event-examples';
import { lyon } from '#testing/network-facts';
import { ana, bo, cleo, fay, moe } from '#testing/people';
import { projected, type Projected } from '#testing/projected';
import { storyteller } from '#testing/histories/story';
import { ReadMatch, ReadMatchHandler } from './match.queries';
import { ReadMemberPage, ReadMemberPageHandler } from './member-page.queries';
import { foldMatch } from './meeting.fold';
import { memberPageModel } from './member-page.table';

/** Ana gives to Bo, in the examples. */
const { matchId } = eventExamples.MatchProposed;
const because = 'La soudure commence par le calcul';
type Append = ReturnType<typeof storyteller>['told'];

const after = async (origin: MatchOrigin, then: (told: Append) => void = () => undefined) => {
  const { told, events } = storyteller();
  for (const memberId of [ana, bo]) told('MembershipRequested', { memberId, networkId: lyon }, { on: '2026-03-01' });
  told('MatchProposed', { origin, reason: origin.kind === 'round' ? null : because }, { on: '2026-03-02' });
  for (const [memberId, role] of [
    [ana, 'giver'],
    [bo, 'learner'],
  ] as const)
    told('EngagementReserved', { memberId, matchId, role }, { on: '2026-03-02' });
  then(told);
  const onStream = (event: RecordedEvent): RecordedEvent => {
    const ofMember = event.type.startsWith('Member') || event.type.startsWith('Engagement');
    const stream = ofMember ? `member-${memberOf(event)}` : exampleStream(event.type);
    return { ...event, meta: { ...event.meta, stream: stream as never } };
  };
  const memberOf = ({ data }: RecordedEvent): MemberId => (data as { memberId: MemberId }).memberId;
  const here: Projected = await projected([memberPageModel], events.map(onStream));
  const of = async (memberId: MemberId) => {
    const page = await new ReadMemberPageHandler(here.store).execute(new ReadMemberPage(lyon, memberId, { limit: 10 }));
    return { meetings: page.meetings.map(({ status }) => status), engagements: page.member?.engagements.length };
  };
  const whole = async (memberId: MemberId) =>
    (await new ReadMemberPageHandler(here.store).execute(new ReadMemberPage(lyon, memberId, { limit: 10 }))).meetings;
  const match = async (viewer: Partial<Viewer> & Pick<Viewer, 'memberId'>) => {
    const query = new ReadMatch(lyon, matchId, { facilitates: false, mediators: [moe], ...viewer });
    return (await new ReadMatchHandler(here.store).execute(query)).match;
  };
  const pages = { ana: await of(ana), bo: await of(bo) };
  const others = {
    page: { bo: await whole(bo), moe: await whole(moe) },
    ofMatch: {
      ana: await match({ memberId: ana }),
      bo: await match({ memberId: bo }),
      fay: await match({ memberId: fay, facilitates: true }),
      cleo: await match({ memberId: cleo }),
    },
  };
  await here.end();
  return { pages, ...others };
};
const pageAfter = async (...story: Parameters<typeof after>) => (await after(...story)).pages;

const NOTHING = { meetings: [], engagements: 0 };
const asked: MatchOrigin = { kind: 'member', by: bo };

describe('a match on a member’s own page (R11)', () => {
  it('is there before it is open for the one who asked for it, and for nobody else', async () => {
    expect(await pageAfter(asked)).toEqual({ bo: { meetings: ['proposed'], engagements: 1 }, ana: NOTHING });
  });

  it.each<MatchOrigin>([
    { kind: 'round', roundId: 'round-1' as never },
    { kind: 'facilitator', by: fay },
  ])('is there for nobody before it is open, where nobody asked for it: $kind', async (origin) => {
    expect(await pageAfter(origin)).toEqual({ ana: NOTHING, bo: NOTHING });
  });

  it('is there for all who take part once it is open', async () => {
    const opened = { meetings: ['opened'], engagements: 1 };
    expect(await pageAfter(asked, (told) => void told('MatchOpened', {}, { on: '2026-03-03' }))).toEqual({ ana: opened, bo: opened });
  });

  it('is never there for the others where it was superseded before it opened', async () => {
    const superseded = (told: Append) => void told('MatchSuperseded', { matchId: matchId as MatchId, memberId: ana }, { on: '2026-03-03' });
    const { ana: others, bo: asker } = await pageAfter(asked, superseded);
    expect([others.meetings, asker.meetings]).toEqual([[], ['superseded']]);
  });
});

describe('what a match tells those concerned', () => {
  it('is mediator, start and place, on the mediator’s page, too (R9, case 15)', async () => {
    const { start, place } = eventExamples.ConnectionPlanned;
    const { page, ofMatch } = await after(asked, (told) => {
      told('MatchOpened', {}, { on: '2026-03-03' });
      told('MatchConfirmed', {}, { on: '2026-03-04' });
      told('ConnectionPlanned', {}, { on: '2026-03-05', by: moe });
    });
    const met = { status: 'connection-planned', connection: { start, place }, mediator: { memberId: moe, seen: 'named' } };
    expect([page.bo, page.moe, ofMatch.fay]).toMatchObject([[met], [met], met]);
    expect(ofMatch.cleo).toBeNull();
  });

  it('is why it was proposed, where whoever did said so (R7)', async () => {
    const { page, ofMatch } = await after(asked, (told) => void told('MatchOpened', {}, { on: '2026-03-03' }));
    expect(page.bo).toMatchObject([{ reason: because }]);
    expect([ofMatch.ana, ofMatch.fay]).toMatchObject([{ reason: because }, { reason: because }]);
  });

  it('is the whole agreement for those who must confirm it, and none of it for a facilitator (R9, case 16)', async () => {
    const { agreement } = eventExamples.AgreementReached;
    const { page, ofMatch } = await after(asked, (told) => {
      told('MatchOpened', {}, { on: '2026-03-03' });
      told('MatchConfirmed', { connectionWaived: true }, { on: '2026-03-04' });
      told('AgreementReached', { recordedBy: ana, mediatorId: null, awaiting: [bo] }, { on: '2026-03-05', by: ana });
    });
    expect(page.bo).toMatchObject([{ status: 'confirmed', agreement, awaiting: [bo] }]);
    expect(ofMatch.fay).toMatchObject({ agreement: null, awaiting: [bo] });
  });

  it.each([
    ['at-capacity', 'at-capacity'],
    ['suspended', 'not-available'],
    ['left', 'not-available'],
  ] as const)('is why it was superseded, %s, but whether others are there is their own affair (R11, case 20)', async (reason, told) => {
    const superseded = { memberId: ana, reason };
    const { page, ofMatch } = await after(asked, (tell) => void tell('MatchSuperseded', superseded, { on: '2026-03-03' }));
    expect(page.bo).toMatchObject([{ status: 'superseded', superseded: { memberId: ana, reason: told } }]);
    expect(ofMatch.fay).toMatchObject({ superseded });
    expect(ofMatch.ana).toBeNull();
  });
});

describe('an entry on behalf, on the page of the person it is about', () => {
  const entries = async (...then: readonly ((told: Append) => void)[]) => {
    const { told, events } = storyteller();
    told(
      'MembershipRequested',
      { memberId: bo, networkId: lyon, entry: 'fair', confirmBy: '2026-04-01T00:00:00.000Z' as never },
      { on: '2026-03-01' },
    );
    for (const tell of then) tell(told);
    const here = await projected(
      [memberPageModel],
      events.map((event) => ({ ...event, meta: { ...event.meta, stream: `member-${bo}` as never } })),
    );
    const page = (cursor?: string) => new ReadMemberPage(lyon, bo, { limit: 10, ...(cursor ? { cursor } : {}) });
    const read = async (cursor?: string) => (await new ReadMemberPageHandler(here.store).execute(page(cursor))).entries;
    const [first, further] = [await read(), await read('request/')];
    await here.end();
    return { first, further };
  };

  it('shows the texts that wait for their word, once (R6, R14, case 10)', async () => {
    const { offers, requests } = eventExamples.MembershipRequested;
    const { first, further } = await entries();
    expect(first).toEqual([
      ...offers.map(({ offerId, content }) => ({
        kind: 'offer',
        id: offerId,
        content,
        networkId: lyon,
        memberId: bo,
        status: 'pending',
        uncontestedState: 'pending',
        matchId: null,
      })),
      ...requests.map(({ requestId, content }) => ({
        kind: 'request',
        id: requestId,
        content,
        networkId: lyon,
        memberId: bo,
        status: 'pending',
        uncontestedState: 'pending',
        matchId: null,
      })),
    ]);
    expect(first.length).toBeGreaterThan(0);
    expect(further).toEqual([]);
  });

  it.each(['MemberEnrolled', 'MemberLeft'] as const)('shows them no more after %s', async (type) => {
    expect((await entries((told) => void told(type, { memberId: bo, networkId: lyon }, { on: '2026-03-05' }))).first).toEqual([]);
  });
});

describe('a match’s score', () => {
  it('is shown to participants by fit, language and distance alone (§7)', () => {
    const event = { type: 'MatchProposed', data: eventExamples.MatchProposed, meta: exampleMeta(1) } as const;
    const { topic, level, language, distance } = event.data.score;
    expect(foldMatch(undefined, event)?.fit).toEqual({ topic, level, language, distance });
  });
});
