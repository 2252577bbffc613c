import { command, now, type Circumstances } from '#testing/commands';
import { specifying } from '#testing/given-when-then';
import { factsWithPolicy, lyon, networkFacts } from '#testing/network-facts';
import { ana, asFacilitator, asMediator, asMember, bo, cleo, dia, eli, fay, moe, ned, person, system } from '#testing/people';
import type { Instant } from '#kernel/id';
import { FIRST_INSTANT, LAST_INSTANT } from '#kernel/instant';
import type { DataOf } from '#kernel/message';
import { addDays, addMilliseconds, addMonths } from '../calendar';
import type { CriterionId, ExchangeId, MatchId, MemberId, OfferId, RequestId, RoundId, SessionId } from '../ids';
import { refusalRules } from '../refusal-rules';
import type { Participant } from '../vocabulary';
import type { MatchCommand, ProposalFacts } from './match.commands';
import { matchDecider } from './match.decider';
import type { Agreement, DeclineReason, MatchEvent } from './match.events';

const match = specifying(matchDecider);
const matchId = 'match-1' as MatchId;
const exchangeId = 'exchange-1' as ExchangeId;
const ids = { matchId, networkId: lyon };
const giver = (memberId: MemberId): Participant => ({ memberId, role: 'giver', offerId: `offer-${memberId}` as OfferId });
const learner = (memberId: MemberId): Participant => ({ memberId, role: 'learner', requestId: `request-${memberId}` as RequestId });
const pair = [giver(ana), learner(bo)];
const group = [giver(ana), learner(bo), learner(dia), learner(eli)];
const score = { topic: 1, level: 1, language: 1, distance: 1, availability: 1, reciprocity: 0, waiting: 0, total: 0.8 };
const byRound = { kind: 'round', roundId: 'round-1' as RoundId } as const;
const byFay = { kind: 'facilitator', by: fay } as const;
const byBo = { kind: 'member', by: bo } as const;

const proposal = (changes: Partial<DataOf<MatchCommand, 'ProposeMatch'>> = {}): DataOf<MatchCommand, 'ProposeMatch'> => ({
  matchId,
  participants: pair,
  topicUri: 'https://example.org/topics/pivot-tables',
  level: 'practised',
  language: 'fr',
  smallestGroup: 1,
  ringId: null,
  metBefore: false,
  score,
  origin: byRound,
  facts: { largestGroup: 8, oneTopic: true, lastTogether: null },
  ...changes,
});
const propose = (changes: Partial<DataOf<MatchCommand, 'ProposeMatch'>> = {}, by = system, more: Circumstances = {}) =>
  command('ProposeMatch', proposal(changes), by, more);
const accepts = (memberId: MemberId, at: Instant = now) => command('AcceptMatch', { matchId, memberId }, asMember(memberId), { at });
const declines = (memberId: MemberId, reason: DeclineReason = 'no-time', by = asMember(memberId)) =>
  command('DeclineMatch', { matchId, memberId, reason }, by);
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

const { metBefore: _, facts: __, ...proposedOf } = proposal();
const proposedData = { ...proposedOf, reason: null };
const proposed = (participants: readonly Participant[] = pair, changes: Partial<DataOf<MatchEvent, 'MatchProposed'>> = {}): MatchEvent => ({
  type: 'MatchProposed',
  data: { ...proposedData, ...ids, connectionWaived: false, participants, ...changes },
});
const answerBy = addDays(now, 14);
const opened = (participants: readonly Participant[] = pair, accepted: readonly MemberId[] = []): MatchEvent => ({
  type: 'MatchOpened',
  data: { ...ids, participants, accepted, answerBy },
});
const accepted = (memberId: MemberId): MatchEvent => ({ type: 'MatchAccepted', data: { ...ids, memberId } });
const declined = (
  memberId: MemberId,
  participants: readonly Participant[],
  ends: boolean,
  reason: DeclineReason = 'no-time',
): MatchEvent => ({
  type: 'MatchDeclined',
  data: { ...ids, memberId, reason, ends, participants },
});
const lapseAt = addDays(now, 74);
const confirmed = (
  participants: readonly Participant[] = pair,
  dropped: readonly Participant[] = [],
  opensAt = now,
  connectionWaived = false,
): MatchEvent => ({
  type: 'MatchConfirmed',
  data: { ...ids, participants, dropped, connectionWaived, connectBy: addDays(opensAt, 14), lapseAt: addDays(opensAt, 74) },
});
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
const running = [proposed(), opened(), accepted(ana), accepted(bo), confirmed()];

