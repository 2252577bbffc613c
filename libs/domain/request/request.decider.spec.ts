import { command, now, type Circumstances } from '#testing/commands';
import { requestContent, requestId } from '#testing/content';
import { requestExamples } from '#testing/examples/request.examples';
import { specifying } from '#testing/given-when-then';
import { play } from '#testing/histories';
import { factsWithPolicy, lyon } from '#testing/network-facts';
import { ana, asFacilitator, asMediator, asMember, asNetworkLead, bo, cleo, fay, gus, system } from '#testing/people';
import { anyHistory, anyMoment, expectRepeatsToMakeNothing } from '#testing/random-histories';
import fc from 'fast-check';
import { addDays, addMilliseconds, addMonths } from '../calendar';
import type { Instant } from '#kernel/id';
import type { DataOf } from '#kernel/message';
import type { ExchangeId, MatchId } from '../ids';
import type { RequestCommand } from './request.commands';
import { requestDecider } from './request.decider';
import type { RequestEvent } from './request.events';

const request = specifying(requestDecider);
const id = requestId('request-of-ana');
const ids = { requestId: id, memberId: ana, networkId: lyon };
const content = requestContent();
const other = requestContent({ level: 'advanced' });
const matchId = 'match-1' as MatchId;
const otherMatch = 'match-2' as MatchId;
const exchangeId = 'exchange-1' as ExchangeId;
const reviewDueAt = addMonths(now, 12);
const lapseAt = addDays(reviewDueAt, 30);
const settleBy = addDays(now, 10);

const drafted: RequestEvent = { type: 'RequestDrafted', data: { ...ids, content } };
const published: RequestEvent = { type: 'RequestPublished', data: { ...ids, content, reviewDueAt } };
const reviewDue: RequestEvent = { type: 'RequestReviewDue', data: { ...ids, lapseAt } };
const paused: RequestEvent = { type: 'RequestPaused', data: ids };
const withdrawn: RequestEvent = { type: 'RequestWithdrawn', data: ids };
const lapsed: RequestEvent = { type: 'RequestLapsed', data: ids };
const matched: RequestEvent = { type: 'RequestMatched', data: { ...ids, matchId } };
const met: RequestEvent = { type: 'RequestMet', data: { ...ids, matchId, exchangeId } };
const reopened = (review = reviewDueAt): RequestEvent => ({ type: 'RequestReopened', data: { ...ids, matchId, reviewDueAt: review } });
const resumed = (heldBy: MatchId | null = null): RequestEvent => ({ type: 'RequestResumed', data: { ...ids, reviewDueAt, heldBy } });
const contested = (by = cleo): RequestEvent => ({
  type: 'RequestContested',
  data: { ...ids, by, kind: 'a-service', text: 'C’est un service', settleBy },
});
const settled = (outcome: 'kept' | 'taken-down'): RequestEvent => ({
  type: 'RequestContestSettled',
  data: { ...ids, by: fay, outcome, text: 'Vu ensemble' },
});

const draft = (by = asMember(ana), given = content) => command('DraftRequest', { requestId: id, memberId: ana, content: given }, by);
const publish = (given: DataOf<RequestCommand, 'PublishRequest'>['content'] = content, by = asMember(ana)) =>
  command('PublishRequest', { requestId: id, memberId: ana, content: given }, by);
const revise = (to = other, by = asMember(ana)) => command('ReviseRequest', { requestId: id, content: to }, by);
const simple = (
  type: 'ConfirmRequest' | 'PauseRequest' | 'ResumeRequest' | 'WithdrawRequest',
  by = asMember(ana),
  more: Circumstances = {},
) => command(type, { requestId: id }, by, more);
const contest = (by = asMember(cleo)) => command('ContestRequest', { requestId: id, kind: 'a-service', text: 'C’est un service' }, by);
const settle = (outcome: 'kept' | 'taken-down', by = asFacilitator()) =>
  command('SettleRequestContest', { requestId: id, outcome, text: 'Vu ensemble' }, by);
const callReview = (window: Instant, at: Instant = window, by = system) =>
  command('CallRequestReview', { requestId: id, reviewDueAt: window }, by, { at });
const lapse = (window: Instant, at: Instant = window, by = system) =>
  command('LapseRequest', { requestId: id, lapseAt: window }, by, { at });

