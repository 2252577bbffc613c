import type { MatchId, MemberId, NetworkId, OfferId, RequestId } from '#domain/ids';
import type { MemberEvent } from '#domain/member/member.events';
import { Type } from '@sinclair/typebox';
import { code, count, event, id, instant, list, nullable, oneOf, personal, record, type PersonalMark, type SchemasOf } from './schema-kit';
import { draftedOffers, draftedRequests, exchangeRole, language, profile, profileWithoutNumber } from './vocabulary.schemas';

const SELF: PersonalMark = { owner: '/memberId', key: 'member' };
const ids = () => ({ memberId: id<MemberId>(), networkId: id<NetworkId>() });
const by = () => ({ by: id<MemberId>() });
const engagement = () => ({
  memberId: id<MemberId>(),
  matchId: id<MatchId>(),
  role: exchangeRole(),
  offerId: nullable(id<OfferId>()),
  requestId: nullable(id<RequestId>()),
});

const requested = () => ({
  ...ids(),
  entry: oneOf('self', 'fair', 'import'),
  offers: draftedOffers(SELF),
  requests: draftedRequests(SELF),
  confirmBy: nullable(instant()),
});

/** Before the employee number came, nobody had given one. */
const noNumber = ({ profile: before, ...rest }: { readonly profile: object }) => ({
  profile: { employeeNumber: null, ...before },
  ...rest,
});

/** Why a participant's own stream refuses a proposal (R11, R16). */
export const engagementReason = () => oneOf('not-enrolled', 'paused', 'suspended', 'left', 'at-capacity', 'request-already-matched');

export const memberSchemas: SchemasOf<MemberEvent> = {
  MembershipRequested: event(
    'Somebody applies, or is entered on their behalf and has yet to confirm (R6).',
    { ...requested(), profile: profile(SELF) },
    [{ from: record({ ...requested(), profile: profileWithoutNumber(SELF) }), to: noNumber }],
  ),
  CharterAccepted: event('The member accepted this version of the charter.', { ...ids(), charterVersion: count() }),
  MemberEnrolled: event('A member with both sides: offers and requests to be published from it (R1).', {
    ...ids(),
    site: code(),
    unit: code(),
    languages: list(language()),
    charterVersion: count(),
    capacity: count(),
    offers: draftedOffers(SELF),
    requests: draftedRequests(SELF),
  }),
  ProfileChanged: event('The whole profile as the member wants it from now on.', { ...ids(), profile: profile(SELF) }, [
    { from: record({ ...ids(), profile: profileWithoutNumber(SELF) }), to: noNumber },
  ]),
  MemberPaused: event('The member is in no new proposal until then (R16).', { ...ids(), until: instant() }),
  MemberResumed: event('The pause ended; a running grace goes on to its new end (R2).', { ...ids(), graceEndsAt: nullable(instant()) }),
  CapacitySet: event('How many open engagements as giver the member takes on (R11).', { ...ids(), capacity: count() }),
  EngagementReserved: event('A place for this match is kept on the member’s own stream (R11).', engagement()),
  EngagementRefused: event('The member’s own stream refuses this match (R11, R16).', { ...engagement(), reason: engagementReason() }),
  EngagementReleased: event('The place is free again.', { memberId: id<MemberId>(), matchId: id<MatchId>(), role: exchangeRole() }),
  ReciprocityLost: event('The last published offer or open request went: the grace runs (R2).', {
    ...ids(),
    missing: oneOf('offer', 'request', 'both'),
    graceEndsAt: instant(),
  }),
  ReciprocityRestored: event('Both sides are there again (R2).', ids()),
  MemberSuspended: event('The grace ended with a side still missing (R2).', ids()),
  MemberLeft: event('The member left of their own will (R6).', { ...ids(), reason: nullable(personal(SELF)) }),
  ErasureRequested: event('Erasure is asked for.', { ...ids(), ...by() }),
  ErasureApproved: event('A second person approved the erasure.', { ...ids(), ...by() }),
  ErasureDeferred: event('The erasure waits for the end of a legal hold.', {
    ...ids(),
    ...by(),
    until: instant(),
    ground: Type.Literal('legal-hold'),
  }),
  PersonalDataErased: event(
    'The member’s keys and identity are destroyed (R19).',
    { ...ids(), ground: oneOf('approved', 'entry-not-confirmed', 'retention') },
    // A program that knows two grounds stops at the third by its version.
    [{ from: record({ ...ids(), ground: oneOf('approved', 'entry-not-confirmed') }), to: (data: object) => data }],
  ),
};
