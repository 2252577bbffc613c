import { command, now } from '#testing/commands';
import { factsWithPolicy, networkFacts } from '#testing/network-facts';
import { specifying } from '#testing/given-when-then';
import {
  applied,
  enteredOnBehalf,
  entry,
  erased,
  erasureApproved,
  erasureDeferred,
  erasureRequested,
  memberLeft,
} from '#testing/networks/member-facts';
import { ana, asDataProtectionOfficer, asFacilitator, asMember, asNetworkLead, bo, pam, quin, system } from '#testing/people';
import { LAST_INSTANT } from '#kernel/instant';
import { addDays, addMilliseconds, addMonths } from '../calendar';
import { memberDecider } from './member.decider';

const member = specifying(memberDecider);
const memberId = ana;
const asPam = asDataProtectionOfficer(pam);
const asQuin = asDataProtectionOfficer(quin);
const until = addDays(now, 100);

const ask = (by = asMember(ana)) => command('AskForErasure', { memberId }, by);
const approve = (by = asPam, at = now) => command('ApproveErasure', { memberId }, by, { at });
const defer = (by = asPam, end = until) => command('DeferErasure', { memberId, until: end }, by);
const erase = (at = now, by = system) => command('ErasePersonalData', { memberId, ground: 'approved' }, by, { at });

const left = [...entry(), memberLeft()] as const;

describe('asking for erasure', () => {
  it('is the member’s, or the data protection officer’s (R19)', () => {
    member
      .given(...left)
      .when(ask())
      .then(erasureRequested(ana));
    member
      .given(...left)
      .when(ask(asPam))
      .then(erasureRequested(pam));
    for (const by of [asMember(bo), asFacilitator(), asNetworkLead(), system])
      member
        .given(...left)
        .when(ask(by))
        .thenRefused('not-allowed');
    member.given().when(ask()).thenRefused('member-not-found');
  });

  it('happens once (R22)', () => {
    member
      .given(...left, erasureRequested())
      .when(ask(asPam))
      .thenNothing();
    member
      .given(...left, erasureRequested(), erasureApproved(pam), erased())
      .when(ask())
      .thenNothing();
  });
});

describe('approving an erasure', () => {
  it('takes a second person, who is a data protection officer (R19)', () => {
    member
      .given(...left, erasureRequested())
      .when(approve())
      .then(erasureApproved(pam));
    member
      .given(...left, erasureRequested(pam))
      .when(approve(asQuin))
      .then(erasureApproved(quin));
    member
      .given(...left, erasureRequested(pam))
      .when(approve(asPam))
      .thenRefused('erasure-needs-second-person');
    member
      .given(...left, erasureRequested())
      .when(approve(asDataProtectionOfficer(ana)))
      .thenRefused('erasure-needs-second-person');
    for (const by of [asMember(bo), asNetworkLead(), system])
      member
        .given(...left, erasureRequested())
        .when(approve(by))
        .thenRefused('not-allowed');
  });

  it('needs the asking, and happens once (R19, R22)', () => {
    member.given(enteredOnBehalf(), erased('entry-not-confirmed')).when(approve()).thenNothing();
    member
      .given(...left)
      .when(approve())
      .thenRefused('erasure-not-requested');
    member
      .given(...left, erasureRequested(), erasureApproved(pam))
      .when(approve(asQuin))
      .thenNothing();
  });
});

describe('a legal hold', () => {
  const held = [...left, erasureRequested(), erasureDeferred(pam, until)] as const;

  it('defers approval and erasure until it ends (R19)', () => {
    member
      .given(...left, erasureRequested())
      .when(defer())
      .then(erasureDeferred(pam, until));
    member
      .given(...held)
      .when(approve(asQuin))
      .thenRefused('erasure-deferred');
    member
      .given(...held)
      .when(approve(asQuin, until))
      .then(erasureApproved(quin));
    member
      .given(...left, erasureRequested(), erasureApproved(quin))
      .when(defer())
      .then(erasureDeferred(pam, until));
    member
      .given(...left, erasureRequested(), erasureApproved(quin), erasureDeferred(pam, until))
      .when(erase())
      .thenRefused('erasure-deferred');
    member
      .given(...left, erasureRequested(), erasureApproved(quin), erasureDeferred(pam, until))
      .when(erase(until))
      .then(erased());
  });

  it('is the data protection officer’s, and lies ahead (R19)', () => {
    member
      .given(...left, erasureRequested())
      .when(defer(asFacilitator()))
      .thenRefused('not-allowed');
    member
      .given(...left, erasureRequested())
      .when(defer(asPam, now))
      .thenRefused('hold-in-the-past');
    for (const far of [addMilliseconds(addMonths(now, 24), 1), LAST_INSTANT])
      member
        .given(...left, erasureRequested())
        .when(defer(asPam, far))
        .thenRefused('date-out-of-range', { field: 'until', from: now, to: addMonths(now, 24) });
    member
      .given(...left)
      .when(defer())
      .thenRefused('erasure-not-requested');
    member
      .given(...held)
      .when(defer())
      .thenNothing();
    member
      .given(...left, erasureRequested(), erasureApproved(pam), erased())
      .when(defer())
      .thenRefused('member-erased');
  });
});

describe('erasing', () => {
  it('follows the approval, by the system alone (R19)', () => {
    member
      .given(...left, erasureRequested(), erasureApproved(pam))
      .when(erase())
      .then(erased());
    member.given(applied(), erasureRequested(), erasureApproved(pam)).when(erase()).then(erased());
    member
      .given(...left, erasureRequested())
      .when(erase())
      .thenRefused('erasure-not-approved');
    member
      .given(...left)
      .when(erase())
      .thenRefused('erasure-not-approved');
    member
      .given(...left, erasureRequested(), erasureApproved(pam))
      .when(erase(now, asPam))
      .thenRefused('not-allowed');
    member
      .given(...left, erasureRequested(), erasureApproved(pam), erased())
      .when(erase())
      .thenNothing();
  });

  it('makes who stands in the network leave first, so that nothing of theirs goes on (R19)', () => {
    member
      .given(...entry(), erasureRequested(), erasureApproved(pam))
      .when(erase())
      .then(memberLeft(), erased());
  });
});

describe('the data of somebody who left', () => {
  const leftAt = addMonths(now, -36);
  const gone = [...entry(), memberLeft(leftAt)] as const;
  const expire = (at = now, network = networkFacts()) =>
    command('ErasePersonalData', { memberId, ground: 'retention' }, system, { at, network });

  it('is erased once it was kept for as long as the policy says, by no one’s request (R19)', () => {
    member
      .given(...gone)
      .when(expire())
      .then(erased('retention'));
    member
      .given(...gone)
      .when(expire(addMilliseconds(now, -1)))
      .thenRefused('window-still-open');
    member
      .given(...gone)
      .when(expire(now, factsWithPolicy({ goneMembersMonths: 0 })))
      .thenRefused('window-still-open');
    member
      .given(...gone, erased('retention'))
      .when(expire())
      .thenNothing();
  });

  it('is kept while a legal hold stands (R19)', () => {
    const held = [...gone, erasureRequested(pam), erasureDeferred(pam, until)] as const;
    member
      .given(...held)
      .when(expire())
      .thenRefused('erasure-deferred');
    member
      .given(...held)
      .when(expire(until))
      .then(erased('retention'));
  });

  it('is nobody’s who is in the network, or never came in (R19)', () => {
    for (const story of [entry(), [enteredOnBehalf()]])
      member
        .given(...story)
        .when(expire(LAST_INSTANT))
        .thenRefused('not-left');
  });
});
