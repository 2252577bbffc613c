import { instant } from '#testing/commands';
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
} from '#testing/exchange-story';
import { specifying } from '#testing/given-when-then';
import { networkFacts } from '#testing/network-facts';
import { ana, asFacilitator, asMediator, asMember, bo, cleo, dia, ned, system } from '#testing/people';
import type { DataOf } from '#kernel/message';
import { FIRST_INSTANT } from '#kernel/instant';
import { addDays, addMilliseconds, addMinutes } from '../calendar';
import type { MemberId } from '../ids';
import type { Presence } from '../vocabulary';
import type { ExchangeCommand } from './exchange.commands';
import { exchangeDecider } from './exchange.decider';
import type { ExchangeEvent } from './exchange.events';

const exchange = specifying(exchangeDecider);
const report = (changes: Partial<DataOf<ExchangeCommand, 'ReportSession'>> = {}, by = asMember(ana), at = after) =>
  ask('ReportSession', { sessionId: first, start, minutes: 60, present: bothThere, ...changes }, by, { at });
const confirm = (by: MemberId, at = after) => ask('ConfirmHeld', {}, asMember(by), { at });
const correct = (memberId: MemberId, now: Presence | null, by = asMember(memberId)) =>
  ask('CorrectSession', { sessionId: first, memberId, now }, by);
const corrected = (memberId: MemberId, was: Presence | null, now: Presence | null): ExchangeEvent => ({
  type: 'SessionCorrected',
  data: { ...ids, sessionId: first, memberId, was, now },
});

describe('Reporting a session', () => {
  it('tells when it took place; reporting is not confirming (R12, R21)', () => {
    exchange.given(agreed()).when(report()).then(sessionHeld());
    exchange
      .given(agreed())
      .when(report({}, asMediator()))
      .then(sessionHeld({ by: asMediator().id }));
    expect(exchange.given(agreed()).when(report()).state).toMatchObject({ status: 'in-progress', confirmedBy: [] });
  });
  it('takes a session that nobody planned (R12)', () =>
    exchange
      .given(agreed())
      .when(report({ sessionId: session('s9') }))
      .then(sessionHeld({ sessionId: session('s9'), planned: false })));
  it('tells of nothing before the network was opened (R24, case 2)', () => {
    const { openedAt } = networkFacts();
    expect(exchange.given(agreed()).when(report({ start: openedAt })).decision).toMatchObject({ kind: 'accepted' });
    for (const outside of [addMilliseconds(openedAt, -1), instant('0026-11-29T10:00:00Z'), FIRST_INSTANT])
      exchange
        .given(agreed())
        .when(report({ start: outside }))
        .thenRefused('date-out-of-range', { field: 'start', from: openedAt, to: after });
  });
  it('refuses the future, an outsider and a stranger among those present (R12)', () => {
    exchange
      .given(agreed())
      .when(report({}, asMember(ana), addMinutes(start, -1)))
      .thenRefused('session-in-the-future');
    exchange
      .given(agreed())
      .when(report({}, asMember(cleo)))
      .thenRefused('not-allowed');
    exchange
      .given(agreed())
      .when(report({}, asMediator(ned)))
      .thenRefused('not-allowed');
    for (const present of [[], [presence(cleo, 'learner')], [presence(ana, 'learner')], [presence(ana, 'giver'), presence(ana, 'giver')]])
      exchange.given(agreed()).when(report({ present })).thenRefused('presence-invalid');
  });
  it('takes 1 to 720 whole minutes, of which none to all outside hours (R20)', () => {
    for (const minutes of [0, 721, 1.5, -1]) exchange.given(agreed()).when(report({ minutes })).thenRefused('session-invalid');
    for (const outside of [-1, 61, 0.5])
      exchange
        .given(agreed())
        .when(report({ present: [presence(ana, 'giver', outside)] }))
        .thenRefused('presence-invalid');
    const all = [presence(ana, 'giver', 60), presence(bo, 'learner', 0)];
    exchange
      .given(agreed())
      .when(report({ present: all }))
      .then(sessionHeld({ present: all }));
  });
  it('answers the same report with nothing, and another of the same session with a refusal (R21, R22)', () => {
    exchange.given(agreed(), sessionHeld()).when(report()).thenNothing();
    exchange
      .given(agreed(), sessionHeld(), corrected(bo, bothThere[1]!, null))
      .when(report())
      .thenNothing();
    exchange
      .given(agreed(), sessionHeld())
      .when(report({ minutes: 61 }))
      .thenRefused('session-reported');
  });
});

