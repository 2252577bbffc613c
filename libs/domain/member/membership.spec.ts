import { command, now } from '#testing/commands';
import { specifying } from '#testing/given-when-then';
import {
  applied,
  capacitySet,
  entry,
  erased,
  memberLeft,
  memberPaused,
  memberResumed,
  memberSuspended,
  reciprocityLost,
  reciprocityRestored,
} from '#testing/networks/member-facts';
import { factsWithPolicy } from '#testing/network-facts';
import { ana, asFacilitator, asMember, asNetworkLead, bo, system } from '#testing/people';
import type { Instant } from '#kernel/id';
import { LAST_INSTANT } from '#kernel/instant';
import { addDays, addMilliseconds, addMonths } from '../calendar';
import { memberDecider } from './member.decider';

const member = specifying(memberDecider);
const memberId = ana;
const asAna = asMember(ana);
const day = (days: number): Instant => addDays(now, days);

const pause = (until: Instant, at = now, by = asAna) => command('PauseMembership', { memberId, until }, by, { at });
const resume = (at: Instant, by = system) => command('ResumeMembership', { memberId }, by, { at });
const lose = (at = now, by = system) => command('LoseReciprocity', { memberId, missing: 'offer' }, by, { at });
const restore = (by = system) => command('RestoreReciprocity', { memberId }, by);
const suspend = (graceEndsAt: Instant, at = graceEndsAt, by = system) => command('SuspendMember', { memberId, graceEndsAt }, by, { at });

describe('losing a side', () => {
  it('starts a grace of the policy’s length, once (R2)', () => {
    member
      .given(...entry())
      .when(lose())
      .then(reciprocityLost(day(90)));
    const network = factsWithPolicy({ graceDays: 10 });
    member
      .given(...entry())
      .when(command('LoseReciprocity', { memberId, missing: 'offer' }, system, { network }))
      .then(reciprocityLost(day(10)));
    member
      .given(...entry(), reciprocityLost())
      .when(lose(day(40)))
      .thenNothing();
    member
      .given(...entry(), reciprocityLost(), memberSuspended())
      .when(lose())
      .thenNothing();
  });

  it('is told by the process that counts, by nobody else (R2)', () => {
    member
      .given(...entry())
      .when(lose(now, asAna))
      .thenRefused('not-allowed');
    member
      .given(...entry())
      .when(restore(asFacilitator()))
      .thenRefused('not-allowed');
    member
      .given(...entry(), reciprocityLost())
      .when(suspend(day(90), day(90), asNetworkLead()))
      .thenRefused('not-allowed');
    member.given(applied()).when(lose()).thenRefused('not-enrolled');
    member
      .given(...entry(), memberLeft())
      .when(lose())
      .thenNothing();
  });

  it('suspends at the end of the grace, not before (R2)', () => {
    member
      .given(...entry(), reciprocityLost())
      .when(suspend(day(90)))
      .then(memberSuspended());
    member
      .given(...entry(), reciprocityLost())
      .when(suspend(day(90), day(89)))
      .thenRefused('window-still-open');
  });

  it('is healed by publishing again, from grace and from suspension (R2)', () => {
    member
      .given(...entry(), reciprocityLost())
      .when(restore())
      .then(reciprocityRestored());
    member
      .given(...entry(), reciprocityLost(), memberSuspended())
      .when(restore())
      .then(reciprocityRestored());
    member
      .given(...entry())
      .when(restore())
      .thenNothing();
    member
      .given(...entry(), reciprocityLost(), reciprocityRestored())
      .when(suspend(day(90)))
      .thenNothing();
  });

  it('means the grace that is named, not a later one (R2)', () => {
    member
      .given(...entry(), reciprocityLost(), reciprocityRestored(), reciprocityLost(day(120)))
      .when(suspend(day(90), day(121)))
      .thenNothing();
  });
});

