import { command, now } from '#testing/commands';
import { requestContent, requestId } from '#testing/content';
import { lyon } from '#testing/network-facts';
import { ana, asFacilitator, asMember, system } from '#testing/people';
import { addDays, addMilliseconds, addMonths } from '../calendar';
import { entryWords, lapseAt, reviewDueAt } from '../entry/entry.fixture';
import type { ExchangeId, MatchId } from '../ids';
import { requestDecider } from './request.decider';
import type { RequestEvent } from './request.events';

const id = requestId('request-of-ana');
const matchId = 'match-1' as MatchId;
const otherMatch = 'match-2' as MatchId;
const exchangeId = 'exchange-1' as ExchangeId;

const words = entryWords({ noun: 'request', decider: requestDecider, content: requestContent });
const { entry, fact, order, content, published, reviewDue, confirmed, paused, withdrawn, lapsed, contested, settled } = words;
const { contest, callReview, lapse } = words;
const ids = { requestId: id, memberId: ana, networkId: lyon };

const matchedBy = (which: MatchId): RequestEvent => ({ type: 'RequestMatched', data: { ...ids, matchId: which } });
const matched = matchedBy(matchId);
const met: RequestEvent = { type: 'RequestMet', data: { ...ids, matchId, exchangeId } };
const reopened = (review = reviewDueAt): RequestEvent => ({ type: 'RequestReopened', data: { ...ids, matchId, reviewDueAt: review } });
const resumedHeldBy = (heldBy: MatchId | null): RequestEvent => ({ type: 'RequestResumed', data: { ...ids, reviewDueAt, heldBy } });

const takeUp = (by = system, which = matchId) => command('MatchRequest', { requestId: id, matchId: which }, by);
const meet = (by = system, which = matchId) => command('MeetRequest', { requestId: id, matchId: which, exchangeId }, by);
const reopen = (by = system, which = matchId) => command('ReopenRequest', { requestId: id, matchId: which }, by);