const takeUp = (by = system, which = matchId) => command('MatchRequest', { requestId: id, matchId: which }, by);
const meet = (by = system, which = matchId) => command('MeetRequest', { requestId: id, matchId: which, exchangeId }, by);
const reopen = (by = system, which = matchId) => command('ReopenRequest', { requestId: id, matchId: which }, by);

describe('publishing a request', () => {
  it('is declared by its author alone, who may take a draft as it stands (R14, case 10)', () => {
    request.given().when(draft(asFacilitator())).thenRefused('declared-by-another');
    const undeclared = requestContent({ declaredProfessional: false });
    const draftedFor: RequestEvent = { type: 'RequestDrafted', data: { ...ids, content: undeclared } };
    const asItStands = (declared: boolean) =>
      command('PublishRequest', { requestId: id, memberId: ana, content: null, declared }, asMember(ana));
    request.given(draftedFor).when(asItStands(false)).thenRefused('not-declared-professional');
    request.given(draftedFor).when(asItStands(true)).then(published);
  });

  it('drafts for oneself, or with a facilitator’s help, never for another (R6)', () => {
    request.given().when(draft()).then(drafted);
    const undeclared = requestContent({ declaredProfessional: false });
    const draftedFor: RequestEvent = { type: 'RequestDrafted', data: { ...ids, content: undeclared } };
    request.given().when(draft(asFacilitator(), undeclared)).then(draftedFor);
    request
      .given()
      .when(draft(asMember(bo)))
      .thenRefused('not-allowed');
    request.given(drafted).when(draft()).thenNothing();
    request.given(published).when(draft()).thenRefused('request-exists');
  });

  it('publishes with no draft before, and a draft as it stands', () => {
    request.given().when(publish()).then(published);
    request.given(drafted).when(publish(null)).then(published);
    request.given().when(publish(null)).thenRefused('request-not-found');
  });

  it('is published by its author alone, or from their enrolment (R6, R1)', () => {
    request.given().when(publish(content, system)).then(published);
    for (const by of [asMember(bo), asFacilitator(), asNetworkLead(), asMediator()])
      request.given(drafted).when(publish(null, by)).thenRefused('not-allowed');
    request
      .given(drafted)
      .when(command('PublishRequest', { requestId: id, memberId: bo, content }, asMember(bo)))
      .thenRefused('not-allowed');
  });

  it('needs no one’s approval, only what the author declares (R5, R14)', () => {
    request
      .given()
      .when(publish(requestContent({ declaredProfessional: false })))
      .thenRefused('not-declared-professional');
    request.given(drafted).when(publish(null)).then(published);
  });

  it.each([
    ['wording-missing', { wording: ' ' }],
    ['topic-missing', { topic: { text: '', uri: null } }],
    ['site-missing', { place: 'site', site: null }],
  ] as const)('refuses a content with %s', (code, change) => {
    request
      .given()
      .when(publish(requestContent(change)))
      .thenRefused(code);
    request
      .given(published)
      .when(revise(requestContent(change)))
      .thenRefused(code);
  });

  it('takes a reference for a text that was given before', () => {
    const written = requestContent({ wording: { ref: 'event#/content/wording' } });
    request
      .given()
      .when(publish(written, system))
      .then({ type: 'RequestPublished', data: { ...ids, content: written, reviewDueAt } });
  });

  it('publishes once: again is nothing, otherwise is a revision (R22)', () => {
    request.given(published).when(publish()).thenNothing();
    request.given(published, reviewDue).when(publish(null)).thenNothing();
    request.given(published).when(publish(other)).thenRefused('request-already-published');
    request.given(published, paused).when(publish()).thenRefused('request-paused');
    request.given(published, withdrawn).when(publish()).thenRefused('request-ended');
  });
});