describe('a pause', () => {
  it('is asked for by the person, to a day to come (R6)', () => {
    member
      .given(...entry())
      .when(pause(day(20)))
      .then(memberPaused(day(20)));
    member
      .given(...entry())
      .when(pause(day(20), now, asFacilitator()))
      .thenRefused('not-allowed');
    member
      .given(...entry())
      .when(pause(now))
      .thenRefused('pause-in-the-past');
    member
      .given(applied())
      .when(pause(day(20)))
      .thenRefused('not-enrolled');
    member
      .given(...entry(), reciprocityLost(), memberSuspended())
      .when(pause(day(20)))
      .thenRefused('member-suspended');
  });

  it('ends no further ahead than policy plans (R24, case 1)', () => {
    const to = addMonths(now, 24);
    const pausing = (until: Instant) => member.given(...entry()).when(pause(until));
    pausing(to).then(memberPaused(to));
    for (const outside of [addMilliseconds(to, 1), LAST_INSTANT])
      pausing(outside).thenRefused('date-out-of-range', { field: 'until', from: now, to });
  });

  it('may be moved, and changes nothing when repeated (R22)', () => {
    member
      .given(...entry(), memberPaused(day(20)))
      .when(pause(day(20)))
      .thenNothing();
    member
      .given(...entry(), memberPaused(day(20)))
      .when(pause(day(40), day(5)))
      .then(memberPaused(day(40), day(5)));
  });

  it('ends at its time, or earlier by the person', () => {
    member
      .given(...entry(), memberPaused(day(20)))
      .when(resume(day(20)))
      .then(memberResumed());
    member
      .given(...entry(), memberPaused(day(20)))
      .when(resume(day(19)))
      .thenRefused('window-still-open');
    member
      .given(...entry(), memberPaused(day(20)))
      .when(resume(day(3), asAna))
      .then(memberResumed());
    member
      .given(...entry(), memberPaused(day(20)))
      .when(resume(day(3), asMember(bo)))
      .thenRefused('not-allowed');
    member
      .given(...entry())
      .when(resume(day(3), asAna))
      .thenNothing();
  });

  it('stops the clock of a grace (R2)', () => {
    const inGrace = [...entry(), reciprocityLost(day(90)), memberPaused(day(50), day(30))];
    member
      .given(...inGrace)
      .when(resume(day(50)))
      .then(memberResumed(day(110)));
    member
      .given(...inGrace)
      .when(suspend(day(90)))
      .thenNothing();
    member
      .given(...inGrace, memberResumed(day(110)))
      .when(suspend(day(90)))
      .thenNothing();
    member
      .given(...inGrace, memberResumed(day(110)))
      .when(suspend(day(110)))
      .then(memberSuspended());
  });

  it('stops the clock once, however often it is moved (R2)', () => {
    const moved = [...entry(), reciprocityLost(day(90)), memberPaused(day(50), day(30)), memberPaused(day(60), day(40))];
    member
      .given(...moved)
      .when(resume(day(60)))
      .then(memberResumed(day(120)));
  });

  it('lets a grace that begins during it run in full afterwards (R2)', () => {
    const lostMeanwhile = [...entry(), memberPaused(day(20)), reciprocityLost(day(110))];
    member
      .given(...entry(), memberPaused(day(20)))
      .when(lose(day(5)))
      .then(reciprocityLost(day(110)));
    member
      .given(...lostMeanwhile)
      .when(lose(day(6)))
      .thenNothing();
    member
      .given(...lostMeanwhile)
      .when(resume(day(20)))
      .then(memberResumed(day(110)));
    member
      .given(...lostMeanwhile)
      .when(resume(day(10), asAna))
      .then(memberResumed(day(100)));
    member
      .given(...lostMeanwhile)
      .when(restore())
      .then(reciprocityRestored());
    member
      .given(...lostMeanwhile, reciprocityRestored())
      .when(resume(day(20)))
      .then(memberResumed());
  });
});

describe('capacity', () => {
  const set = (capacity: number, by = asAna) => command('SetCapacity', { memberId, capacity }, by);

  it('is set by the member, to one at least (R11)', () => {
    member
      .given(...entry())
      .when(set(3))
      .then(capacitySet(3));
    member
      .given(...entry())
      .when(set(1))
      .then(capacitySet(1));
    member
      .given(...entry())
      .when(set(2))
      .thenNothing();
    for (const wrong of [0, 1.5, Number.NaN])
      member
        .given(...entry())
        .when(set(wrong))
        .thenRefused('capacity-too-small');
    member
      .given(...entry())
      .when(set(3, asFacilitator()))
      .thenRefused('not-allowed');
    member.given(applied()).when(set(3)).thenRefused('not-enrolled');
  });
});

describe('leaving', () => {
  const leave = (by = asAna) => command('LeaveNetwork', { memberId, reason: null }, by);

  it('is the person’s own choice, at any time (R6)', () => {
    for (const before of [[applied()], entry(), [...entry(), memberPaused(day(20))], [...entry(), reciprocityLost(), memberSuspended()]])
      member
        .given(...before)
        .when(leave())
        .then(memberLeft());
    for (const by of [asFacilitator(), asNetworkLead(), system])
      member
        .given(...entry())
        .when(leave(by))
        .thenRefused('not-allowed');
    member.given().when(leave()).thenRefused('member-not-found');
  });

  it('happens once, and is final (R22)', () => {
    member
      .given(...entry(), memberLeft())
      .when(leave())
      .thenNothing();
    member
      .given(...entry(), memberLeft(), erased())
      .when(leave())
      .thenNothing();
    member
      .given(...entry(), memberLeft())
      .when(pause(day(20)))
      .thenRefused('member-left');
    member
      .given(...entry(), memberLeft())
      .when(resume(day(20)))
      .thenRefused('member-left');
  });
});
