import { now } from '#testing/commands';
import {
  after,
  agreed,
  agreement,
  ask,
  exchangeHeld,
  first,
  giver,
  heldConfirmed,
  heldStory,
  ids,
  learner,
  matchId,
  openingOf,
  pair,
  planned,
  presence,
  session,
  sessionHeld,
  start,
} from '#testing/histories/exchange-story';
import { specifying } from '#testing/given-when-then';
import { networkFacts } from '#testing/network-facts';
import { ana, asFacilitator, asMediator, asMember, bo, cleo, dia, eli, ned, system } from '#testing/people';
import type { Instant } from '#kernel/id';
import { LAST_INSTANT } from '#kernel/instant';
import type { DataOf } from '#kernel/message';
import { addDays, addMilliseconds, addMinutes, addMonths } from '../calendar';
import { exchangeDecider } from './exchange.decider';
import type { ExchangeEvent } from './exchange.events';

const exchange = specifying(exchangeDecider);
type Data<Type extends ExchangeEvent['type']> = DataOf<ExchangeEvent, Type>;
const windows = (last: Instant) => ({ reportBy: addDays(last, 14), lapseAt: addDays(last, 74) });
const cancelled = (changes: Partial<Data<'ExchangeCancelled'>> = {}): ExchangeEvent => ({
  type: 'ExchangeCancelled',
  data: { ...ids, matchId, participants: pair, by: bo, reason: 'no-time', noticeMinutes: 2880, sessions: [planned()], ...changes },
});
const interrupted = (changes: Partial<Data<'ExchangeInterrupted'>> = {}): ExchangeEvent => ({
  type: 'ExchangeInterrupted',
  data: { ...ids, matchId, participants: pair, by: bo, reason: 'by-participants', ...changes },
});

describe('Opening an exchange', () => {
  const open = (changes = {}, more = {}) => ask('OpenExchange', openingOf(changes), system, { at: now, ...more });
  it('follows the agreement; the report is due 14 days after the last planned session (R8)', () => {
    exchange.given().when(open()).then(agreed());
    const sessions = [planned('s1', addDays(now, 9)), planned('s2', addDays(now, 5))];
    const later = { agreement: agreement(sessions) };
    exchange
      .given()
      .when(open(later))
      .then(agreed({ ...later, ...windows(addDays(now, 9)) }));
  });
  it('gives sessions planned for the past the whole window from now (§3)', () =>
    exchange
      .given()
      .when(open({}, { at: addDays(start, 100) }))
      .then(agreed(windows(addDays(start, 100)))));
  it('needs an agreement: a session, a criterion, a giver and a learner (R8)', () => {
    exchange
      .given()
      .when(open({ agreement: agreement([]) }))
      .thenRefused('no-agreement');
    exchange
      .given()
      .when(open({ agreement: { ...agreement(), criteria: [] } }))
      .thenRefused('no-agreement');
    exchange
      .given()
      .when(open({ participants: [learner(bo)] }))
      .thenRefused('no-agreement');
  });
  it('is the system’s, once (R22)', () => {
    exchange
      .given()
      .when({ ...open(), by: asMediator() })
      .thenRefused('not-allowed');
    exchange.given(agreed()).when(open()).thenNothing();
    exchange
      .given(agreed())
      .when(open({ matchId: 'match-2' }))
      .thenRefused('exchange-exists');
    exchange
      .given()
      .when(ask('ConfirmHeld', {}, asMember(ana)))
      .thenRefused('exchange-not-found');
  });
});

