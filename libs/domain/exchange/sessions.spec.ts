import { instant } from '#testing/commands';
import {
  after,
  agreed,
  agreement,
  ask,
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
import { ana, asMediator, asMember, bo, cleo, dia, ned } from '#testing/people';
import { FIRST_INSTANT } from '#kernel/instant';
import { addMilliseconds, addMinutes } from '../calendar';
import type { MemberId } from '../ids';
import type { Presence } from '../vocabulary';
import type { ExchangeEvent } from './exchange.events';
import { exchange, report, confirm } from './holding.fixture';

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
