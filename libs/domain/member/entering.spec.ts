import { command, now, type Circumstances } from '#testing/commands';
import { draftedOffer, draftedRequest, profile } from '#testing/content';
import { specifying } from '#testing/given-when-then';
import {
  applied,
  charterAccepted,
  enrolled,
  enteredOnBehalf,
  entry,
  erased,
  memberLeft,
  memberPaused,
  memberSuspended,
} from '#testing/networks/member-facts';
import { factsWithPolicy, lyon, networkFacts } from '#testing/network-facts';
import { ana, asDataProtectionOfficer, asFacilitator, asMember, asNetworkLead, bo, fay, system } from '#testing/people';
import type { DataOf } from '#kernel/message';
import { addDays } from '../calendar';
import type { MemberCommand } from './member.commands';
import { memberDecider } from './member.decider';

const member = specifying(memberDecider);
const ids = { memberId: ana, networkId: lyon };
const asAna = asMember(ana);
const sides = { offers: [draftedOffer()], requests: [draftedRequest()] };

const apply = (by = asAna, changes: Partial<DataOf<MemberCommand, 'ApplyForMembership'>> = {}, more: Circumstances = {}) =>
  command('ApplyForMembership', { memberId: ana, profile: profile(), entry: 'self', ...sides, ...changes }, by, more);
const undeclared = {
  offers: [draftedOffer(undefined, { declaredProfessional: false })],
  requests: [draftedRequest(undefined, { declaredProfessional: false })],
};
const onBehalf = (changes: Partial<DataOf<MemberCommand, 'ApplyForMembership'>> = {}, more: Circumstances = {}) =>
  apply(asFacilitator(), { entry: 'fair', ...undeclared, ...changes }, more);
const acceptCharter = (charterVersion = 1, by = asAna, more: Circumstances = {}) =>
  command('AcceptCharter', { memberId: ana, charterVersion }, by, more);
const enrol = (given: Partial<DataOf<MemberCommand, 'EnrolMember'>> = {}, by = asAna, more: Circumstances = {}) =>
  command('EnrolMember', { memberId: ana, offers: [], requests: [], ...given }, by, more);

describe('applying', () => {
  it('is done by the person, or by a facilitator on their behalf (R6)', () => {
    member.given().when(apply()).then(applied());
    member.given().when(onBehalf()).then(enteredOnBehalf());
    member
      .given()
      .when(apply(asMember(bo)))
      .thenRefused('not-allowed');
    member
      .given()
      .when(apply(asNetworkLead(), { entry: 'import' }))
      .thenRefused('not-allowed');
    member.given().when(apply(asFacilitator())).thenRefused('not-allowed');
    member
      .given()
      .when(apply(asFacilitator(ana), { entry: 'fair' }))
      .thenRefused('not-allowed');
  });

  it('gives an entry on behalf the window of the policy of that moment (R6)', () => {
    const network = factsWithPolicy({ entryOnBehalfDays: 7 });
    member
      .given()
      .when(onBehalf({ entry: 'import' }, { network }))
      .then(applied({ entry: 'import', ...undeclared, confirmBy: addDays(now, 7) }));
  });

  it('changes nothing when repeated, and starts no second membership (R22)', () => {
    member.given(applied()).when(apply()).thenNothing();
    member
      .given(applied())
      .when(apply(asAna, { offers: [] }))
      .thenRefused('member-exists');
    member
      .given(...entry())
      .when(apply())
      .thenRefused('member-exists');
  });

  it('gives who left or was erased no way back under the old id (R19)', () => {
    member
      .given(...entry(), memberLeft())
      .when(apply())
      .thenRefused('member-left');
    member
      .given(...entry(), memberLeft(), erased())
      .when(apply())
      .thenRefused('member-erased');
  });
});

