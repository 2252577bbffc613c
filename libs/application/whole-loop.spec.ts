import 'reflect-metadata';
import { CommandBus } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import type { ExchangeId, MatchId, MemberId, NetworkId, OfferId, RequestId, SessionId } from '#domain/ids';
import type { Command } from '@nestjs/cqrs';
import { defaultPolicy } from '#domain/network/policy';
import type { DomainActor } from '#domain/vocabulary';
import { offerContent, profile, requestContent } from '#testing/content';
import { highsSolver } from '#highs/highs-solver';
import { everyTopic } from '#testing/topics';
import { lyon } from '#testing/network-facts';
import { salt } from '#testing/histories/exchange-story';
import { acting, ana, asFacilitator, asMember, asNetworkLead, bo, cleo, moe } from '#testing/people';
import type { Instant } from '#kernel/id';
import type { RequestInput } from '#matching/round-inputs';
import { directory } from '#projections/directory/directory.projection';
import { matchingPool } from '#projections/matching-pool/matching-pool.projection';
import { AcceptMatch } from './match/accept-match';
import { done, named, nothingBetween, world, type World } from './application.fixture';
import { ApplicationModule } from './application.module';
import { AnswerRequest } from './match/answer-request';
import { ApplyOnBehalf } from './member/apply-on-behalf';
import { AskForOffer } from './match/ask-for-offer';
import { ConfirmHeld } from './exchange/confirm-held';
import { CorrectSession } from './exchange/correct-session';
import type { Application } from './create-application';
import { EnrolMember } from './member/enrol-member';
import type { Envelope } from './dispatch/envelope';
import { idFrom } from './dispatch/derived-ids';
import { NameMediator } from './network/name-mediator';
import { OpenNetwork } from './network/open-network';
import type { Outcome } from './dispatch/outcome';
import { PauseMembership } from './member/pause-membership';
import { PlanConnection } from './match/plan-connection';
import { playedProcesses } from './played-processes.fixture';
import { ProposeMatch } from './match/propose-match';
import { PublishCharter } from './network/publish-charter';
import { PublishOffer } from './offer/publish-offer';
import { RecordAgreement } from './match/record-agreement';
import { ReportSession } from './exchange/report-session';
import { RunMatchingRound } from './round/run-matching-round';
import { SubmitEvaluation } from './exchange/submit-evaluation';
import { DISPATCHER, EXECUTE_ORDER } from './dispatch/tokens';

const envelope = (id: string, by: DomainActor, networkId: NetworkId = lyon): Envelope => ({ networkId, by, commandId: named(id) });
const offerOf = (person: MemberId): OfferId => idFrom<OfferId>(named(`enrol ${person}`), 'offer/0');
const requestOf = (person: MemberId): RequestId => idFrom<RequestId>(named(`enrol ${person}`), 'request/0');
const asMediator = acting(moe, 'mediator');

