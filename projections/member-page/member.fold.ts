import type { Instant } from '#kernel/id';
import type { Personal, Recorded } from '#kernel/message';
import type { MemberId, NetworkId } from '#domain/ids';
import type { MemberEvent } from '#domain/member/member.events';
import type { DraftedOffer, DraftedRequest, ExchangeRole, Language } from '#domain/vocabulary';

export interface MemberRow {
  readonly kind: 'member';
  readonly networkId: NetworkId;
  readonly memberId: MemberId;
  readonly status: 'applied' | 'enrolled' | 'paused' | 'suspended' | 'left' | 'erased';
  readonly name: Personal | null;
  readonly email: Personal | null;
  readonly employeeNumber: Personal | null;
  readonly site: string;
  readonly unit: string;
  readonly languages: readonly Language[];
  readonly charterVersion: number;
  readonly capacity: number;
  readonly enrolledAt: Instant | null;
  readonly pausedUntil: Instant | null;
  /** R2: the running grace's end; null where both sides stand. */
  readonly graceEndsAt: Instant | null;
  readonly missing: 'offer' | 'request' | 'both' | null;
  /** Matches and exchanges that hold a place of theirs (R11). */
  readonly engagements: readonly { readonly matchId: string; readonly role: ExchangeRole }[];
  /** What was written in their name and waits for their word (R6). */
  readonly pending: { readonly offers: readonly DraftedOffer[]; readonly requests: readonly DraftedRequest[] };
}

const NOTHING_PENDING = { offers: [], requests: [] };

const applied = ({ data }: Extract<Recorded<MemberEvent>, { type: 'MembershipRequested' }>): MemberRow => ({
  kind: 'member',
  networkId: data.networkId,
  memberId: data.memberId,
  status: 'applied',
  name: data.profile.name,
  email: data.profile.email,
  employeeNumber: data.profile.employeeNumber,
  site: data.profile.site,
  unit: data.profile.unit,
  languages: data.profile.languages,
  charterVersion: 0,
  capacity: 0,
  enrolledAt: null,
  pausedUntil: null,
  graceEndsAt: null,
  missing: null,
  engagements: [],
  pending: { offers: data.offers, requests: data.requests },
});

/** The member as they see themself after one event. */
export const foldMember = (row: MemberRow | undefined, event: Recorded<MemberEvent>): MemberRow | null => {
  if (event.type === 'MembershipRequested') return applied(event);
  if (!row) return null;
  switch (event.type) {
    case 'CharterAccepted':
      return { ...row, charterVersion: event.data.charterVersion };
    case 'MemberEnrolled': {
      const { site, unit, languages, charterVersion, capacity } = event.data;
      return {
        ...row,
        status: 'enrolled',
        site,
        unit,
        languages,
        charterVersion,
        capacity,
        enrolledAt: row.enrolledAt ?? event.meta.occurredAt,
        pending: NOTHING_PENDING,
      };
    }
    case 'ProfileChanged':
      return { ...row, ...event.data.profile };
    case 'MemberPaused':
      return { ...row, status: 'paused', pausedUntil: event.data.until };
    case 'MemberResumed':
      return { ...row, status: 'enrolled', pausedUntil: null, graceEndsAt: event.data.graceEndsAt };
    case 'CapacitySet':
      return { ...row, capacity: event.data.capacity };
    case 'EngagementReserved':
      return { ...row, engagements: [...row.engagements, { matchId: event.data.matchId, role: event.data.role }] };
    case 'EngagementReleased':
      return { ...row, engagements: row.engagements.filter(({ matchId }) => matchId !== event.data.matchId) };
    case 'ReciprocityLost':
      return { ...row, missing: event.data.missing, graceEndsAt: event.data.graceEndsAt };
    case 'ReciprocityRestored':
      return { ...row, status: row.status === 'suspended' ? 'enrolled' : row.status, missing: null, graceEndsAt: null };
    case 'MemberSuspended':
      return { ...row, status: 'suspended', graceEndsAt: null };
    case 'MemberLeft':
      return { ...row, status: 'left', graceEndsAt: null, pausedUntil: null, pending: NOTHING_PENDING };
    case 'PersonalDataErased':
      return { ...row, status: 'erased', name: null, email: null, employeeNumber: null, pending: NOTHING_PENDING };
    case 'EngagementRefused':
    case 'ErasureRequested':
    case 'ErasureApproved':
    case 'ErasureDeferred':
      return row;
  }
};