describe('the charter', () => {
  it('is accepted by the person, as it reads now (R1)', () => {
    member.given(applied()).when(acceptCharter()).then(charterAccepted());
    member.given(applied()).when(acceptCharter(1, asFacilitator())).thenRefused('not-allowed');
    const network = networkFacts({ charterVersion: 2 });
    member
      .given(applied())
      .when(acceptCharter(1, asAna, { network }))
      .thenRefused('not-the-current-charter', { current: 2 });
    member
      .given(...entry())
      .when(acceptCharter(2, asAna, { network }))
      .then(charterAccepted(2));
    member
      .given(applied())
      .when(acceptCharter(1, asAna, { network: networkFacts({ charterVersion: 0 }) }))
      .thenRefused('no-charter-yet');
  });

  it('is accepted once, and by nobody unknown or gone', () => {
    member.given(applied(), charterAccepted()).when(acceptCharter()).thenNothing();
    member.given(applied()).when(acceptCharter(0)).thenRefused('not-the-current-charter');
    member.given().when(acceptCharter()).thenRefused('member-not-found');
    member.given(applied(), memberLeft()).when(acceptCharter()).thenRefused('member-left');
  });
});

describe('enrolling', () => {
  const ready = [applied(), charterAccepted()] as const;

  it('carries what the application carried, or what is given now (R1)', () => {
    member
      .given(...ready)
      .when(enrol())
      .then(enrolled());
    const newer = [draftedOffer('newer-offer'), draftedOffer('another')];
    member
      .given(...ready)
      .when(enrol({ offers: newer }))
      .then(enrolled({ offers: newer }));
  });

  it.each([
    ['offer', { offers: [] }],
    ['request', { requests: [] }],
    ['both', { offers: [], requests: [] }],
  ] as const)('needs an offer and a request: refuses where %s is missing (R1)', (missing, application) => {
    member.given(applied(application), charterAccepted()).when(enrol()).thenRefused('offer-and-request-needed', { missing });
  });

  it('needs the current charter accepted (R1)', () => {
    member.given(applied()).when(enrol()).thenRefused('charter-not-accepted', { current: 1 });
    const network = networkFacts({ charterVersion: 2 });
    member
      .given(...ready)
      .when(enrol({}, asAna, { network }))
      .thenRefused('charter-not-accepted', { current: 2 });
    member
      .given(applied())
      .when(enrol({}, asAna, { network: networkFacts({ charterVersion: 0 }) }))
      .thenRefused('no-charter-yet');
  });

  it('needs each side fit to be published, declared by the author (R14)', () => {
    const undeclared = [draftedOffer('offer', { declaredProfessional: false })];
    member
      .given(applied({ offers: undeclared }), charterAccepted())
      .when(enrol())
      .thenRefused('not-declared-professional');
    member
      .given(...ready)
      .when(enrol({ requests: [draftedRequest('request', { wording: '' })] }))
      .thenRefused('wording-missing');
    member
      .given(...ready)
      .when(enrol({ offers: [draftedOffer('same'), draftedOffer('same')] }))
      .thenRefused('same-id-twice');
  });

  it('is done by the person alone: an entry on behalf waits for them (R6)', () => {
    for (const by of [asFacilitator(), asNetworkLead(), system])
      member.given(enteredOnBehalf(), charterAccepted()).when(enrol({}, by)).thenRefused('not-allowed');
    member
      .given(enteredOnBehalf(), charterAccepted())
      .when(enrol({ declared: true }))
      .then(enrolled());
  });

  it('is declared by nobody but the author: neither in an entry on behalf nor by their silence (R14, case 10)', () => {
    for (const changes of [{ offers: [draftedOffer()] }, { requests: [draftedRequest()] }])
      member.given().when(onBehalf(changes)).thenRefused('declared-by-another');
    const waiting = [enteredOnBehalf(), charterAccepted()];
    member
      .given(...waiting)
      .when(enrol())
      .thenRefused('not-declared-professional');
    // An entry of before, in which a facilitator could say it for them.
    member
      .given(applied({ entry: 'fair', confirmBy: addDays(now, 30) }), charterAccepted())
      .when(enrol())
      .thenRefused('not-declared-professional');
    member
      .given(...waiting)
      .when(enrol({ declared: true }))
      .then(enrolled());
  });

  it('takes the changes of who confirms: what they give replaces what was written for them (R6, R14, case 10)', () => {
    const waiting = [enteredOnBehalf(), charterAccepted()];
    const offers = [draftedOffer('her-own-words')];
    member
      .given(...waiting)
      .when(enrol({ declared: true, offers }))
      .then(enrolled({ offers }));
    const moved = profile({ site: 'LIL', unit: 'IT' });
    member
      .given(...waiting)
      .when(enrol({ declared: true, profile: moved }))
      .then({ type: 'ProfileChanged', data: { ...ids, profile: moved } }, enrolled({ site: 'LIL', unit: 'IT' }));
    member
      .given(...waiting)
      .when(enrol({ declared: true, profile: profile() }))
      .then(enrolled());
  });

  it('comes too late once the window of an entry on behalf has ended (R6)', () => {
    const at = addDays(now, 30);
    member
      .given(enteredOnBehalf(), charterAccepted())
      .when(enrol({}, asAna, { at }))
      .thenRefused('entry-window-ended');
    member
      .given(...ready)
      .when(enrol({}, asAna, { at }))
      .then(enrolled());
  });

  it('takes the capacity from the policy (R11)', () => {
    const network = factsWithPolicy({ defaultCapacity: 3 });
    member
      .given(...ready)
      .when(enrol({}, asAna, { network }))
      .then(enrolled({ capacity: 3 }));
  });

  it('changes nothing when repeated, and brings nobody back who left (R22)', () => {
    member
      .given(...entry())
      .when(enrol())
      .thenNothing();
    member
      .given(...entry())
      .when(enrol({ ...sides, profile: profile() }))
      .thenNothing();
    member
      .given(...entry(), memberLeft())
      .when(enrol())
      .thenRefused('member-left');
  });
});