describe('the author’s word', () => {
  it.each(['ConfirmRequest', 'PauseRequest', 'ResumeRequest', 'WithdrawRequest'] as const)('only the author may %s (R6)', (type) => {
    for (const by of [asMember(bo), asFacilitator(), asNetworkLead()])
      request.given(published).when(simple(type, by)).thenRefused('not-allowed');
    request.given().when(simple(type)).thenRefused('request-not-found');
  });

  it('only the author may revise, as a new event (R6, R21)', () => {
    request
      .given(published)
      .when(revise())
      .then({ type: 'RequestRevised', data: { ...ids, content: other } });
    request.given(published).when(revise(other, asFacilitator())).thenRefused('not-allowed');
    request.given(published).when(revise(content)).thenNothing();
    request.given(published, lapsed).when(revise()).thenRefused('request-ended');
  });

  it('a draft may be revised while it is not fit to be published yet', () => {
    const undeclared = requestContent({ declaredProfessional: false });
    request
      .given(drafted)
      .when(revise(undeclared))
      .then({ type: 'RequestRevised', data: { ...ids, content: undeclared } });
  });

  it('pauses, and resumes with a new review window', () => {
    request.given(published).when(simple('PauseRequest')).then(paused);
    request.given(published, paused).when(simple('PauseRequest')).thenNothing();
    const at = addDays(now, 40);
    const resumedThen: RequestEvent = { type: 'RequestResumed', data: { ...ids, reviewDueAt: addMonths(at, 12), heldBy: null } };
    request
      .given(published, paused)
      .when(simple('ResumeRequest', asMember(ana), { at }))
      .then(resumedThen);
    request.given(published).when(simple('ResumeRequest')).thenNothing();
    request.given(drafted).when(simple('PauseRequest')).thenRefused('request-not-published');
    request.given(published, lapsed).when(simple('ResumeRequest')).thenRefused('request-ended');
    request.given(published, reviewDue).when(simple('ResumeRequest')).thenNothing();
    request.given(drafted).when(simple('ResumeRequest')).thenRefused('request-not-published');
  });

  it('withdraws, and the system does so for who left', () => {
    request.given(published).when(simple('WithdrawRequest')).then(withdrawn);
    request.given(drafted).when(simple('WithdrawRequest')).then(withdrawn);
    request.given(published, paused).when(simple('WithdrawRequest', system)).then(withdrawn);
    request.given(published, withdrawn).when(simple('WithdrawRequest')).thenNothing();
    request.given(published, lapsed).when(simple('WithdrawRequest')).thenRefused('request-ended');
  });
});

describe('the review window', () => {
  it('is fixed by the policy of the moment it opens', () => {
    const network = factsWithPolicy({ reviewMonths: 3, reviewDays: 7 });
    const at = addDays(now, 1);
    const confirmed: RequestEvent = { type: 'RequestConfirmed', data: { ...ids, reviewDueAt: addMonths(at, 3) } };
    request
      .given(published)
      .when(simple('ConfirmRequest', asMember(ana), { at, network }))
      .then(confirmed);
  });

  it('calls to review when it ends, not before, and by the clock only', () => {
    request.given(published).when(callReview(reviewDueAt)).then(reviewDue);
    request
      .given(published)
      .when(callReview(reviewDueAt, addDays(reviewDueAt, -1)))
      .thenRefused('window-still-open');
    request
      .given(published)
      .when(callReview(reviewDueAt, reviewDueAt, asMember(ana)))
      .thenRefused('not-allowed');
  });

  it('ignores a window that has moved since, or rests during a pause', () => {
    const confirmed: RequestEvent = { type: 'RequestConfirmed', data: { ...ids, reviewDueAt: addMonths(now, 13) } };
    request.given(published, confirmed).when(callReview(reviewDueAt)).thenNothing();
    request.given(published, paused).when(callReview(reviewDueAt)).thenNothing();
    request.given(published, reviewDue, paused).when(lapse(lapseAt)).thenNothing();
    request.given(published, reviewDue, confirmed).when(lapse(lapseAt)).thenNothing();
    request
      .given(published, reviewDue)
      .when(lapse(addDays(lapseAt, 1)))
      .thenNothing();
  });

  it('lapses unless confirmed', () => {
    request.given(published).when(simple('ConfirmRequest')).thenNothing();
    request
      .given(published, reviewDue)
      .when(lapse(lapseAt, lapseAt, asMember(ana)))
      .thenRefused('not-allowed');
    request.given(published, reviewDue).when(lapse(lapseAt)).then(lapsed);
    request
      .given(published, reviewDue)
      .when(lapse(lapseAt, addDays(lapseAt, -1)))
      .thenRefused('window-still-open');
    const at = addDays(reviewDueAt, 3);
    const confirmed: RequestEvent = { type: 'RequestConfirmed', data: { ...ids, reviewDueAt: addMonths(at, 12) } };
    request
      .given(published, reviewDue)
      .when(simple('ConfirmRequest', asMember(ana), { at }))
      .then(confirmed);
    request.given(published, reviewDue, lapsed).when(simple('ConfirmRequest')).thenRefused('request-ended');
    request.given(published, paused).when(simple('ConfirmRequest')).thenRefused('request-paused');
    request.given(drafted).when(simple('ConfirmRequest')).thenRefused('request-not-published');
  });
});