describe('Moving a session', () => {
  const move = (to: Instant, by = asMember(bo), at = now, name = 's1', minutes = 60) =>
    ask('RescheduleSession', { sessionId: session(name), to: planned(name, to, minutes) }, by, { at });
  const moved = (changes: Partial<Data<'ExchangeRescheduled'>>): ExchangeEvent => ({
    type: 'ExchangeRescheduled',
    data: {
      ...ids,
      ...windows(addDays(start, 5)),
      by: bo,
      sessionId: first,
      from: start,
      to: planned('s1', addDays(start, 5)),
      noticeMinutes: 2880,
      ...changes,
    },
  });
  it('tells how long before, and moves the windows with the plan (§3)', () => {
    exchange
      .given(agreed())
      .when(move(addDays(start, 5)))
      .then(moved({}));
    exchange
      .given(agreed())
      .when(move(addDays(start, 5), asMediator()))
      .then(moved({ by: asMediator().id }));
    const late = addMinutes(start, 30);
    exchange
      .given(agreed())
      .when(move(addDays(start, 5), asMember(bo), late))
      .then(moved({ noticeMinutes: -30 }));
  });
  it('plans one session more, or once again after a no-show (§3)', () => {
    const extra = planned('s2', addDays(start, 7));
    const more = moved({ sessionId: session('s2'), from: null, to: extra, noticeMinutes: null, ...windows(addDays(start, 7)) });
    exchange
      .given(agreed())
      .when(move(addDays(start, 7), asMember(bo), now, 's2'))
      .then(more);
    const noShow: ExchangeEvent = { type: 'NoShowReported', data: { ...ids, sessionId: first, memberId: bo, by: ana, contestBy: after } };
    exchange
      .given(agreed(), noShow)
      .when(move(addDays(start, 5), asMember(bo), addMinutes(start, 60)))
      .then(moved({ noticeMinutes: -60 }));
  });
  it('changes nothing where it stands so already (R22)', () => exchange.given(agreed()).when(move(start)).thenNothing());
  it('is for those who take part and their mediator (R6)', () => {
    exchange
      .given(agreed())
      .when(move(addDays(start, 5), asMember(cleo)))
      .thenRefused('not-allowed');
    exchange
      .given(agreed())
      .when(move(addDays(start, 5), asMediator(ned)))
      .thenRefused('not-allowed');
    const withoutMoe = { ...move(addDays(start, 5), asMediator(ned)), network: networkFacts({ mediators: [ned] }) };
    exchange
      .given(agreed())
      .when(withoutMoe)
      .then(moved({ by: ned }));
  });
  it('moves no session further ahead than policy plans (R24, case 1)', () => {
    const to = addMonths(now, 24);
    expect(exchange.given(agreed()).when(move(to)).decision).toMatchObject({ kind: 'accepted' });
    for (const outside of [addMilliseconds(to, 1), LAST_INSTANT])
      exchange.given(agreed()).when(move(outside)).thenRefused('date-out-of-range', { field: 'start', from: now, to });
  });
  it('moves no session that was reported, none into the past, none once held (R12, R21)', () => {
    exchange
      .given(agreed(), sessionHeld())
      .when(move(addDays(after, 5), asMember(bo), after))
      .thenRefused('session-reported');
    exchange
      .given(agreed())
      .when(move(addDays(now, -1)))
      .thenRefused('session-in-the-past');
    exchange
      .given(agreed())
      .when(move(addDays(now, 1), asMember(bo), now, 's1', 721))
      .thenRefused('session-invalid');
    exchange
      .given(...heldStory)
      .when(move(addDays(after, 5), asMember(bo), after, 's2'))
      .thenRefused('exchange-held');
  });
});

