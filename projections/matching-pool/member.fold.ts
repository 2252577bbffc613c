import type { Recorded } from '#kernel/message';
import type { MemberId, NetworkId } from '#domain/ids';
import type { MemberEvent } from '#domain/member/member.events';

export interface PoolMember {
  readonly kind: 'member';
  readonly networkId: NetworkId;
  readonly memberId: MemberId;
  /** Paused, suspended or left: in no new proposal (R16). */
  readonly unavailable: boolean;
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
      unavailable: false,
      capacity: data.capacity,
      giving: row?.giving ?? [],
    };
  if (!row) return null;
  switch (type) {
    case 'MemberPaused':
    case 'MemberSuspended':
    case 'MemberLeft':
      return { ...row, unavailable: true };
    case 'MemberResumed':
    case 'ReciprocityRestored':
      return { ...row, unavailable: false };
    case 'CapacitySet':
      return { ...row, capacity: data.capacity };
    case 'EngagementReserved':
      return data.role === 'giver' ? { ...row, giving: [...row.giving, data.matchId] } : row;
    case 'EngagementReleased':
      return { ...row, giving: row.giving.filter((matchId) => matchId !== data.matchId) };
    case 'PersonalDataErased':
      return { ...row, unavailable: true };
    default:
      return row;
  }
};