describe('a contested request', () => {
  it('is contested afterwards, by somebody else, and stays published meanwhile (R14)', () => {
    request.given(published).when(contest()).then(contested());
    request
      .given(published)
      .when(contest(asMember(ana)))
      .thenRefused('not-allowed');
    request.given(published).when(contest(system)).thenRefused('not-allowed');
    request.given(drafted).when(contest()).thenRefused('request-not-published');
    request.given(published, withdrawn).when(contest()).thenRefused('request-ended');
    expect(request.given(published).when(contest()).state.status).toBe('published');
  });

  it('has one contest at a time (R14, R22)', () => {
    request.given(published, contested()).when(contest()).thenNothing();
    request
      .given(published, contested())
      .when(contest(asMember(bo)))
      .thenRefused('already-contested');
  });

  it('is settled by a facilitator, kept or taken down (R14)', () => {
    request.given(published, contested()).when(settle('kept')).then(settled('kept'));
    request.given(published, contested()).when(settle('taken-down')).then(settled('taken-down'));
    request.given(published, contested()).when(settle('kept', asNetworkLead())).thenRefused('not-allowed');
    request.given(published).when(settle('kept')).thenRefused('no-open-contest');
    request.given(published, contested(), settled('kept')).when(settle('kept')).thenNothing();
    request.given(published, contested(), settled('kept')).when(settle('taken-down')).thenRefused('no-open-contest');
  });

  it('is settled by no facilitator whom the case names (R14)', () => {
    request
      .given(published, contested(gus))
      .when(settle('kept', asFacilitator(gus)))
      .thenRefused('case-names-you');
    request
      .given(published, contested())
      .when(settle('kept', asFacilitator(ana)))
      .thenRefused('case-names-you');
  });

  it('ends when taken down, and goes on in its former state when kept (R14)', () => {
    request.given(published, contested(), settled('taken-down')).when(simple('PauseRequest')).thenRefused('request-ended');
    expect(request.given(published, reviewDue, contested()).when(settle('kept')).state).toMatchObject({ status: 'review-due', lapseAt });
  });
});

