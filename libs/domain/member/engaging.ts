import { accept, refuse } from '#kernel/decider';
import type { EngagementReason } from './member.events';
import type { MemberCommandOf, MemberDecision, MemberState } from './member.state';

type Wish = MemberCommandOf<'ReserveEngagement'>['data'];

/** R16: in no new proposal; R11: the giver's capacity, and one open match per request. R3: an imbalance is no reason. */
const reasonAgainst = ({ role, requestId }: Wish, member: MemberState): EngagementReason | null => {
  switch (member.status) {
    case 'unknown':
    case 'applied':
      return 'not-enrolled';
    case 'paused':
    case 'suspended':
      return member.status;
    case 'left':
    case 'erased':
      return 'left';
    case 'enrolled':
    case 'in-grace': {
      const inRole = member.engagements.filter((engagement) => engagement.role === role);
      if (role === 'giver') return inRole.length >= member.capacity ? 'at-capacity' : null;
      return inRole.some((engagement) => engagement.requestId === requestId) ? 'request-already-matched' : null;
    }
  }
};

/** Each match is answered once, whatever came after (R22): a place released is not taken again for the same match. */
export const reserveEngagement = ({ data, by }: MemberCommandOf<'ReserveEngagement'>, member: MemberState): MemberDecision => {
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  if (member.answered.includes(data.matchId)) return accept();
  const reason = reasonAgainst(data, member);
  return reason === null ? accept({ type: 'EngagementReserved', data }) : accept({ type: 'EngagementRefused', data: { ...data, reason } });
};

export const releaseEngagement = ({ data, by }: MemberCommandOf<'ReleaseEngagement'>, member: MemberState): MemberDecision => {
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  const held = member.status === 'unknown' ? undefined : member.engagements.find(({ matchId }) => matchId === data.matchId);
  return held ? accept({ type: 'EngagementReleased', data: { ...data, role: held.role } }) : accept();
};
