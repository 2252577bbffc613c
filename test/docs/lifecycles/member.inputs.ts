import { addDays } from '#domain/calendar';
import type { MatchId } from '#domain/ids';
import type { MemberCommand } from '#domain/member/member.commands';
import type { MemberState } from '#domain/member/member.decider';
import { now } from '#testing/commands';
import { draftedOffer, draftedRequest, profile } from '#testing/content';
import { placeAsGiver } from '#testing/networks/member-facts';
import { ana, asDataProtectionOfficer, asFacilitator, asMember, quin, system } from '#testing/people';
import type { CommandInputs } from './explore';

const me = { memberId: ana };
const entry = { ...me, profile: profile(), offers: [draftedOffer()], requests: [draftedRequest()] };
const later = addDays(now, 10);
const longAfter = addDays(now, 200);

export const memberInputs: CommandInputs<MemberCommand, MemberState> = {
  ApplyForMembership: () => [
    { data: { ...entry, entry: 'self' }, by: asMember(ana) },
    { data: { ...me, profile: profile(), entry: 'fair', offers: [], requests: [] }, by: asFacilitator() },
  ],
  AcceptCharter: () => [{ data: { ...me, charterVersion: 1 }, by: asMember(ana) }],
  EnrolMember: () => [{ data: { ...me, offers: entry.offers, requests: entry.requests }, by: asMember(ana) }],
  ChangeProfile: () => [{ data: { ...me, profile: profile({ unit: 'HR' }) }, by: asMember(ana) }],
  PauseMembership: () => [{ data: { ...me, until: later }, by: asMember(ana) }],
  ResumeMembership: () => [
    { data: me, by: asMember(ana) },
    { data: me, by: system, at: later },
  ],
  SetCapacity: () => [{ data: { ...me, capacity: 3 }, by: asMember(ana) }],
  LeaveNetwork: () => [{ data: { ...me, reason: null }, by: asMember(ana) }],
  AskForErasure: () => [{ data: me, by: asMember(ana) }],
  ApproveErasure: () => [{ data: me, by: asDataProtectionOfficer(quin) }],
  DeferErasure: () => [{ data: { ...me, until: later }, by: asDataProtectionOfficer() }],
  ReserveEngagement: () => [{ data: placeAsGiver('m1'), by: system }],
  ReleaseEngagement: () => [{ data: { ...me, matchId: 'm1' as MatchId }, by: system }],
  LoseReciprocity: () => [{ data: { ...me, missing: 'offer' }, by: system }],
  RestoreReciprocity: () => [{ data: me, by: system }],
  SuspendMember: (state) => {
    const graceEndsAt = state.status === 'in-grace' ? state.graceEndsAt : later;
    return [{ data: { ...me, graceEndsAt }, by: system, at: graceEndsAt }];
  },
  ErasePersonalData: () =>
    (['approved', 'entry-not-confirmed'] as const).map((ground) => ({ data: { ...me, ground }, by: system, at: longAfter })),
};
