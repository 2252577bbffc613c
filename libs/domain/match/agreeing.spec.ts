import { command, now, type Circumstances } from '#testing/commands';
import { factsWithPolicy, networkFacts } from '#testing/network-facts';
import { ana, asFacilitator, asMediator, asMember, bo, cleo, dia, eli, moe, ned, person, system } from '#testing/people';
import type { Instant } from '#kernel/id';
import { FIRST_INSTANT, LAST_INSTANT } from '#kernel/instant';
import type { DataOf } from '#kernel/message';
import { addDays, addMilliseconds, addMonths } from '../calendar';
import type { CriterionId, ExchangeId, MemberId, SessionId } from '../ids';
import { refusalRules } from '../refusal-rules';
import type { Agreement, MatchEvent } from './match.events';
import {
  match,
  matchId,
  ids,
  giver,
  learner,
  pair,
  group,
  declines,
  proposedData,
  proposed,
  opened,
  accepted,
  declined,
  lapseAt,
  confirmed,
  running,
} from './match.fixture';

const exchangeId = 'exchange-1' as ExchangeId;
const start = addDays(now, 3);
const planConnection = (mediatorId: MemberId = moe, by = asMediator(mediatorId), place = 'Salle 2') =>
  command('PlanConnection', { matchId, mediatorId, start, place }, by);
const agreement: Agreement = {
  content: 'Résumer des relevés',
  method: 'Sur les fichiers de Bo',
  place: 'Salle 2',
  sessions: [{ sessionId: 's1' as SessionId, start: addDays(now, 10), minutes: 90 }],
  criteria: [{ criterionId: 'c1' as CriterionId, text: 'Bo résume seul' }],
};
const record = (by = asMediator(), changes: Partial<Agreement> = {}) =>
  command('RecordAgreement', { matchId, exchangeId, agreement: { ...agreement, ...changes } }, by);
const planned = (mediatorId: MemberId = moe): MatchEvent => ({
  type: 'ConnectionPlanned',
  data: { ...ids, mediatorId, start, place: 'Salle 2', outcomeBy: addDays(start, 14), lapseAt: addDays(start, 74) },
});
const reached = (changes: Partial<DataOf<MatchEvent, 'AgreementReached'>> = {}): MatchEvent => ({
  type: 'AgreementReached',
  data: {
    ...ids,
    exchangeId,
    participants: pair,
    recordedBy: moe,
    mediatorId: moe,
    textOwner: ana,
    topicUri: proposedData.topicUri,
    agreement,
    awaiting: [],
    ...changes,
  },
});
const notReached = (reason: DataOf<MatchEvent, 'AgreementNotReached'>['reason'], by: MemberId | null, participants = pair): MatchEvent => ({
  type: 'AgreementNotReached',
  data: { ...ids, participants, reason, by },
});
const waived = [proposed(pair, { connectionWaived: true }), opened(), accepted(ana), accepted(bo), confirmed(pair, [], now, true)];