describe('entering a second time', () => {
  it.each([
    ['an offer', { offers: [draftedOffer('another')] }],
    ['a request', { requests: [draftedRequest('another')] }],
    ['a profile', { profile: profile({ site: 'LIL' }) }],
  ])('drops nothing in silence: refuses %s of who is enrolled (R22, case 11)', (_what, given) => {
    for (const then of [[], [memberPaused(addDays(now, 7))], [memberSuspended()]])
      member
        .given(...entry(), ...then)
        .when(enrol(given))
        .thenRefused('already-enrolled');
  });
});

describe('an entry that nobody confirmed', () => {
  const erase = (at = addDays(now, 30), by = system) =>
    command('ErasePersonalData', { memberId: ana, ground: 'entry-not-confirmed' }, by, { at });

  it('is erased at the end of its window, not before (R6)', () => {
    member.given(enteredOnBehalf()).when(erase()).then(erased('entry-not-confirmed'));
    member.given(enteredOnBehalf(), memberLeft()).when(erase()).then(erased('entry-not-confirmed'));
    member
      .given(enteredOnBehalf())
      .when(erase(addDays(now, 29)))
      .thenRefused('window-still-open');
    member
      .given(enteredOnBehalf())
      .when(erase(addDays(now, 30), asDataProtectionOfficer()))
      .thenRefused('not-allowed');
  });

  it('is left alone once it was confirmed, or where the person applied (R6)', () => {
    member.given(enteredOnBehalf(), charterAccepted(), enrolled()).when(erase()).thenNothing();
    member.given(enteredOnBehalf(), charterAccepted(), enrolled(), memberLeft()).when(erase()).thenNothing();
    member.given(applied()).when(erase()).thenNothing();
    member.given(enteredOnBehalf(), erased('entry-not-confirmed')).when(erase()).thenNothing();
  });
});

describe('the profile', () => {
  const change = (by = asAna, unit = 'PARCELS') => command('ChangeProfile', { memberId: ana, profile: profile({ unit }) }, by);

  it('is the person’s own (R6)', () => {
    member
      .given(...entry())
      .when(change())
      .then({ type: 'ProfileChanged', data: { ...ids, profile: profile({ unit: 'PARCELS' }) } });
    member
      .given(...entry())
      .when(change(asAna, 'MAIL'))
      .thenNothing();
    member
      .given(...entry())
      .when(change(asFacilitator(fay)))
      .thenRefused('not-allowed');
    member
      .given(...entry(), memberLeft())
      .when(change())
      .thenRefused('member-left');
  });
});