describe('Proposing a match', () => {
  it('takes what a round found (R7)', () => match.given().when(propose()).then(proposed()));
  it('takes a facilitator’s own proposal, and nobody else’s in their name (R6)', () => {
    match
      .given()
      .when(propose({ origin: byFay }, asFacilitator()))
      .then(proposed(pair, { origin: byFay }));
    match
      .given()
      .when(propose({ origin: byFay }, asMember(bo)))
      .thenRefused('not-allowed');
    match.given().when(propose({}, asFacilitator())).thenRefused('not-allowed');
  });
  const everyWay = [
    ['round', byRound, system],
    ['facilitator', byFay, asFacilitator()],
    ['member', byBo, asMember(bo)],
  ] as const;
  const factsAre = (changes: Partial<ProposalFacts>): ProposalFacts => ({
    largestGroup: 8,
    oneTopic: true,
    lastTogether: null,
    ...changes,
  });

  it.each(everyWay)('refuses more learners than the offer takes, and fewer, whoever proposes: %s (R7, case 7)', (_who, origin, by) => {
    const participants = [giver(ana), learner(bo), learner(dia)];
    match
      .given()
      .when(propose({ origin, participants, facts: factsAre({ largestGroup: 1 }) }, by))
      .thenRefused('too-many-learners', { largestGroup: 1 });
    match
      .given()
      .when(propose({ origin, participants, facts: factsAre({ largestGroup: 2 }) }, by))
      .then(proposed(participants, { origin }));
    match
      .given()
      .when(propose({ origin, participants, smallestGroup: 3 }, by))
      .thenRefused('too-few-learners', { smallestGroup: 3 });
  });
  it.each(everyWay)('is on one topic, unless a person says why, whoever proposes: %s (R7, case 7)', (who, origin, by) => {
    const apart = factsAre({ oneTopic: false });
    const reason = 'La soudure commence par le calcul';
    for (const silence of [undefined, null, '  '])
      match
        .given()
        .when(propose({ origin, facts: apart, ...(silence === undefined ? {} : { reason: silence }) }, by))
        .thenRefused('topics-differ');
    const given = match.given().when(propose({ origin, facts: apart, reason }, by));
    if (who === 'round') given.thenRefused('topics-differ');
    else given.then(proposed(pair, { origin, reason }));
    match.given().when(propose({ origin, reason }, by)).then(proposed(pair, { origin, reason }));
  });
  it('leaves a pair alone from when the end was recorded, where a round found it; a person’s own ask does not wait (R16, case 14)', () => {
    const facts = factsAre({ lastTogether: addDays(now, -89) });
    match
      .given()
      .when(propose({ facts }))
      .thenRefused('pair-resting', { until: addDays(now, 1) });
    match
      .given()
      .when(propose({ facts: factsAre({ lastTogether: addDays(now, -90) }) }))
      .then(proposed());
    match
      .given()
      .when(propose({ facts }, system, { network: factsWithPolicy({ pairRestDays: 80 }) }))
      .then(proposed());
    for (const [, origin, by] of everyWay.slice(1)) match.given().when(propose({ origin, facts }, by)).then(proposed(pair, { origin }));
  });
  it('is not opened before somebody has looked how things stand (R16, case 14)', () => {
    match
      .given()
      .when(propose({ facts: null }))
      .thenRefused('not-allowed');
  });
  it('takes the proposal of a member who takes part, and of no other (R6)', () => {
    match
      .given()
      .when(propose({ origin: byBo }, asMember(bo)))
      .then(proposed(pair, { origin: byBo }));
    match
      .given()
      .when(propose({ origin: byBo }, asMember(cleo)))
      .thenRefused('not-allowed');
    match
      .given()
      .when(propose({ origin: { kind: 'member', by: cleo } }, asMember(cleo)))
      .thenRefused('not-allowed');
  });
  it('needs a giver and a learner (R7)', () => {
    match
      .given()
      .when(propose({ participants: [giver(ana)] }))
      .thenRefused('giver-or-learner-missing');
    match
      .given()
      .when(propose({ participants: [learner(ana), learner(bo)] }))
      .thenRefused('giver-or-learner-missing');
    match
      .given()
      .when(propose({ participants: [] }))
      .thenRefused('giver-or-learner-missing');
  });
  it('lets nobody teach themselves, nor stand in it twice (R7)', () => {
    match
      .given()
      .when(propose({ participants: [giver(ana), learner(ana)] }))
      .thenRefused('person-named-twice');
    match
      .given()
      .when(propose({ participants: [giver(ana), learner(bo), learner(bo)] }))
      .thenRefused('person-named-twice');
  });
  it('needs the offer’s smallest group of learners (R10)', () =>
    match
      .given()
      .when(propose({ smallestGroup: 2 }))
      .thenRefused('too-few-learners', { smallestGroup: 2 }));
  it('refuses a forbidden pair, in either order and inside a group', () => {
    const network = networkFacts({ forbiddenPairs: [[bo, ana]] });
    match
      .given()
      .when(propose({}, system, { network }))
      .thenRefused('pair-forbidden');
    match
      .given()
      .when(propose({ participants: group }, system, { network }))
      .thenRefused('pair-forbidden');
  });
  it('waives the connection for a pair that met before where policy allows, and for no group (R9)', () => {
    match
      .given()
      .when(propose({ metBefore: true }))
      .then(proposed(pair, { connectionWaived: true }));
    match
      .given()
      .when(propose({ metBefore: true, participants: group }))
      .then(proposed(group));
    const network = factsWithPolicy({ waiveConnectionForKnownPairs: false });
    match
      .given()
      .when(propose({ metBefore: true }, system, { network }))
      .then(proposed());
  });
  it('answers a repeat with nothing, and another match of the same id with a refusal (R22)', () => {
    match.given(proposed()).when(propose()).thenNothing();
    match
      .given(proposed())
      .when(propose({ participants: [giver(ana), learner(dia)] }))
      .thenRefused('match-exists');
  });
});

