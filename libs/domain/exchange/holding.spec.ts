import {
  after,
  agreed,
  agreement,
  ask,
  attendees,
  bothThere,
  exchangeHeld,
  first,
  heldConfirmed,
  heldStory,
  ids,
  learner,
  pair,
  planned,
  presence,
  session,
  sessionHeld,
  start,
} from '#testing/histories/exchange-story';
import { networkFacts } from '#testing/network-facts';
import { ana, asFacilitator, asMediator, asMember, bo, cleo, dia, ned, system } from '#testing/people';
import { addDays, addMinutes } from '../calendar';
import type { MemberId } from '../ids';
import type { ExchangeEvent } from './exchange.events';
import { exchange, report, confirm } from './holding.fixture';

describe('Confirming that it was held', () => {
  const reported = [agreed(), sessionHeld()];
  it('declares the exchange held when the second side confirms (R12)', () => {
    exchange
      .given(...reported)
      .when(confirm(ana))
      .then(heldConfirmed(ana));
    exchange
      .given(...reported, heldConfirmed(ana))
      .when(confirm(bo))
      .then(heldConfirmed(bo), exchangeHeld());
  });
  it('needs one of each side, not two of one (R12)', () => {
    const present = [...bothThere, presence(dia, 'learner')];
    const group = [agreed({ participants: [...pair, learner(dia)] }), sessionHeld({ present })];
    exchange
      .given(...group, heldConfirmed(bo))
      .when(confirm(dia))
      .then(heldConfirmed(dia));
  });
  it('needs a session, and whoever confirms was there (R12)', () => {
    exchange.given(agreed()).when(confirm(ana)).thenRefused('no-session-yet');
    exchange
      .given(agreed(), sessionHeld({ present: [presence(ana, 'giver')] }))
      .when(confirm(bo))
      .thenRefused('was-not-there');
    exchange
      .given(...reported)
      .when(confirm(cleo))
      .thenRefused('not-a-participant');
    exchange
      .given(...reported)
      .when(ask('ConfirmHeld', {}, system))
      .thenRefused('not-a-participant');
  });
  it('answers a repeat with nothing (R22)', () => {
    exchange
      .given(...reported, heldConfirmed(ana))
      .when(confirm(ana))
      .thenNothing();
    exchange
      .given(...heldStory)
      .when(confirm(ana))
      .thenNothing();
  });
  it('happened when its last session ended, whichever was reported last (R12, R21)', () => {
    const earlier = { sessionId: session('s0'), start: addDays(start, -1), planned: false };
    const history = [agreed(), sessionHeld(), sessionHeld(earlier), heldConfirmed(ana)];
    exchange
      .given(...history)
      .when(confirm(bo))
      .then(heldConfirmed(bo), exchangeHeld());
  });
  it('names who was there at one session or more, and who still takes part (R12, R13)', () => {
    const group = agreed({ participants: [...pair, learner(dia)] });
    const second = sessionHeld({
      sessionId: session('s2'),
      start: addDays(start, -1),
      present: [presence(dia, 'learner')],
      planned: false,
    });
    const leaving: ExchangeEvent = {
      type: 'ParticipantDropped',
      data: {
        ...ids,
        matchId: 'match-1' as never,
        memberId: dia,
        role: 'learner',
        participant: learner(dia),
        others: pair,
        reason: 'own-choice',
      },
    };
    const present = [...attendees, { memberId: dia, role: 'learner' } as const];
    exchange
      .given(group, sessionHeld(), second, leaving, heldConfirmed(ana))
      .when(confirm(bo))
      .then(heldConfirmed(bo), exchangeHeld({ present }));
  });
});