describe('Ending an exchange before it is held', () => {
  const cancel = (by = asMember(bo), at = now) => ask('CancelExchange', { reason: 'no-time' }, by, { at });
  it('is cancelled by a participant, the mediator or a facilitator, with the notice given (§3)', () => {
    exchange.given(agreed()).when(cancel()).then(cancelled());
    exchange
      .given(agreed())
      .when(cancel(asFacilitator()))
      .then(cancelled({ by: asFacilitator().id }));
    exchange
      .given(agreed())
      .when(cancel(asMember(bo), after))
      .then(cancelled({ noticeMinutes: null }));
    exchange
      .given(agreed())
      .when(cancel(asMember(cleo)))
      .thenRefused('not-allowed');
  });
  it('is cancelled once, and not after it was held (R12, R22)', () => {
    exchange.given(agreed(), cancelled()).when(cancel()).thenNothing();
    exchange
      .given(...heldStory)
      .when(cancel())
      .thenRefused('exchange-held');
    exchange.given(agreed(), interrupted()).when(cancel()).thenRefused('exchange-ended');
  });

  const interrupt = (by = asMember(bo), reason: Data<'ExchangeInterrupted'>['reason'] = 'by-participants') =>
    ask('InterruptExchange', { reason }, by);
  it('is interrupted by those who take part, for reasons of theirs (§3)', () => {
    exchange.given(agreed(), sessionHeld()).when(interrupt()).then(interrupted());
    exchange
      .given(agreed())
      .when(interrupt(asMember(bo), 'unreported'))
      .thenRefused('not-allowed');
    exchange
      .given(agreed())
      .when(interrupt(asMember(cleo)))
      .thenRefused('not-allowed');
    exchange.given(agreed(), interrupted()).when(interrupt()).thenNothing();
    exchange
      .given(...heldStory)
      .when(interrupt())
      .thenRefused('exchange-held');
  });

  const leave = (memberId: typeof ana, by = asMember(memberId)) => ask('DropOut', { memberId, reason: 'own-choice' }, by, { at: now });
  const dropped = (participant: (typeof pair)[number], others: typeof pair): ExchangeEvent => ({
    type: 'ParticipantDropped',
    data: { ...ids, matchId, memberId: participant.memberId, role: participant.role, participant, others, reason: 'own-choice' },
  });
  it('goes on when one of several drops out, and is cancelled by itself when no giver or no learner remains (§3)', () => {
    const group = agreed({ participants: [...pair, learner(dia)] });
    exchange
      .given(group)
      .when(leave(bo))
      .then(dropped(learner(bo), [giver(ana), learner(dia)]));
    const none = { by: null, noticeMinutes: null } as const;
    const last = cancelled({ ...none, reason: 'no-learner-left', participants: [giver(ana)] });
    exchange
      .given(group, dropped(learner(bo), [giver(ana), learner(dia)]))
      .when(leave(dia))
      .then(dropped(learner(dia), [giver(ana)]), last);
    const rest = [learner(bo), learner(dia)];
    exchange
      .given(group)
      .when(leave(ana))
      .then(dropped(giver(ana), rest), cancelled({ ...none, reason: 'no-giver-left', participants: rest }));
  });
  it('lets each drop out for themselves, or by leaving the network, once (R6, R22)', () => {
    exchange
      .given(agreed())
      .when(leave(bo, asMember(ana)))
      .thenRefused('not-allowed');
    exchange.given(agreed()).when(leave(eli)).thenRefused('not-a-participant');
    const group = agreed({ participants: [...pair, learner(dia)] });
    exchange
      .given(group, dropped(learner(bo), [giver(ana), learner(dia)]))
      .when(leave(bo, system))
      .thenNothing();
    exchange
      .given(...heldStory)
      .when(leave(bo))
      .thenRefused('exchange-held');
  });

  const lapseAt = addDays(start, 74);
  const lapse = (due = lapseAt, at = due) => ask('LapseExchange', { lapseAt: due }, system, { at });
  it('is interrupted when nobody reported by the end of the window in force (§3)', () => {
    exchange
      .given(agreed())
      .when(lapse())
      .then(interrupted({ by: null, reason: 'unreported' }));
    exchange
      .given(agreed())
      .when(lapse(addDays(lapseAt, 1)))
      .thenNothing();
    exchange.given(agreed()).when(lapse(lapseAt, after)).thenRefused('window-still-open');
    exchange
      .given(agreed())
      .when({ ...lapse(), by: asMember(ana) })
      .thenRefused('not-allowed');
    exchange
      .given(...heldStory)
      .when(lapse())
      .thenNothing();
  });
  it('stays pending on a one-sided report (R12)', () => {
    exchange.given(agreed(), sessionHeld(), heldConfirmed(ana)).when(lapse()).thenNothing();
    const notHeld: ExchangeEvent = { type: 'HeldSettled', data: { ...ids, by: asMediator().id, outcome: 'not-held' } };
    const settle = ask('SettleHeld', { outcome: 'not-held' }, asMediator(), { at: lapseAt });
    exchange
      .given(agreed(), sessionHeld())
      .when(settle)
      .then(notHeld, interrupted({ by: null, reason: 'unreported' }));
  });
  it('loses what was planned once it is held (R12)', () => {
    const two = agreed({ agreement: agreement([planned(), planned('s2', addDays(now, 30))]) });
    const history = [two, sessionHeld(), heldConfirmed(ana), heldConfirmed(bo), exchangeHeld()];
    const report = { sessionId: session('s2'), start, minutes: 60, present: [presence(ana, 'giver')] };
    exchange
      .given(...history)
      .when(ask('ReportSession', report, asMember(ana)))
      .thenRefused('exchange-held');
  });
});
