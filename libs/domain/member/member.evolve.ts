import { addMilliseconds, elapsed } from '../calendar';
import type { MemberEvent } from './member.events';
import { isInNetwork, personOf, type Gone, type KnownMember, type MemberState, type MemberInNetwork } from './member.state';

type EventOf<Type extends MemberEvent['type']> = Extract<MemberEvent, { type: Type }>;
type OfEngagement = 'EngagementReserved' | 'EngagementRefused' | 'EngagementReleased';
type OfStanding = 'CapacitySet' | 'MemberPaused' | 'MemberResumed' | 'ReciprocityLost' | 'ReciprocityRestored' | 'MemberSuspended';
type OfErasure = 'ErasureRequested' | 'ErasureApproved' | 'ErasureDeferred';

export const evolveMember = (member: MemberState, event: MemberEvent): MemberState => {
  if (event.type === 'MembershipRequested') return requested(member, event);
  if (member.status !== 'unknown') return evolveKnown(member, event);
  return event.type === 'EngagementRefused' ? { ...member, answered: [...member.answered, event.data.matchId] } : member;
};

const requested = ({ answered }: MemberState, { data }: EventOf<'MembershipRequested'>): MemberState => ({
  status: 'applied',
  memberId: data.memberId,
  networkId: data.networkId,
  profile: data.profile,
  charterVersion: 0,
  engagements: [],
  answered,
  erasure: null,
  offers: data.offers,
  requests: data.requests,
  entry: data.entry,
  confirmBy: data.confirmBy,
});

const evolveKnown = (member: KnownMember, event: Exclude<MemberEvent, { type: 'MembershipRequested' }>): KnownMember => {
  switch (event.type) {
    case 'CharterAccepted':
      return { ...member, charterVersion: event.data.charterVersion };
    case 'ProfileChanged':
      return { ...member, profile: event.data.profile };
    case 'MemberEnrolled':
      return enrolled(member, event);
    case 'MemberLeft':
      return gone(member, { status: 'left', leftAt: event.occurredAt ?? null, reason: event.data.reason });
    case 'PersonalDataErased':
      return gone(member, { leftAt: null, reason: null, ...('leftAt' in member ? member : {}), status: 'erased' });
    case 'EngagementReserved':
    case 'EngagementRefused':
    case 'EngagementReleased':
      return engaged(member, event);
    case 'ErasureRequested':
    case 'ErasureApproved':
    case 'ErasureDeferred':
      return erasing(member, event);
    case 'CapacitySet':
    case 'MemberPaused':
    case 'MemberResumed':
    case 'ReciprocityLost':
    case 'ReciprocityRestored':
    case 'MemberSuspended':
      return isInNetwork(member) ? standing(member, event) : member;
  }
};

const enrolled = (member: KnownMember, { data }: EventOf<'MemberEnrolled'>): MemberInNetwork => {
  const { charterVersion, capacity, offers, requests } = data;
  return { ...personOf(member), status: 'enrolled', charterVersion, capacity, enteredWith: { offers, requests } };
};

const gone = (member: KnownMember, { status, leftAt, reason }: Pick<Gone, 'status' | 'leftAt' | 'reason'>): Gone => ({
  ...personOf(member),
  status,
  confirmBy: 'confirmBy' in member ? member.confirmBy : null,
  leftAt,
  reason,
});

/** The places that are kept, and those that were refused (R11). */
const engaged = (member: KnownMember, event: EventOf<OfEngagement>): KnownMember => {
  const { matchId, role } = event.data;
  const others = member.engagements.filter((engagement) => engagement.matchId !== matchId);
  switch (event.type) {
    case 'EngagementReserved':
      return {
        ...member,
        engagements: [...others, { matchId, role, requestId: event.data.requestId }],
        answered: [...member.answered, matchId],
      };
    case 'EngagementRefused':
      return { ...member, answered: [...member.answered, matchId] };
    case 'EngagementReleased':
      return { ...member, engagements: others };
  }
};

const erasing = (member: KnownMember, { type, data }: EventOf<OfErasure>): KnownMember => {
  const erasure = member.erasure ?? { askedBy: data.by, approvedBy: null, deferredUntil: null };
  switch (type) {
    case 'ErasureRequested':
      return { ...member, erasure };
    case 'ErasureApproved':
      return { ...member, erasure: { ...erasure, approvedBy: data.by } };
    case 'ErasureDeferred':
      return { ...member, erasure: { ...erasure, deferredUntil: data.until } };
  }
};

const standing = (member: MemberInNetwork, event: EventOf<OfStanding>): MemberInNetwork => {
  const person = { ...personOf(member), capacity: member.capacity, enteredWith: member.enteredWith };
  switch (event.type) {
    case 'CapacitySet':
      return { ...member, capacity: event.data.capacity };
    case 'MemberPaused':
      return { ...person, status: 'paused', until: event.data.until, grace: stopped(member, event) };
    case 'MemberResumed':
      return event.data.graceEndsAt === null
        ? { ...person, status: 'enrolled' }
        : { ...person, status: 'in-grace', graceEndsAt: event.data.graceEndsAt };
    case 'ReciprocityLost':
      // During a pause the clock stands still: the whole grace is still to come when the pause ends.
      return member.status === 'paused'
        ? { ...member, grace: { endsAt: event.data.graceEndsAt, stoppedAt: member.until } }
        : { ...person, status: 'in-grace', graceEndsAt: event.data.graceEndsAt };
    case 'ReciprocityRestored':
      return member.status === 'paused' ? { ...member, grace: null } : { ...person, status: 'enrolled' };
    case 'MemberSuspended':
      return { ...person, status: 'suspended' };
  }
};

/** A pause made longer does not stop the clock a second time. */
const stopped = (member: MemberInNetwork, { data, occurredAt }: EventOf<'MemberPaused'>) => {
  if (member.status === 'paused') return member.grace;
  return member.status === 'in-grace' ? { endsAt: member.graceEndsAt, stoppedAt: occurredAt ?? data.until } : null;
};

/** R2: the grace's new end after a pause that ends at `at`. */
export const graceAfterPause = (member: MemberInNetwork & { status: 'paused' }, at: Parameters<typeof elapsed>[1]) =>
  member.grace === null ? null : addMilliseconds(member.grace.endsAt, elapsed(member.grace.stoppedAt, at));