describe('Planning the connection', () => {
  it('names a mediator, who plans it, or a facilitator for them (R9)', () => {
    match
      .given(...running)
      .when(planConnection())
      .then(planned());
    match
      .given(...running)
      .when(planConnection(moe, asFacilitator()))
      .then(planned());
    match
      .given(...running)
      .when(planConnection(moe, asMediator(ned)))
      .thenRefused('not-allowed');
  });
  it('takes a mediator of the network who takes no part (R9)', () => {
    match
      .given(...running)
      .when(planConnection(cleo))
      .thenRefused('not-a-mediator');
    const network = networkFacts({ mediators: [ana] });
    match
      .given(...running)
      .when({ ...planConnection(ana), network })
      .thenRefused('mediator-takes-part');
  });
  it('can be planned again, by another mediator too; the same again changes nothing (R22)', () => {
    match
      .given(...running, planned())
      .when(planConnection())
      .thenNothing();
    match
      .given(...running, planned())
      .when(planConnection(ned))
      .then(planned(ned));
    expect(match.given(...running, planned()).when(planConnection(moe, asMediator(), 'Salle 3')).decision).toMatchObject({ events: [{}] });
  });
  it('gives one noted afterwards the whole window (§3)', () => {
    const past = command('PlanConnection', { matchId, mediatorId: moe, start: addDays(now, -14), place: '' }, asMediator());
    const windows = { outcomeBy: addDays(now, 14), lapseAt };
    expect(match.given(...running).when(past).decision).toMatchObject({ events: [{ data: windows }] });
  });
  it('lies ahead as far as policy plans, or in the last 14 days of the network (R9, R24, cases 1 and 5)', () => {
    const at = (on: Instant, more: Circumstances = {}) =>
      match.given(...running).when(command('PlanConnection', { matchId, mediatorId: moe, start: on, place: '' }, asMediator(), more));
    const [from, to] = [addDays(now, -14), addMonths(now, 24)];
    for (const allowed of [from, to]) expect(at(allowed).decision).toMatchObject({ kind: 'accepted' });
    for (const outside of [FIRST_INSTANT, addMilliseconds(from, -1), addMilliseconds(to, 1), LAST_INSTANT])
      at(outside).thenRefused('date-out-of-range', { field: 'start', from, to });
    at(addMilliseconds(addMonths(now, 3), 1), { network: factsWithPolicy({ plannedAheadMonths: 3 }) }).thenRefused('date-out-of-range');
    const young = { network: networkFacts({ openedAt: addDays(now, -5) }) };
    at(addDays(now, -6), young).thenRefused('date-out-of-range', { from: addDays(now, -5) });
  });
  it('waits for the confirmation (R10)', () => match.given(proposed(), opened()).when(planConnection()).thenRefused('match-not-confirmed'));
});

