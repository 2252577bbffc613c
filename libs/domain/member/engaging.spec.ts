import { command, now } from '#testing/commands';
import { specifying } from '#testing/given-when-then';
import {
  applied,
  capacitySet,
  entry,
  erased,
  memberLeft,
  memberPaused,
  memberSuspended,
  placeAsGiver,
  placeAsLearner,
  reciprocityLost,
  released,
  reserved,
  type EngagementPlace,
} from '#testing/networks/member-facts';
import { ana, asFacilitator, asMember, system } from '#testing/people';
import type { MatchId } from '../ids';
import { addDays } from '../calendar';
import { memberDecider } from './member.decider';
import type { EngagementReason, MemberEvent } from './member.events';

const member = specifying(memberDecider);
const reserve = (place: EngagementPlace, by = system) => command('ReserveEngagement', place, by);
const release = (match: string, by = system) => command('ReleaseEngagement', { memberId: ana, matchId: match as MatchId }, by);
const refusedFor = (reason: EngagementReason, place: EngagementPlace): MemberEvent => ({
  type: 'EngagementRefused',
  data: { ...place, reason },
});

describe('a giver’s places', () => {
  it('are as many as the capacity, a group counting once (R11)', () => {
    member
      .given(...entry(), reserved(placeAsGiver('m1')))
      .when(reserve(placeAsGiver('m2')))
      .then(reserved(placeAsGiver('m2')));
    const full = [...entry(), reserved(placeAsGiver('m1')), reserved(placeAsGiver('m2'))];
    member
      .given(...full)
      .when(reserve(placeAsGiver('m3')))
      .then(refusedFor('at-capacity', placeAsGiver('m3')));
    member
      .given(...full, released(placeAsGiver('m1')))
      .when(reserve(placeAsGiver('m3')))
      .then(reserved(placeAsGiver('m3')));
    member
      .given(...full, capacitySet(3))
      .when(reserve(placeAsGiver('m3')))
      .then(reserved(placeAsGiver('m3')));
  });

  it('do not count what the member learns (R11)', () => {
    const learning = [reserved(placeAsLearner('m1', 'r1')), reserved(placeAsLearner('m2', 'r2'))];
    member
      .given(...entry(), ...learning)
      .when(reserve(placeAsGiver('m3')))
      .then(reserved(placeAsGiver('m3')));
  });
});

describe('a learner’s places', () => {
  it('are one open match for each request (R11)', () => {
    const matched = [...entry(), reserved(placeAsLearner('m1', 'r1'))];
    member
      .given(...matched)
      .when(reserve(placeAsLearner('m2', 'r1')))
      .then(refusedFor('request-already-matched', placeAsLearner('m2', 'r1')));
    member
      .given(...matched)
      .when(reserve(placeAsLearner('m2', 'r2')))
      .then(reserved(placeAsLearner('m2', 'r2')));
    member
      .given(...matched, released(placeAsLearner('m1', 'r1')))
      .when(reserve(placeAsLearner('m2', 'r1')))
      .then(reserved(placeAsLearner('m2', 'r1')));
  });

  it('are not limited by what the member gave or received before (R3)', () => {
    const received = [1, 2, 3, 4, 5].flatMap((i) => [
      reserved(placeAsLearner(`m${i}`, `r${i}`)),
      released(placeAsLearner(`m${i}`, `r${i}`)),
    ]);
    member
      .given(...entry(), ...received)
      .when(reserve(placeAsLearner('m6', 'r6')))
      .then(reserved(placeAsLearner('m6', 'r6')));
  });
});

describe('a proposal', () => {
  const cases: readonly (readonly [EngagementReason, readonly MemberEvent[]])[] = [
    ['not-enrolled', []],
    ['not-enrolled', [applied()]],
    ['paused', [...entry(), memberPaused(addDays(now, 20))]],
    ['suspended', [...entry(), reciprocityLost(), memberSuspended()]],
    ['left', [...entry(), memberLeft()]],
    ['left', [...entry(), memberLeft(), erased()]],
  ];
  it.each(cases)('is refused, with the reason, to who is %s (R16)', (reason, before) => {
    member
      .given(...before)
      .when(reserve(placeAsGiver('m1')))
      .then(refusedFor(reason, placeAsGiver('m1')));
    member
      .given(...before)
      .when(reserve(placeAsLearner('m1')))
      .then(refusedFor(reason, placeAsLearner('m1')));
  });

  it('still reaches who is in grace (R2, R16)', () => {
    member
      .given(...entry(), reciprocityLost())
      .when(reserve(placeAsGiver('m1')))
      .then(reserved(placeAsGiver('m1')));
  });

  it('is answered once, whichever way (R22)', () => {
    member
      .given(...entry(), reserved(placeAsGiver('m1')))
      .when(reserve(placeAsGiver('m1')))
      .thenNothing();
    member
      .given(...entry(), reserved(placeAsGiver('m1')), released(placeAsGiver('m1')))
      .when(reserve(placeAsGiver('m1')))
      .thenNothing();
    member
      .given(...entry(), refusedFor('paused', placeAsGiver('m1')))
      .when(reserve(placeAsGiver('m1')))
      .thenNothing();
    member
      .given(refusedFor('not-enrolled', placeAsGiver('m1')))
      .when(reserve(placeAsGiver('m1')))
      .thenNothing();
    member
      .given(refusedFor('not-enrolled', placeAsGiver('m1')), ...entry())
      .when(reserve(placeAsGiver('m1')))
      .thenNothing();
  });

  it('is answered to the process alone', () => {
    for (const by of [asMember(ana), asFacilitator()]) {
      member
        .given(...entry())
        .when(reserve(placeAsGiver('m1'), by))
        .thenRefused('not-allowed');
      member
        .given(...entry(), reserved(placeAsGiver('m1')))
        .when(release('m1', by))
        .thenRefused('not-allowed');
    }
  });
});

describe('a release', () => {
  it('frees the place of that match, once, whoever left meanwhile (R11, R22)', () => {
    const engaged = [...entry(), reserved(placeAsGiver('m1'))];
    member
      .given(...engaged)
      .when(release('m1'))
      .then(released(placeAsGiver('m1')));
    member
      .given(...engaged, memberLeft())
      .when(release('m1'))
      .then(released(placeAsGiver('m1')));
    member
      .given(...engaged, memberLeft(), erased())
      .when(release('m1'))
      .then(released(placeAsGiver('m1')));
    member
      .given(...engaged, released(placeAsGiver('m1')))
      .when(release('m1'))
      .thenNothing();
    member
      .given(...engaged)
      .when(release('m2'))
      .thenNothing();
    member.given().when(release('m1')).thenNothing();
  });
});