describe('Opening a match', () => {
  const open = command('OpenMatch', { matchId }, system);
  const supersede = command('SupersedeMatch', { matchId, memberId: ana, reason: 'at-capacity' }, system);
  const superseded: MatchEvent = { type: 'MatchSuperseded', data: { ...ids, participants: pair, memberId: ana, reason: 'at-capacity' } };

  it('opens the window of the policy (R10, R11)', () => match.given(proposed()).when(open).then(opened()));
  it('includes the acceptance of the member who asked (R6)', () =>
    match
      .given(proposed(pair, { origin: byBo }))
      .when(open)
      .then(opened(pair, [bo])));
  it('is superseded where one stream refused, before it opened only (R11)', () => {
    match.given(proposed()).when(supersede).then(superseded);
    match.given(proposed(), superseded).when(supersede).thenNothing();
    match.given(proposed(), opened()).when(supersede).thenRefused('match-already-open');
    match.given(proposed(), superseded).when(open).thenNothing();
  });
  it('is the system’s alone (R11)', () => {
    match
      .given(proposed())
      .when({ ...open, by: asMember(ana) })
      .thenRefused('not-allowed');
    match
      .given(proposed())
      .when({ ...supersede, by: asFacilitator() })
      .thenRefused('not-allowed');
    match.given().when(open).thenRefused('match-not-found');
  });
});