describe('Recording the agreement', () => {
  it('plans no session in the past or further ahead than policy plans (R24, cases 1 and 5)', () => {
    const sessions = (...starts: readonly Instant[]) =>
      starts.map((on, index) => ({ sessionId: `s${index}` as SessionId, start: on, minutes: 60 }));
    const recording = (...starts: readonly Instant[]) =>
      match.given(...running, planned()).when(record(asMediator(), { sessions: sessions(...starts) }));
    const [from, to] = [now, addMonths(now, 24)];
    expect(recording(from, to).decision).toMatchObject({ kind: 'accepted' });
    for (const outside of [FIRST_INSTANT, addDays(now, -365), addMilliseconds(from, -1), addMilliseconds(to, 1), LAST_INSTANT])
      recording(from, outside).thenRefused('date-out-of-range', { field: 'sessions.1.start', from, to });
    expect(refusalRules['date-out-of-range']).toBe('R24');
  });

  it('is the connection’s mediator’s; the text belongs to the first giver (R8, R9)', () => {
    match
      .given(...running, planned())
      .when(record())
      .then(reached());
    match
      .given(...running, planned())
      .when(record(asMediator(ned)))
      .thenRefused('not-allowed');
    match
      .given(...running, planned())
      .when(record(asMember(ana)))
      .thenRefused('not-allowed');
    match
      .given(...running)
      .when(record())
      .thenRefused('not-allowed');
    match
      .given(...running, planned())
      .when({ ...record(), network: networkFacts({ mediators: [] }) })
      .thenRefused('not-allowed');
  });
  it('needs content, method, a session and a criterion (R8)', () => {
    const given = match.given(...running, planned());
    given.when(record(asMediator(), { content: ' ' })).thenRefused('agreement-incomplete', { missing: 'content' });
    given.when(record(asMediator(), { method: '' })).thenRefused('agreement-incomplete', { missing: 'method' });
    given.when(record(asMediator(), { sessions: [] })).thenRefused('agreement-incomplete', { missing: 'session' });
    given.when(record(asMediator(), { criteria: [] })).thenRefused('agreement-incomplete', { missing: 'criterion' });
    const empty = [{ criterionId: 'c1' as CriterionId, text: '' }];
    given.when(record(asMediator(), { criteria: empty })).thenRefused('agreement-incomplete', { missing: 'criterion' });
    const session = { ...agreement.sessions[0]!, minutes: 0 };
    given.when(record(asMediator(), { sessions: [session] })).thenRefused('session-invalid');
    given.when(record(asMediator(), { sessions: [...agreement.sessions, ...agreement.sessions] })).thenRefused('session-invalid');
  });
  it('answers a repeat with nothing (R22)', () =>
    match
      .given(...running, planned(), reached())
      .when(record())
      .thenNothing());

  const byPair = reached({ recordedBy: bo, mediatorId: null, awaiting: [ana] });
  const confirm = (memberId: MemberId) => command('ConfirmAgreement', { matchId, memberId }, asMember(memberId));
  it('is one participant’s where the connection is waived, and the others confirm (R9)', () => {
    match
      .given(...waived)
      .when(record(asMember(bo)))
      .then(byPair);
    const confirmation: MatchEvent = { type: 'AgreementConfirmed', data: { ...ids, exchangeId, memberId: ana, awaiting: [] } };
    match
      .given(...waived, byPair)
      .when(confirm(ana))
      .then(confirmation);
    match
      .given(...waived, byPair, confirmation)
      .when(confirm(ana))
      .thenNothing();
    match
      .given(...waived, byPair)
      .when(confirm(bo))
      .thenNothing();
    match
      .given(...waived, byPair)
      .when(confirm(cleo))
      .thenRefused('not-a-participant');
    match
      .given(...waived)
      .when(confirm(ana))
      .thenRefused('no-agreement-recorded');
    match
      .given(...waived, byPair)
      .when(record(asMember(ana)))
      .thenRefused('agreement-recorded');
  });
  it('may still have a mediator, taking no part, where the connection is waived (R9)', () =>
    match
      .given(...waived, planned())
      .when(record())
      .then(reached()));

  const giveUp = (by: ReturnType<typeof asMember>) => command('GiveUpAgreement', { matchId, reason: 'participants-declined' }, by);
  it('is given up by the mediator, or by a participant of a waived connection (R9)', () => {
    match
      .given(...running, planned())
      .when(giveUp(asMediator()))
      .then(notReached('participants-declined', moe));
    match
      .given(...running, planned())
      .when(giveUp(asMediator(ned)))
      .thenRefused('not-allowed');
    match
      .given(...running, planned())
      .when(giveUp(asMember(ana)))
      .thenRefused('not-allowed');
    match
      .given(...waived, byPair)
      .when(giveUp(asMember(ana)))
      .then(notReached('participants-declined', ana));
    match
      .given(...running, planned(), reached())
      .when(giveUp(asMediator()))
      .thenRefused('agreement-recorded');
    match
      .given(...running, notReached('other', null))
      .when(giveUp(system))
      .thenNothing();
  });

  it('ends unagreed when leaving the network leaves too few, and goes on with enough (§3)', () => {
    const leaves = (id: MemberId) => declines(id, 'left', system);
    match
      .given(...running)
      .when(leaves(bo))
      .then(notReached('member-left', null));
    match
      .given(...waived, byPair)
      .when(leaves(bo))
      .then(notReached('member-left', null));
    match
      .given(...running, planned(), reached())
      .when(leaves(bo))
      .thenRefused('match-confirmed');
    const grouped = [proposed(group), opened(group), confirmed(group), planned()];
    match
      .given(...grouped)
      .when(leaves(bo))
      .then(declined(bo, group, false, 'left'));
    const rest = [giver(ana), learner(dia), learner(eli)];
    match
      .given(...grouped, declined(bo, group, false, 'left'))
      .when(record())
      .then(reached({ participants: rest }));
  });

  const lapse = (due: Instant, at = due) => command('LapseMatch', { matchId, lapseAt: due }, system, { at });
  it('ends unagreed when its last window ends, the one in force only (§3)', () => {
    match
      .given(...running)
      .when(lapse(lapseAt))
      .then(notReached('no-connection', null));
    match
      .given(...running, planned())
      .when(lapse(lapseAt))
      .thenNothing();
    match
      .given(...running, planned())
      .when(lapse(addDays(start, 74)))
      .then(notReached('no-outcome', null));
    match
      .given(...waived, byPair)
      .when(lapse(lapseAt))
      .then(notReached('no-outcome', null));
    match
      .given(...running)
      .when(lapse(lapseAt, now))
      .thenRefused('window-still-open');
    match
      .given(...running, planned(), reached())
      .when(lapse(addDays(start, 74)))
      .thenNothing();
    match
      .given(...running)
      .when({ ...lapse(lapseAt), by: asMember(person('zoe')) })
      .thenRefused('not-allowed');
  });
});
