import type { Instant } from '#kernel/id';
import type { Personal } from '#kernel/message';
import type { DomainCommand } from '../command';
import type { MatchId, MemberId, OfferId, RequestId } from '../ids';
import type { DraftedOffer, DraftedRequest, ExchangeRole, Profile } from '../vocabulary';
import type { Entry, ErasureGround } from './member.events';

export type MemberCommand =
  | DomainCommand<
      'ApplyForMembership',
      { memberId: MemberId; profile: Profile; entry: Entry; offers: readonly DraftedOffer[]; requests: readonly DraftedRequest[] }
    >
  | DomainCommand<'AcceptCharter', { memberId: MemberId; charterVersion: number }>
  /** Where no offer or no request is given, what the application carried is published: `declared` is the person's word for it (R14). */
  | DomainCommand<
      'EnrolMember',
      {
        memberId: MemberId;
        profile?: Profile;
        declared?: boolean;
        offers: readonly DraftedOffer[];
        requests: readonly DraftedRequest[];
      }
    >
  | DomainCommand<'ChangeProfile', { memberId: MemberId; profile: Profile }>
  | DomainCommand<'PauseMembership', { memberId: MemberId; until: Instant }>
  | DomainCommand<'ResumeMembership', { memberId: MemberId }>
  | DomainCommand<'SetCapacity', { memberId: MemberId; capacity: number }>
  | DomainCommand<'LeaveNetwork', { memberId: MemberId; reason: Personal | null }>
  | DomainCommand<'AskForErasure', { memberId: MemberId }>
  | DomainCommand<'ApproveErasure', { memberId: MemberId }>
  | DomainCommand<'DeferErasure', { memberId: MemberId; until: Instant }>
  // From processes and due times only (role `system`):
  | DomainCommand<
      'ReserveEngagement',
      { memberId: MemberId; matchId: MatchId; role: ExchangeRole; offerId: OfferId | null; requestId: RequestId | null }
    >
  | DomainCommand<'ReleaseEngagement', { memberId: MemberId; matchId: MatchId }>
  | DomainCommand<'LoseReciprocity', { memberId: MemberId; missing: 'offer' | 'request' | 'both' }>
  | DomainCommand<'RestoreReciprocity', { memberId: MemberId }>
  /** `graceEndsAt` names the window that ended: a later one is not meant. */
  | DomainCommand<'SuspendMember', { memberId: MemberId; graceEndsAt: Instant }>
  | DomainCommand<'ErasePersonalData', { memberId: MemberId; ground: ErasureGround }>;
