import type { Recorded } from '#kernel/message';
import type { MemberId, NetworkId } from '#domain/ids';
import type { MemberEvent } from '#domain/member/member.events';

export interface PoolMember {
  readonly kind: 'member';
  readonly networkId: NetworkId;
  readonly memberId: MemberId;
  /** In no new proposal, and why (R16). */
  readonly unavailable: 'paused' | 'suspended' | 'outside' | null;
  readonly capacity: number;
  /** Matches in which they hold a giver's place: a group counts once (R11). */
  readonly giving: readonly string[];
}

/** A member as a round counts them. */
export const foldMember = (row: PoolMember | undefined, { type, data }: Recorded<MemberEvent>): PoolMember | null => {
  if (type === 'MemberEnrolled')
    return {
      kind: 'member',
      networkId: data.networkId,
      memberId: data.memberId,
      unavailable: null,
      capacity: data.capacity,
      giving: row?.giving ?? [],
    };
  if (!row) return null;
  switch (type) {
    case 'MemberPaused':
      return { ...row, unavailable: 'paused' };
    case 'MemberSuspended':
      return { ...row, unavailable: 'suspended' };
    case 'MemberResumed':
      return { ...row, unavailable: null };
    // R2: it ends a suspension; who is paused stays so until the pause ends
    case 'ReciprocityRestored':
      return { ...row, unavailable: row.unavailable === 'suspended' ? null : row.unavailable };
    case 'CapacitySet':
      return { ...row, capacity: data.capacity };
    case 'EngagementReserved':
      return data.role === 'giver' ? { ...row, giving: [...row.giving, data.matchId] } : row;
    case 'EngagementReleased':
      return { ...row, giving: row.giving.filter((matchId) => matchId !== data.matchId) };
    case 'MemberLeft':
    case 'PersonalDataErased':
      return { ...row, unavailable: 'outside' };
    default:
      return row;
  }
};