describe('Answering a match', () => {
  it('confirms at once when the last one accepts (R10)', () => {
    match.given(proposed(), opened()).when(accepts(ana)).then(accepted(ana));
    match.given(proposed(), opened(), accepted(ana)).when(accepts(bo)).then(accepted(bo), confirmed());
    match
      .given(proposed(pair, { origin: byBo }), opened(pair, [bo]))
      .when(accepts(ana))
      .then(accepted(ana), confirmed());
  });
  it('answers a repeated acceptance with nothing (R22)', () => {
    match.given(proposed(), opened(), accepted(ana)).when(accepts(ana)).thenNothing();
    match
      .given(...running)
      .when(accepts(bo))
      .thenNothing();
  });
  it('lets nobody accept for another (R6)', () => {
    const forAna = { matchId, memberId: ana };
    match
      .given(proposed(), opened())
      .when(command('AcceptMatch', forAna, asFacilitator()))
      .thenRefused('not-allowed');
    match
      .given(proposed(), opened())
      .when(command('AcceptMatch', forAna, system))
      .thenRefused('not-allowed');
    match.given(proposed(), opened()).when(accepts(cleo)).thenRefused('not-a-participant');
  });
  it('waits for the opening, and ends with the window (R10)', () => {
    match.given(proposed()).when(accepts(ana)).thenRefused('match-not-open');
    match.given(proposed(), opened()).when(accepts(ana, answerBy)).then(accepted(ana));
    match
      .given(proposed(), opened())
      .when(accepts(ana, addDays(answerBy, 1)))
      .thenRefused('window-ended');
  });
  it('ends when a giver declines (R10)', () => {
    match
      .given(proposed(group), opened(group))
      .when(declines(ana))
      .then(declined(ana, group, true));
    match
      .given(proposed(group), opened(group), declined(ana, group, true))
      .when(accepts(bo))
      .thenRefused('match-ended');
  });
  it('goes on when a learner declines and enough remain, ends when too few do (R10)', () => {
    const terms = proposed(group, { smallestGroup: 2 });
    match
      .given(terms, opened(group))
      .when(declines(bo))
      .then(declined(bo, group, false));
    const fewer = [giver(ana), learner(dia), learner(eli)];
    match
      .given(terms, opened(group), declined(bo, group, false))
      .when(declines(dia))
      .then(declined(dia, fewer, true));
  });
  it('confirms at once when the last one who had not answered declines (R10)', () => {
    const history = [proposed(group), opened(group), accepted(ana), accepted(bo), accepted(dia)];
    match
      .given(...history)
      .when(declines(eli))
      .then(declined(eli, group, false), confirmed([giver(ana), learner(bo), learner(dia)]));
  });
  it('takes back an acceptance when the same person declines before the confirmation (R6)', () => {
    const history = [proposed(group), opened(group), accepted(ana), accepted(bo), declined(bo, group, false)];
    match
      .given(...history)
      .when(accepts(bo))
      .thenRefused('not-a-participant');
    match
      .given(...history, accepted(dia))
      .when(accepts(eli))
      .then(accepted(eli), confirmed([giver(ana), learner(dia), learner(eli)]));
  });
  it('counts a pause as the person’s decline, also before it opened (§3)', () => {
    match
      .given(proposed())
      .when(declines(bo, 'paused', system))
      .then(declined(bo, pair, true, 'paused'));
    match
      .given(proposed(), opened())
      .when(declines(bo, 'paused', asFacilitator()))
      .thenRefused('not-allowed');
  });
  it('answers a repeated decline with nothing (R22)', () =>
    match
      .given(proposed(), opened(), declined(bo, pair, true))
      .when(declines(bo))
      .thenNothing());
  it('takes no decline after the confirmation (R10)', () => {
    match
      .given(...running)
      .when(declines(bo))
      .thenRefused('match-confirmed');
    match
      .given(...running)
      .when(declines(bo, 'paused', system))
      .thenRefused('match-confirmed');
  });
});

describe('The end of the acceptance window', () => {
  const end = command('EndAcceptanceWindow', { matchId, answerBy }, system, { at: answerBy });
  it('confirms with who accepted where they are enough (R10)', () => {
    const rest = [giver(ana), learner(bo)];
    match
      .given(proposed(group), opened(group), accepted(ana), accepted(bo))
      .when(end)
      .then(confirmed(rest, [learner(dia), learner(eli)], answerBy));
  });
  it('lets the match expire where a giver was silent or too few learners answered (R10)', () => {
    const expired = (silent: readonly MemberId[]): MatchEvent => ({ type: 'MatchExpired', data: { ...ids, participants: group, silent } });
    match
      .given(proposed(group), opened(group), accepted(bo), accepted(dia), accepted(eli))
      .when(end)
      .then(expired([ana]));
    const two = proposed(group, { smallestGroup: 2 });
    match
      .given(two, opened(group), accepted(ana), accepted(bo))
      .when(end)
      .then(expired([dia, eli]));
  });
  it('means the window in force only, and not before its end (§3)', () => {
    match
      .given(...running)
      .when(end)
      .thenNothing();
    match
      .given(proposed(), opened())
      .when({ ...end, data: { matchId, answerBy: addDays(answerBy, 1) } })
      .thenNothing();
    match
      .given(proposed(), opened())
      .when({ ...end, at: now })
      .thenRefused('window-still-open');
    match
      .given(proposed(), opened())
      .when({ ...end, by: asMember(bo) })
      .thenRefused('not-allowed');
  });
});

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