describe('Settling a one-sided report', () => {
  const settle = (outcome: 'held' | 'not-held', by = asMediator()) => ask('SettleHeld', { outcome }, by);
  const settled = (outcome: 'held' | 'not-held', by = asMediator().id): ExchangeEvent => ({
    type: 'HeldSettled',
    data: { ...ids, by, outcome },
  });
  const pending = [agreed(), sessionHeld(), heldConfirmed(ana)];
  it('is the mediator’s, who finds it held or not (R12)', () => {
    exchange
      .given(...pending)
      .when(settle('held'))
      .then(settled('held'), exchangeHeld());
    exchange
      .given(...pending)
      .when(settle('not-held'))
      .then(settled('not-held'));
    exchange
      .given(...pending)
      .when(settle('held', asMember(ana)))
      .thenRefused('not-allowed');
    exchange
      .given(...pending)
      .when(settle('held', asFacilitator()))
      .thenRefused('not-allowed');
    exchange
      .given(...pending)
      .when(settle('held', asMediator(ned)))
      .thenRefused('not-allowed');
  });
  it('is any mediator’s or a facilitator’s, taking no part, where there is no mediator (R9, R12)', () => {
    const unmediated = [agreed({ mediatorId: null }), sessionHeld()];
    exchange
      .given(...unmediated)
      .when(settle('held', asMediator(ned)))
      .then(settled('held', ned), exchangeHeld());
    exchange
      .given(...unmediated)
      .when(settle('held', asFacilitator()))
      .then(settled('held', asFacilitator().id), exchangeHeld());
    exchange
      .given(...unmediated)
      .when(settle('held', asFacilitator(ana)))
      .thenRefused('not-allowed');
    const anaMediates = { ...settle('held', asMediator(ana)), network: networkFacts({ mediators: [ana] }) };
    exchange
      .given(...unmediated)
      .when(anaMediates)
      .thenRefused('not-allowed');
  });
  it('lets what was not held fall away; the exchange may still take place (R12)', () => {
    exchange
      .given(...pending, settled('not-held'))
      .when(confirm(bo))
      .thenRefused('no-session-yet');
    exchange
      .given(...pending, settled('not-held'))
      .when(settle('not-held'))
      .thenNothing();
    exchange
      .given(...pending, settled('not-held'))
      .when(report())
      .then(sessionHeld());
  });
  it('needs a session with a giver and a learner (R12)', () => {
    exchange.given(agreed()).when(settle('held')).thenRefused('no-session-yet');
    exchange
      .given(agreed(), sessionHeld({ present: [presence(ana, 'giver')] }))
      .when(settle('held'))
      .thenRefused('giver-or-learner-not-there');
  });
  it('settles nothing twice, and nothing that both sides confirmed (R12, R22)', () => {
    exchange
      .given(...heldStory)
      .when(settle('held'))
      .thenNothing();
    exchange
      .given(...heldStory)
      .when(settle('not-held'))
      .thenRefused('exchange-held');
  });
});

describe('A no-show', () => {
  const noShow = (memberId: MemberId, by = asMember(ana), at = after) => ask('ReportNoShow', { sessionId: first, memberId }, by, { at });
  const contestBy = addDays(after, 10);
  const reported: ExchangeEvent = { type: 'NoShowReported', data: { ...ids, sessionId: first, memberId: bo, by: ana, contestBy } };
  const contested: ExchangeEvent = { type: 'NoShowContested', data: { ...ids, sessionId: first, memberId: bo } };
  const contest = (by: MemberId, at = after) => ask('ContestNoShow', { sessionId: first }, asMember(by), { at });
  it('concerns one person and one session that was to have begun (§3)', () => {
    exchange.given(agreed()).when(noShow(bo)).then(reported);
    exchange.given(agreed(), reported).when(noShow(bo)).thenNothing();
    exchange
      .given(agreed())
      .when(noShow(bo, asMember(ana), addMinutes(start, -1)))
      .thenRefused('session-in-the-future');
    exchange
      .given(agreed({ agreement: agreement([planned('s2')]) }))
      .when(noShow(bo))
      .thenRefused('session-not-found');
    exchange.given(agreed()).when(noShow(cleo)).thenRefused('not-a-participant');
    exchange
      .given(agreed())
      .when(noShow(bo, asMember(cleo)))
      .thenRefused('not-allowed');
    exchange.given(agreed(), sessionHeld()).when(noShow(bo)).thenRefused('was-there');
    exchange
      .given(agreed(), sessionHeld({ present: [presence(ana, 'giver')] }))
      .when(noShow(bo))
      .then(reported);
  });
  it('is contested by the person it concerns, within ten days (§3)', () => {
    exchange.given(agreed(), reported).when(contest(bo)).then(contested);
    exchange.given(agreed(), reported, contested).when(contest(bo)).thenNothing();
    exchange
      .given(agreed(), reported)
      .when(contest(bo, addDays(contestBy, 1)))
      .thenRefused('contest-window-ended');
    exchange.given(agreed(), reported).when(contest(ana)).thenRefused('no-show-not-found');
    exchange.given(agreed(), reported).when(contest(cleo)).thenRefused('not-a-participant');
  });
});