describe('a request in a match', () => {
  it('is matched by the system alone, while it is open', () => {
    entry.given(published).when(takeUp()).then(matched);
    entry.given(published, reviewDue).when(takeUp()).then(matched);
    entry
      .given(published)
      .when(takeUp(asMember(ana)))
      .thenRefused('not-allowed');
    entry.given(published, matched).when(takeUp()).thenNothing();
    for (const event of [paused, withdrawn, lapsed, met]) entry.given(published, event).when(takeUp()).thenRefused('request-not-open');
  });

  it('is held by one match at a time (R11)', () => {
    entry.given(published, matched).when(takeUp(system, otherMatch)).thenRefused('held-by-another-match');
  });

  it('is met, or re-opened with the review window it had', () => {
    entry.given(published, matched).when(meet()).then(met);
    entry.given(published, matched, met).when(meet()).thenNothing();
    entry.given(published, matched).when(reopen()).then(reopened());
    entry.given(published, reviewDue, matched).when(reopen()).then(reopened());
    entry.given(published, matched, reopened()).when(reopen()).thenNothing();
    entry.given(published, matched, reopened()).when(takeUp(system, otherMatch)).then(matchedBy(otherMatch));
    for (const order of [meet, reopen]) entry.given(published, matched).when(order(asFacilitator())).thenRefused('not-allowed');
  });

  it('is called to review at once where that fell due while it was matched', () => {
    const late = addDays(reviewDueAt, 5);
    const then = command('ReopenRequest', { requestId: id, matchId }, system, { at: late });
    entry
      .given(published, reviewDue, matched)
      .when(then)
      .then(reopened(addMilliseconds(late, 1)));
  });

  it('ignores what becomes of another match', () => {
    entry.given(published, matched).when(meet(system, otherMatch)).thenNothing();
    entry.given(published, matched).when(reopen(system, otherMatch)).thenNothing();
    entry.given(published).when(meet()).thenNothing();
    entry.given(published, matched, met).when(reopen(system, otherMatch)).thenNothing();
    entry.given(published, matched, reopened()).when(meet(system, otherMatch)).thenNothing();
    const other = matchedBy(otherMatch);
    entry.given(published, matched, reopened(), other).when(meet()).thenNothing();
    entry.given(published, matched, reopened(), other).when(reopen()).thenNothing();
  });

  it('is met after it re-opened where its author was there after all, paused or not (R12)', () => {
    entry.given(published, matched, reopened()).when(meet()).then(met);
    entry.given(published, matched, reopened(), paused).when(meet()).then(met);
    entry.given(published, matched, reopened(), reviewDue).when(meet()).then(met);
    for (const end of [withdrawn, lapsed]) entry.given(published, matched, reopened(), end).when(meet()).thenNothing();
  });

  it('is published again as it was, and open, where its author was not there after all (R12)', () => {
    entry.given(published, matched, met).when(reopen()).then(published, reopened());
    entry.given(published, matched, met, published, reopened()).when(meet()).then(met);
    entry.given(published, matched, met, published, reopened()).when(reopen()).thenNothing();
    const late = addDays(reviewDueAt, 5);
    const window = addMilliseconds(late, 1);
    entry
      .given(published, matched, met)
      .when(command('ReopenRequest', { requestId: id, matchId }, system, { at: late }))
      .then(fact('EntryPublished', { content, reviewDueAt: window }), reopened(window));
  });

  it('is not called to review while it is matched, but once it is open again', () => {
    entry.given(published, matched).when(callReview(reviewDueAt)).thenNothing();
    entry.given(published, reviewDue, matched).when(lapse(lapseAt)).thenNothing();
    entry.given(published, matched, reopened()).when(callReview(reviewDueAt)).then(reviewDue);
  });

  it('may be confirmed while it is matched, and re-opens with that window', () => {
    const at = addDays(now, 5);
    const window = addMonths(at, 12);
    const confirmedThen = confirmed(window);
    entry
      .given(published, matched)
      .when(order('ConfirmEntry', {}, asMember(ana), { at }))
      .then(confirmedThen);
    entry
      .given(published, matched, confirmedThen)
      .when(order('ConfirmEntry', {}, asMember(ana), { at }))
      .thenNothing();
    entry.given(published, matched, confirmedThen).when(reopen()).then(reopened(window));
  });

  it('may be withdrawn while it is matched, and then stays withdrawn (R6)', () => {
    entry.given(published, matched).when(order('WithdrawEntry')).then(withdrawn);
    entry.given(published, matched, withdrawn).when(reopen()).thenNothing();
    entry.given(published, matched, withdrawn).when(meet()).thenNothing();
  });

  it('may be paused while it is matched; an exchange held all the same still meets it', () => {
    entry.given(published, matched).when(order('PauseEntry')).then(paused);
    entry.given(published, matched, paused).when(meet()).then(met);
    entry.given(published, matched, paused, reopened()).when(meet()).then(met);
    entry.given(published, matched, paused, resumedHeldBy(matchId)).when(meet()).then(met);
  });

  it('stays held while it is paused and after it is resumed, until that match lets it go (§3, R11, case 9)', () => {
    entry.given(published, matched, paused).when(order('ResumeEntry')).then(resumedHeldBy(matchId));
    entry.given(published, matched, paused).when(takeUp()).thenNothing();
    entry.given(published, matched, paused).when(takeUp(system, otherMatch)).thenRefused('held-by-another-match');
    entry.given(published, matched, paused, resumedHeldBy(matchId)).when(takeUp(system, otherMatch)).thenRefused('held-by-another-match');
    entry.given(published, matched, paused, resumedHeldBy(matchId)).when(reopen()).then(reopened());
    entry.given(published, matched, paused, resumedHeldBy(matchId), paused).when(order('ResumeEntry')).then(resumedHeldBy(matchId));
  });

  it('let go while it is paused, it stays paused and is open once resumed (§3, R11, case 9)', () => {
    const letGo = [published, matched, paused, reopened()];
    entry.given(published, matched, paused).when(reopen()).then(reopened());
    entry
      .given(...letGo)
      .when(reopen())
      .thenNothing();
    entry
      .given(...letGo)
      .when(takeUp(system, otherMatch))
      .thenRefused('request-not-open');
    entry
      .given(...letGo)
      .when(order('ResumeEntry'))
      .then(resumedHeldBy(null));
    entry
      .given(...letGo, resumedHeldBy(null))
      .when(takeUp(system, otherMatch))
      .then(matchedBy(otherMatch));
  });

  it('can be contested and taken down while it is matched (R14)', () => {
    entry.given(published, matched).when(contest()).then(contested());
    entry.given(published, matched, contested(), settled('taken-down')).when(reopen()).thenNothing();
  });
});