describe('A second report of the same time', () => {
  const other = session('s9');
  const told = [agreed(), sessionHeld()];
  const refusedNaming = (given: readonly ExchangeEvent[], changes: Parameters<typeof report>[0], by = asMember(bo)) =>
    exchange
      .given(...given)
      .when(report({ sessionId: other, ...changes }, by))
      .thenRefused('session-overlaps', { sessionId: first });

  it('is the same session: refused, naming the first, so that an hour counts once (R20, case 8)', () => {
    refusedNaming(told, {});
    refusedNaming(told, {}, asMember(ana));
    refusedNaming(told, {}, asMediator());
    refusedNaming(told, { start: addMinutes(start, 59), minutes: 1 });
    refusedNaming(told, { start: addMinutes(start, -30), minutes: 31 });
    refusedNaming(told, { start: addMinutes(start, 20), minutes: 10, present: [presence(bo, 'learner')] });
  });
  it('is the same, whether it was planned or not, and in whatever order they are reported (R20, case 8)', () => {
    const unplanned = [agreed(), sessionHeld({ sessionId: other, planned: false })];
    exchange
      .given(...unplanned)
      .when(report({}, asMember(bo)))
      .thenRefused('session-overlaps', { sessionId: other });
    const two = agreed({ agreement: agreement([planned(), planned('s2', addMinutes(start, 30))]) });
    refusedNaming([two, sessionHeld()], { sessionId: session('s2'), start: addMinutes(start, 30) });
  });
  it('is another where the first was over, or nobody was at both (R20)', () => {
    const takes = (changes: Parameters<typeof report>[0]) => {
      const { decision } = exchange.given(...told).when(report({ sessionId: other, ...changes }));
      expect(decision).toMatchObject({ kind: 'accepted', events: [{ type: 'SessionHeld' }] });
    };
    takes({ start: addMinutes(start, 60) });
    takes({ start: addMinutes(start, -60) });
    const alone = [agreed({ participants: [...pair, learner(dia)] }), sessionHeld()];
    const { decision } = exchange.given(...alone).when(report({ sessionId: other, present: [presence(dia, 'learner')] }));
    expect(decision).toMatchObject({ kind: 'accepted' });
  });
  it('cannot be made of a correction: nobody was in two sessions at a time (R20, case 8)', () => {
    const group = [
      agreed({ participants: [...pair, learner(dia)] }),
      sessionHeld(),
      sessionHeld({ sessionId: other, present: [presence(dia, 'learner')], planned: false }),
    ];
    exchange
      .given(...group)
      .when(correct(dia, presence(dia, 'learner')))
      .thenRefused('session-overlaps', { sessionId: other });
    exchange
      .given(agreed({ participants: [...pair, learner(dia)] }), sessionHeld())
      .when(correct(dia, presence(dia, 'learner')))
      .then(corrected(dia, null, presence(dia, 'learner')));
    exchange
      .given(...group)
      .when(ask('CorrectSession', { sessionId: other, memberId: dia, now: presence(dia, 'learner', 5) }, asMember(dia)))
      .then({
        type: 'SessionCorrected',
        data: { ...ids, sessionId: other, memberId: dia, was: presence(dia, 'learner'), now: presence(dia, 'learner', 5) },
      });
  });
});

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

describe('Correcting one’s presence', () => {
  const late = presence(bo, 'learner', 15);
  it('is for oneself alone, before held and after (R12, R20, R21)', () => {
    exchange
      .given(agreed(), sessionHeld())
      .when(correct(bo, null))
      .then(corrected(bo, bothThere[1]!, null));
    exchange
      .given(...heldStory)
      .when(correct(bo, late))
      .then(corrected(bo, bothThere[1]!, late));
    exchange
      .given(agreed(), sessionHeld())
      .when(correct(bo, null, asMember(ana)))
      .thenRefused('not-allowed');
    exchange
      .given(agreed(), sessionHeld())
      .when(correct(bo, presence(bo, 'giver')))
      .thenRefused('presence-invalid');
    exchange
      .given(agreed(), sessionHeld())
      .when(correct(bo, presence(bo, 'learner', 61)))
      .thenRefused('presence-invalid');
    exchange.given(agreed()).when(correct(bo, null)).thenRefused('session-not-found');
    exchange.given(agreed(), sessionHeld()).when(correct(bo, bothThere[1]!)).thenNothing();
  });
  it('takes away the weight of a confirmation, and gives it back (R12)', () => {
    const history = [agreed(), sessionHeld(), heldConfirmed(bo), corrected(bo, bothThere[1]!, null)];
    exchange
      .given(...history)
      .when(confirm(ana))
      .then(heldConfirmed(ana));
    const back = presence(bo, 'learner');
    const held = exchangeHeld();
    exchange
      .given(...history, heldConfirmed(ana))
      .when(correct(bo, back))
      .then(corrected(bo, null, back), held);
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
