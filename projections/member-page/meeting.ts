import type { MemberId } from '#domain/ids';
import { viewerRoleOf, type Affair, type Viewer } from '#domain/match/who-sees-whom';
import type { EngagementReason } from '#domain/member/member.events';
import type { SeenAffair } from './affairs.queries';
import type { MeetingRow } from './meeting.fold';

type Untold = 'formerly' | 'accepted' | 'mediatorId' | 'participants' | 'connection' | 'agreement' | 'reason' | 'superseded';

/** A match or an exchange as one person may see it (§7). */
export type Meeting = Omit<MeetingRow, Untold | 'toldTo'> &
  Omit<SeenAffair, 'others'> & {
    /** What the row calls `toldTo`. */
    readonly visibleTo: MeetingRow['toldTo'];
    /** R11: why a place could not be kept, and whose it was; null while that person stays hidden. */
    readonly superseded: { readonly memberId: MemberId | null; readonly reason: EngagementReason | 'not-available' } | null;
  };

const BEFORE_ALL_ACCEPTED: readonly MeetingRow['status'][] = ['proposed', 'opened', 'superseded', 'declined', 'expired'];

export const affairOf = (row: MeetingRow): Affair => ({
  participants: row.participants,
  formerly: row.formerly,
  accepted: [...row.accepted, ...row.formerly],
  mediatorId: row.mediatorId,
  isConfirmed: !BEFORE_ALL_ACCEPTED.includes(row.status),
  connection: row.connection,
  agreement: row.agreement,
  reason: row.reason,
  others: row.superseded ? [row.superseded.memberId] : [],
});

/** Whether somebody is paused, suspended or gone is their own affair, and the facilitator's: others are told that they are not available. */
const AWAY: readonly EngagementReason[] = ['not-enrolled', 'paused', 'suspended', 'left'];

const supersededFor = (row: MeetingRow, seen: SeenAffair, viewer: Viewer): Meeting['superseded'] => {
  if (!row.superseded) return null;
  const { memberId, reason } = row.superseded;
  const isTold = memberId === viewer.memberId || viewerRoleOf({ encounter: affairOf(row), viewer }) === 'facilitator';
  return { memberId: seen.others[0]?.memberId ?? null, reason: !isTold && AWAY.includes(reason) ? 'not-available' : reason };
};

export const meetingOf = (row: MeetingRow, seen: SeenAffair, viewer: Viewer): Meeting => {
  const { formerly: _, accepted: __, mediatorId: ___, toldTo: visibleTo, ...told } = row;
  const { others: ____, ...shown } = seen;
  return { ...told, visibleTo, ...shown, superseded: supersededFor(row, seen, viewer) };
};
