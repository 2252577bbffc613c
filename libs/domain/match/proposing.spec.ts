import { command, now, type Circumstances } from '#testing/commands';
import { factsWithPolicy, networkFacts } from '#testing/network-facts';
import { ana, asFacilitator, asMember, bo, cleo, dia, fay, system } from '#testing/people';
import type { DataOf } from '#kernel/message';
import { addDays } from '../calendar';
import type { MatchCommand, ProposalFacts } from './match.commands';
import type { MatchEvent } from './match.events';
import { match, matchId, ids, giver, learner, pair, group, byRound, byBo, proposal, proposed, opened } from './match.fixture';

const byFay = { kind: 'facilitator', by: fay } as const;
const propose = (changes: Partial<DataOf<MatchCommand, 'ProposeMatch'>> = {}, by = system, more: Circumstances = {}) =>
  command('ProposeMatch', proposal(changes), by, more);

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
    topicSteps: 0,
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
    const apart = factsAre({ topicSteps: null });
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
  it.each(everyWay)(
    'takes a topic for one that is as near as the policy has it, tells it, and no farther one, whoever proposes: %s (R7)',
    (_who, origin, by) => {
      const steps = (topicSteps: number) => ({ origin, facts: factsAre({ topicSteps }) });
      match
        .given()
        .when(propose(steps(1), by))
        .then(proposed(pair, { origin, topicSteps: 1 }));
      match
        .given()
        .when(propose({ ...steps(1), topicSteps: 2 }, by))
        .then(proposed(pair, { origin, topicSteps: 1 }));
      match
        .given()
        .when(propose({ ...steps(0), topicSteps: 1 }, by))
        .then(proposed(pair, { origin }));
      match
        .given()
        .when(propose(steps(2), by))
        .thenRefused('topics-differ');
    },
  );
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