describe('a request in a match', () => {
  it('is matched by the system alone, while it is open', () => {
    request.given(published).when(takeUp()).then(matched);
    request.given(published, reviewDue).when(takeUp()).then(matched);
    request
      .given(published)
      .when(takeUp(asMember(ana)))
      .thenRefused('not-allowed');
    request.given(published, matched).when(takeUp()).thenNothing();
    for (const event of [paused, withdrawn, lapsed, met]) request.given(published, event).when(takeUp()).thenRefused('request-not-open');
  });

  it('is held by one match at a time (R11)', () => {
    request.given(published, matched).when(takeUp(system, otherMatch)).thenRefused('held-by-another-match');
  });

  it('is met, or re-opened with the review window it had', () => {
    request.given(published, matched).when(meet()).then(met);
    request.given(published, matched, met).when(meet()).thenNothing();
    request.given(published, matched).when(reopen()).then(reopened());
    request.given(published, reviewDue, matched).when(reopen()).then(reopened());
    request.given(published, matched, reopened()).when(reopen()).thenNothing();
    request
      .given(published, matched, reopened())
      .when(takeUp(system, otherMatch))
      .then({ type: 'RequestMatched', data: { ...ids, matchId: otherMatch } });
    for (const order of [meet, reopen]) request.given(published, matched).when(order(asFacilitator())).thenRefused('not-allowed');
  });

  it('is called to review at once where that fell due while it was matched', () => {
    const late = addDays(reviewDueAt, 5);
    const then = command('ReopenRequest', { requestId: id, matchId }, system, { at: late });
    request
      .given(published, reviewDue, matched)
      .when(then)
      .then(reopened(addMilliseconds(late, 1)));
  });

  it('ignores what becomes of another match', () => {
    request.given(published, matched).when(meet(system, otherMatch)).thenNothing();
    request.given(published, matched).when(reopen(system, otherMatch)).thenNothing();
    request.given(published).when(meet()).thenNothing();
    request.given(published, matched, met).when(reopen(system, otherMatch)).thenNothing();
    request.given(published, matched, reopened()).when(meet(system, otherMatch)).thenNothing();
    const other: RequestEvent = { type: 'RequestMatched', data: { ...ids, matchId: otherMatch } };
    request.given(published, matched, reopened(), other).when(meet()).thenNothing();
    request.given(published, matched, reopened(), other).when(reopen()).thenNothing();
  });

  it('is met after it re-opened where its author was there after all, paused or not (R12)', () => {
    request.given(published, matched, reopened()).when(meet()).then(met);
    request.given(published, matched, reopened(), paused).when(meet()).then(met);
    request.given(published, matched, reopened(), reviewDue).when(meet()).then(met);
    for (const end of [withdrawn, lapsed]) request.given(published, matched, reopened(), end).when(meet()).thenNothing();
  });

  it('is published again as it was, and open, where its author was not there after all (R12)', () => {
    request.given(published, matched, met).when(reopen()).then(published, reopened());
    request.given(published, matched, met, published, reopened()).when(meet()).then(met);
    request.given(published, matched, met, published, reopened()).when(reopen()).thenNothing();
    const late = addDays(reviewDueAt, 5);
    const window = addMilliseconds(late, 1);
    request
      .given(published, matched, met)
      .when(command('ReopenRequest', { requestId: id, matchId }, system, { at: late }))
      .then({ type: 'RequestPublished', data: { ...ids, content, reviewDueAt: window } }, reopened(window));
  });

  it('is not called to review while it is matched, but once it is open again', () => {
    request.given(published, matched).when(callReview(reviewDueAt)).thenNothing();
    request.given(published, reviewDue, matched).when(lapse(lapseAt)).thenNothing();
    request.given(published, matched, reopened()).when(callReview(reviewDueAt)).then(reviewDue);
  });

  it('may be confirmed while it is matched, and re-opens with that window', () => {
    const at = addDays(now, 5);
    const window = addMonths(at, 12);
    const confirmed: RequestEvent = { type: 'RequestConfirmed', data: { ...ids, reviewDueAt: window } };
    request
      .given(published, matched)
      .when(simple('ConfirmRequest', asMember(ana), { at }))
      .then(confirmed);
    request
      .given(published, matched, confirmed)
      .when(simple('ConfirmRequest', asMember(ana), { at }))
      .thenNothing();
    request.given(published, matched, confirmed).when(reopen()).then(reopened(window));
  });

  it('may be withdrawn while it is matched, and then stays withdrawn (R6)', () => {
    request.given(published, matched).when(simple('WithdrawRequest')).then(withdrawn);
    request.given(published, matched, withdrawn).when(reopen()).thenNothing();
    request.given(published, matched, withdrawn).when(meet()).thenNothing();
  });

  it('may be paused while it is matched; an exchange held all the same still meets it', () => {
    request.given(published, matched).when(simple('PauseRequest')).then(paused);
    request.given(published, matched, paused).when(meet()).then(met);
    request.given(published, matched, paused, reopened()).when(meet()).then(met);
    request.given(published, matched, paused, resumed(matchId)).when(meet()).then(met);
  });

  it('stays held while it is paused and after it is resumed, until that match lets it go (§3, R11, case 9)', () => {
    request.given(published, matched, paused).when(simple('ResumeRequest')).then(resumed(matchId));
    request.given(published, matched, paused).when(takeUp()).thenNothing();
    request.given(published, matched, paused).when(takeUp(system, otherMatch)).thenRefused('held-by-another-match');
    request.given(published, matched, paused, resumed(matchId)).when(takeUp(system, otherMatch)).thenRefused('held-by-another-match');
    request.given(published, matched, paused, resumed(matchId)).when(reopen()).then(reopened());
    request.given(published, matched, paused, resumed(matchId), paused).when(simple('ResumeRequest')).then(resumed(matchId));
  });

  it('let go while it is paused, it stays paused and is open once resumed (§3, R11, case 9)', () => {
    const letGo = [published, matched, paused, reopened()];
    request.given(published, matched, paused).when(reopen()).then(reopened());
    request
      .given(...letGo)
      .when(reopen())
      .thenNothing();
    request
      .given(...letGo)
      .when(takeUp(system, otherMatch))
      .thenRefused('request-not-open');
    request
      .given(...letGo)
      .when(simple('ResumeRequest'))
      .then(resumed());
    request
      .given(...letGo, resumed())
      .when(takeUp(system, otherMatch))
      .then({ type: 'RequestMatched', data: { ...ids, matchId: otherMatch } });
  });

  it('can be contested and taken down while it is matched (R14)', () => {
    request.given(published, matched).when(contest()).then(contested());
    request.given(published, matched, contested(), settled('taken-down')).when(reopen()).thenNothing();
  });
});

