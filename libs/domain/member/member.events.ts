import type { Instant } from '#kernel/id';
import type { DomainEvent, Personal } from '#kernel/message';
import type { MatchId, MemberId, NetworkId, OfferId, RequestId } from '../ids';
import type { DraftedOffer, DraftedRequest, ExchangeRole, Language, Profile } from '../vocabulary';

/** Why a participant's own stream refuses a proposal (R11, R16). */
export type EngagementReason = 'not-enrolled' | 'paused' | 'suspended' | 'left' | 'at-capacity' | 'request-already-matched';
export type Entry = 'self' | 'fair' | 'import';
type Engagement = { memberId: MemberId; matchId: MatchId; role: ExchangeRole; offerId: OfferId | null; requestId: RequestId | null };

/** A second person approved it; an entry on behalf that nobody confirmed (R6); the member left longer ago than the policy keeps. */
export type ErasureGround = 'approved' | 'entry-not-confirmed' | 'retention';

export type MemberEvent =
  /** `confirmBy`: an entry on behalf stays pending until the person confirms, or is erased then (R6); null for the person's own. */
  | DomainEvent<
      'MembershipRequested',
      {
        memberId: MemberId;
        networkId: NetworkId;
        profile: Profile;
        entry: Entry;
        offers: readonly DraftedOffer[];
        requests: readonly DraftedRequest[];
        confirmBy: Instant | null;
      }
    >
  | DomainEvent<'CharterAccepted', { memberId: MemberId; networkId: NetworkId; charterVersion: number }>
  /** R1: it carries both sides; the first offers and requests are published from it. */
  | DomainEvent<
      'MemberEnrolled',
      {
        memberId: MemberId;
        networkId: NetworkId;
        site: string;
        unit: string;
        languages: readonly Language[];
        charterVersion: number;
        capacity: number;
        offers: readonly DraftedOffer[];
        requests: readonly DraftedRequest[];
      }
    >
  | DomainEvent<'ProfileChanged', { memberId: MemberId; networkId: NetworkId; profile: Profile }>
  | DomainEvent<'MemberPaused', { memberId: MemberId; networkId: NetworkId; until: Instant }>
  /** `graceEndsAt`: the grace's new end where one was running, for the clock stops during a pause (R2). */
  | DomainEvent<'MemberResumed', { memberId: MemberId; networkId: NetworkId; graceEndsAt: Instant | null }>
  | DomainEvent<'CapacitySet', { memberId: MemberId; networkId: NetworkId; capacity: number }>
  | DomainEvent<'EngagementReserved', Engagement>
  | DomainEvent<'EngagementRefused', Engagement & { reason: EngagementReason }>
  | DomainEvent<'EngagementReleased', { memberId: MemberId; matchId: MatchId; role: ExchangeRole }>
  | DomainEvent<
      'ReciprocityLost',
      { memberId: MemberId; networkId: NetworkId; missing: 'offer' | 'request' | 'both'; graceEndsAt: Instant }
    >
  | DomainEvent<'ReciprocityRestored', { memberId: MemberId; networkId: NetworkId }>
  | DomainEvent<'MemberSuspended', { memberId: MemberId; networkId: NetworkId }>
  | DomainEvent<'MemberLeft', { memberId: MemberId; networkId: NetworkId; reason: Personal | null }>
  | DomainEvent<'ErasureRequested', { memberId: MemberId; networkId: NetworkId; by: MemberId }>
  /** Two persons: whoever approves did not ask on behalf. */
  | DomainEvent<'ErasureApproved', { memberId: MemberId; networkId: NetworkId; by: MemberId }>
  | DomainEvent<'ErasureDeferred', { memberId: MemberId; networkId: NetworkId; by: MemberId; until: Instant; ground: 'legal-hold' }>
  | DomainEvent<'PersonalDataErased', { memberId: MemberId; networkId: NetworkId; ground: ErasureGround }>;