describe('the whole loop, through the command bus', () => {
  let here: World;
  let module: TestingModule;
  let settle: () => Promise<void>;
  const execute = (command: Command<Outcome>): Promise<Outcome> => module.get(CommandBus).execute(command);
  const enrol = (person: MemberId) =>
    execute(
      new EnrolMember(envelope(`enrol ${person}`, asMember(person)), {
        charterVersion: 1,
        profile: profile() as never,
        offers: [offerContent({ topic: { text: person, uri: `urn:topic:${person}` } }) as never],
        requests: [requestContent({ topic: { text: ana, uri: `urn:topic:${ana}` } }) as never],
      }),
    );
  const ask = (id = 'ask') => execute(new AskForOffer(envelope(id, asMember(bo)), offerOf(ana), { requestId: requestOf(bo) }));
  const matchId = idFrom<MatchId>(named('ask'), 'match');
  const exchangeId = idFrom<ExchangeId>(matchId, 'exchange');
  const inputs = { asOf: '2026-03-02T09:00:00.000Z' as Instant, offers: [], givers: [], pairs: [] };

  let requests: RequestInput[];

  beforeEach(async () => {
    here = world();
    requests = [];
    const ports = {
      log: here.log,
      codec: here.codec,
      clock: here.clock,
      keyring: here.keys,
      identities: here.keys,
      ledger: here.keys,
      topics: everyTopic,
      texts: here.texts,
      pairHistory: nothingBetween,
      ringSolver: highsSolver,
      roundInputs: {
        freeze: async (_: unknown, asOf: Instant) => ({
          inputs: { ...inputs, asOf, requests, forbiddenPairs: [], unavailable: [] },
          readUpTo: null,
          facts: { policy: defaultPolicy, policyVersion: 1 },
          unreadable: 0,
        }),
        inputsAt: () => Promise.reject(new Error('no round stops halfway here')),
      },
      retryDelays: [0],
    };
    module = await Test.createTestingModule({ imports: [ApplicationModule.register(ports)] }).compile();
    await module.init();
    const application = { dispatcher: module.get(DISPATCHER), execute: module.get(EXECUTE_ORDER) } as Application;
    settle = playedProcesses(here, application);
    await done(execute(new OpenNetwork(envelope('open', asNetworkLead()), { label: 'Lyon' })));
    await done(execute(new PublishCharter(envelope('charter', asNetworkLead()), { text: { fr: 'La charte' } })));
    for (const person of [ana, bo, moe]) await done(enrol(person));
    await done(execute(new NameMediator(envelope('mediator', asNetworkLead()), moe)));
    await settle();
  });
  afterEach(() => module.close());

  const sessionId = idFrom<SessionId>(named('agree'), 'session/0');
  const played = async (): Promise<void> => {
    await done(ask());
    await settle();
    await done(execute(new AcceptMatch(envelope('accept', asMember(ana)), matchId)));
    const connection = { mediatorId: moe, start: '2026-03-05T09:00:00.000Z' as Instant, place: 'Salle 2' };
    await done(execute(new PlanConnection(envelope('connect', asMediator), matchId, connection)));
    const sessions = [{ start: '2026-03-09T09:00:00.000Z' as Instant, minutes: 60 }];
    const agreement = { content: 'Tableaux', method: 'Côte à côte', place: 'Salle 2', sessions, criteria: [{ text: 'Sait filtrer' }] };
    await done(execute(new RecordAgreement(envelope('agree', asMediator), matchId, agreement)));
    await settle();
    here.clock.set('2026-03-09T11:00:00.000Z');
    const present = [
      { memberId: ana, role: 'giver', minutesOutside: 0 },
      { memberId: bo, role: 'learner', minutesOutside: 15 },
    ] as const;
    const report = { sessionId, start: sessions[0]!.start, minutes: 60, present };
    await done(execute(new ReportSession(envelope('report', asMember(ana)), exchangeId, report)));
    await done(execute(new ConfirmHeld(envelope('held ana', asMember(ana)), exchangeId)));
    await done(execute(new ConfirmHeld(envelope('held bo', asMember(bo)), exchangeId)));
    await settle();
  };

  it('goes from two enrolments to an evaluated exchange with its hours (R1, R8 to R13, R20)', async () => {
    await played();
    const criteria = [{ criterionId: idFrom<never>(named('agree'), 'criterion/0'), score: 5 }];
    await done(execute(new SubmitEvaluation(envelope('ev ana', asMember(ana)), exchangeId, { overall: 5, criteria, again: true }, salt)));
    await done(
      execute(new SubmitEvaluation(envelope('ev bo', asMember(bo)), exchangeId, { overall: 4, criteria, usable: 4, again: true }, salt)),
    );
    await settle();
    const types = await here.types(`exchange-${exchangeId}`);
    expect(types).toEqual(expect.arrayContaining(['ExchangeAgreed', 'ExchangeHeld', 'ExchangeEvaluated', 'ExchangeClosed']));
    expect(types.filter((type) => type === 'TrainingHoursRecorded')).toHaveLength(2);
    expect(await here.types(`request-${requestOf(bo)}`)).toEqual(['RequestPublished', 'RequestMatched', 'RequestMet']);
    expect((await here.types(`member-${ana}`)).slice(-2)).toEqual(['EngagementReserved', 'EngagementReleased']);
  });

  it('seeks anew for a learner who says later that they were not there, and no more once they were (R12, R21)', async () => {
    await played();
    const request = `request-${requestOf(bo)}`;
    const correct = (id: string, now: { role: 'learner'; minutesOutside: number } | null) =>
      done(execute(new CorrectSession(envelope(id, asMember(bo)), exchangeId, sessionId, { now })));
    // As the read models see it, which know of a request only what its stream says.
    const seen = async () => {
      const events = (await here.stored()).filter(({ stream }) => stream === request).map((stored) => here.codec.decode(stored));
      const row = (projection: { evolve: (row: never, event: never, key: string) => { row: unknown } }) =>
        events.reduce<unknown>(
          (before, event) => projection.evolve(before as never, event as never, `request/${requestOf(bo)}`).row,
          undefined,
        );
      return { pool: row(matchingPool as never), directory: row(directory as never) };
    };
    expect(await seen()).toMatchObject({ pool: { over: true }, directory: null });
    await correct('not there', null);
    await settle();
    expect((await here.types(request)).slice(2)).toEqual(['RequestMet', 'RequestPublished', 'RequestReopened']);
    expect(await seen()).toMatchObject({ pool: { over: false, matched: false }, directory: { listed: true, matched: false } });
    await correct('there', { role: 'learner', minutesOutside: 0 });
    await settle();
    expect((await here.types(request)).slice(5)).toEqual(['RequestMet']);
    expect(await seen()).toMatchObject({ pool: { over: true }, directory: null });
  });

  it('confirms once when the last two accept at the same moment (R10)', async () => {
    await done(enrol(cleo));
    await settle();
    const group = { offerIds: [offerOf(ana)], requestIds: [requestOf(bo), requestOf(cleo)] };
    await done(execute(new ProposeMatch(envelope('propose', asFacilitator()), group)));
    await settle();
    const proposed = idFrom<MatchId>(named('propose'), 'match');
    const accepts = [ana, bo, cleo].map((person) => {
      const order = { type: 'AcceptMatch', data: { matchId: proposed, memberId: person } } as const;
      return here.give({ order, by: asMember(person), id: `accept ${person}` }, here.process());
    });
    const raced = await Promise.allSettled(accepts);
    expect(raced.map((one) => one.status === 'fulfilled' && one.value.outcome)).toEqual(['done', 'done', 'done']);
    const types = await here.types(`match-${proposed}`);
    expect(types.filter((type) => type === 'MatchAccepted')).toHaveLength(3);
    expect(types.filter((type) => type === 'MatchConfirmed')).toHaveLength(1);
  });

  it('answers a repeated ask as the first time, though its request is matched by now (R22)', async () => {
    const first = await done(ask());
    await settle();
    expect(await done(ask())).toEqual({ ...first, repeated: true });
    expect(await ask('another ask')).toMatchObject({ outcome: 'rejected', refusal: { code: 'request-not-open' } });
  });

  it('publishes what a member asks with first, and nothing where the ask would be refused: topics that differ want a reason (R7, case 7)', async () => {
    const content = requestContent({ wording: 'Autre chose' }) as never;
    const request = `request-${idFrom(named('ask anew'), 'request')}`;
    const anew = (dto: object) => execute(new AskForOffer(envelope('ask anew', asMember(bo)), offerOf(ana), { content, ...dto }));
    expect(await anew({})).toEqual({ outcome: 'rejected', refusal: { code: 'topics-differ' } });
    expect(await here.types(request)).toEqual([]);
    const reason = 'Un tableau, pour préparer ma prise de parole';
    await done(anew({ reason }));
    expect(await here.types(request)).toEqual(['RequestPublished']);
    const pair = { networkId: lyon, pair: [ana, bo], reason: 'Litige' } as const;
    await done(here.give({ order: { type: 'ForbidPair', data: pair }, by: asFacilitator(), id: 'forbid' }));
    const refused = await execute(new AskForOffer(envelope('ask in vain', asMember(bo)), offerOf(ana), { content, reason }));
    expect(refused).toEqual({ outcome: 'rejected', refusal: { code: 'pair-forbidden' } });
    expect(await here.types(`request-${idFrom(named('ask in vain'), 'request')}`)).toEqual([]);
  });

  it('lets nobody ask with the request of another, nor with two, nor with none (R6)', async () => {
    const by = (dto: object) => execute(new AskForOffer(envelope('x', asMember(cleo)), offerOf(ana), dto));
    expect(await by({ requestId: requestOf(bo) })).toMatchObject({ refusal: { code: 'not-yours' } });
    expect(await by({})).toMatchObject({ refusal: { code: 'name-one-or-give-content' } });
    expect(await by({ requestId: requestOf(bo), content: requestContent() })).toMatchObject({
      refusal: { code: 'name-one-or-give-content' },
    });
  });

  it('publishes for nobody who is not in the network (R1)', async () => {
    const command = new PublishOffer(envelope('publish', asMember(cleo)), null, { content: offerContent() as never });
    expect(await execute(command)).toEqual({ outcome: 'rejected', refusal: { code: 'not-enrolled' } });
  });

  it('goes on with an enrolment that stopped halfway, under another command id (R1)', async () => {
    here.clock.set('2026-03-03T09:00:00.000Z');
    const entry = {
      charterVersion: 7,
      profile: profile() as never,
      offers: [offerContent() as never],
      requests: [requestContent({ topic: { text: ana, uri: `urn:topic:${ana}` } }) as never],
    };
    const first = await execute(new EnrolMember(envelope('too old', asMember(cleo)), entry));
    expect(first).toMatchObject({ outcome: 'rejected', refusal: { code: 'not-the-current-charter' } });
    await done(execute(new EnrolMember(envelope('right', asMember(cleo)), { ...entry, charterVersion: 1 })));
    // Their second word on the profile counts, too.
    const entered = ['MembershipRequested', 'CharterAccepted', 'ProfileChanged', 'MemberEnrolled'];
    expect(await here.types(`member-${cleo}`)).toEqual(entered);
  });

  it('writes nothing in a dry run, and lets nobody run one who may not run a round', async () => {
    const before = (await here.stored()).length;
    const dry = new RunMatchingRound(envelope('dry', asFacilitator()), { dryRun: true });
    expect(await module.get(CommandBus).execute(dry)).toMatchObject({ outcome: 'dry-run', round: { matches: [], unmatched: [] } });
    const forbidden = new RunMatchingRound(envelope('dry', asMember(bo)), { dryRun: true });
    expect(await module.get(CommandBus).execute(forbidden)).toMatchObject({ outcome: 'rejected', refusal: { code: 'not-allowed' } });
    expect((await here.stored()).length).toBe(before);
    await done(execute(new RunMatchingRound(envelope('round', asFacilitator()), {}) as Command<Outcome>));
    expect((await here.stored()).slice(before).map(({ type }) => type)).toEqual(['MatchingRoundStarted', 'MatchingRoundCompleted']);
  });

  it('makes the same round of the same inputs, whatever the clock says by the minute, and as of a day that is named (R18, case 19)', async () => {
    const dry = async (id: string, dto: object = {}) => {
      const answer = await module
        .get(CommandBus)
        .execute(new RunMatchingRound(envelope(id, asFacilitator()), { dryRun: true, seed: 7, ...dto }));
      if (answer.outcome !== 'dry-run') throw new Error('a dry run');
      const { asOf, inputHash } = answer.round;
      return { asOf, inputHash };
    };
    here.clock.set('2026-03-02T09:00:00.000Z');
    const first = await dry('one');
    here.clock.set('2026-03-02T09:00:01.000Z');
    expect(await dry('two')).toEqual(first);
    here.clock.set('2026-03-03T09:00:00.000Z');
    expect((await dry('three')).inputHash).not.toBe(first.inputHash);
    expect(await dry('four', { asOf: first.asOf })).toEqual(first);
    expect(await dry('five', { asOf: '2026-04-01T00:00:00.000Z' })).toMatchObject({ asOf: '2026-03-03T09:00:00.000Z' });
  });

  it('records a round larger than one append, and answers its repeat as the first time (R18, R22)', async () => {
    const content = {
      topicUri: null,
      topicKey: 'k',
      level: 'beginner',
      language: 'fr',
      place: 'remote',
      site: null,
      availability: [],
    } as const;
    const request = (id: string): RequestInput => ({ ...content, requestId: id as RequestId, memberId: bo, openSince: inputs.asOf });
    requests = Array.from({ length: 9000 }, (_, index) => request(`r${index}`));
    const run = () => execute(new RunMatchingRound(envelope('round', asFacilitator()), { seed: 7 }) as Command<Outcome>);
    const first = await done(run());
    const types = await here.types(`round-${idFrom(named('round'), 'round')}`);
    expect(types.filter((type) => type === 'RequestsLeftUnmatched')).toHaveLength(18);
    expect([types[0], types.at(-1)]).toEqual(['MatchingRoundStarted', 'MatchingRoundCompleted']);
    requests = [];
    expect(await done(run())).toEqual({ ...first, repeated: true });
  });

  it('publishes what an entry on behalf carried once the person has confirmed and declared, its texts where they were written (R6, R14, R19)', async () => {
    const undeclared = { declaredProfessional: false };
    const sides = { offers: [offerContent(undeclared) as never], requests: [requestContent(undeclared) as never] };
    const entry = { subject: 'cleo@company', profile: profile() as never, entry: 'fair', ...sides } as const;
    const command = () => new ApplyOnBehalf(envelope('fair', asFacilitator()), entry);
    const { memberId } = (await execute(command())) as Outcome & { memberId: MemberId };
    expect(await here.keys.find(lyon, 'cleo@company')).toBe(memberId);
    expect(await execute(command())).toMatchObject({ outcome: 'done', repeated: true, memberId });
    const confirmation = { charterVersion: 1, declaredProfessional: true, offers: [], requests: [] };
    await done(execute(new EnrolMember(envelope('confirm', asMember(memberId)), confirmation)));
    await settle();
    const [published] = await here.stored(`offer-${idFrom(named('fair'), 'offer/0')}`);
    expect(published?.type).toBe('OfferPublished');
    const [application] = await here.stored(`member-${memberId}`);
    expect(published?.data).toContain('"declaredProfessional":true');
    expect(published?.data).toContain(`"wording":{"ref":"${application?.eventId}#/offers/0/content/wording"}`);
  });

  it('answers a request with an offer published for it (R7)', async () => {
    const content = offerContent({ wording: 'Je peux le montrer', topic: { text: ana, uri: `urn:topic:${ana}` } }) as never;
    await done(execute(new AnswerRequest(envelope('answer', asMember(ana)), requestOf(bo), { content })));
    await settle();
    expect(await here.types(`offer-${idFrom(named('answer'), 'offer')}`)).toEqual(['OfferPublished']);
    expect((await here.types(`match-${idFrom(named('answer'), 'match')}`)).slice(0, 2)).toEqual(['MatchProposed', 'MatchOpened']);
  });

  it('proposes nobody who is paused (R16)', async () => {
    await done(execute(new PauseMembership(envelope('pause', asMember(ana)), ana, { until: '2026-06-01T00:00:00.000Z' as Instant })));
    expect(await ask()).toEqual({ outcome: 'rejected', refusal: { code: 'participant-not-available' } });
  });
});