describe('any history of a request', () => {
  const anyContent = fc.constantFrom(content, other, requestContent({ declaredProfessional: false }));
  const target = { requestId: id };
  const orders = fc.oneof(
    fc.record({
      type: fc.constant('DraftRequest' as const),
      data: fc.record({ requestId: fc.constant(id), memberId: fc.constant(ana), content: anyContent }),
    }),
    fc.record({
      type: fc.constant('PublishRequest' as const),
      data: fc.record({ requestId: fc.constant(id), memberId: fc.constantFrom(ana, ana, bo), content: fc.option(anyContent) }),
    }),
    fc.record({ type: fc.constant('ReviseRequest' as const), data: fc.record({ requestId: fc.constant(id), content: anyContent }) }),
    fc
      .constantFrom('ConfirmRequest' as const, 'PauseRequest' as const, 'ResumeRequest' as const, 'WithdrawRequest' as const)
      .map((type) => ({ type, data: target })),
    fc.constant({ type: 'ContestRequest' as const, data: { ...target, kind: 'misleading' as const, text: 'Trompeur' } }),
    fc
      .constantFrom('kept' as const, 'taken-down' as const)
      .map((outcome) => ({ type: 'SettleRequestContest' as const, data: { ...target, outcome, text: 'Vu' } })),
    fc.constantFrom(matchId, otherMatch).map((which) => ({ type: 'MatchRequest' as const, data: { ...target, matchId: which } })),
    fc.constantFrom(matchId, otherMatch).map((which) => ({ type: 'ReopenRequest' as const, data: { ...target, matchId: which } })),
    fc
      .constantFrom(matchId, otherMatch)
      .map((which) => ({ type: 'MeetRequest' as const, data: { ...target, matchId: which, exchangeId } })),
    anyMoment.map((moment) => ({ type: 'CallRequestReview' as const, data: { ...target, reviewDueAt: moment } })),
    anyMoment.map((moment) => ({ type: 'LapseRequest' as const, data: { ...target, lapseAt: moment } })),
  );
  const fromPublished = { ...requestDecider, initial: requestDecider.evolve(requestDecider.initial, published) };
  const beginnings = fc.constantFrom(requestDecider, fromPublished);
  const histories = anyHistory<RequestCommand>(orders);

  it('makes nothing of an accepted command that is repeated (R22)', () => {
    fc.assert(fc.property(beginnings, histories, (decider, commands) => expectRepeatsToMakeNothing(decider, commands)));
  });

  it('lets only the author act, publishes only what is declared, is held by one match and ends once (R6, R11, R14)', () => {
    const byAuthor = ['RequestRevised', 'RequestConfirmed', 'RequestPaused', 'RequestResumed'];
    fc.assert(
      fc.property(beginnings, histories, (decider, commands) => {
        for (const {
          command: { by },
          before,
          decision,
        } of play(decider, commands)) {
          if (decision.kind === 'refused') continue;
          for (const event of decision.events) {
            expect(['withdrawn', 'lapsed', 'taken-down', 'met']).not.toContain(before.status);
            if (byAuthor.includes(event.type)) expect([by.id, by.role === 'system']).toEqual([event.data.memberId, false]);
            if (event.type === 'RequestPublished')
              expect([event.data.content.declaredProfessional, event.data.memberId === by.id || by.role === 'system']).toEqual([
                true,
                true,
              ]);
            if (event.type === 'RequestReopened')
              expect(before).toMatchObject(
                before.status === 'paused' ? { heldBy: event.data.matchId } : { status: 'matched', matchId: event.data.matchId },
              );
            if (event.type === 'RequestMatched') expect(['published', 'review-due']).toContain(before.status);
            if (event.type === 'RequestContestSettled') expect([by.role, by.id === event.data.memberId]).toEqual(['facilitator', false]);
          }
        }
      }),
    );
  });

  it('folds any sequence of events without judging', () => {
    const examples = Object.entries(requestExamples).map(([type, data]) => ({ type, data }) as RequestEvent);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...examples)), histories, (events, commands) => {
        const state = events.reduce(requestDecider.evolve, requestDecider.initial);
        for (const each of commands) requestDecider.decide(each, state);
      }),
    );
  });
});
