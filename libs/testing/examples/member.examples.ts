import type { MatchId } from '#domain/ids';
import type { MemberEvent } from '#domain/member/member.events';
import { instant } from '../commands';
import { draftedOffer, draftedRequest, offerId, profile } from '../content';
import { lyon } from '../network-facts';
import { ana, pam, quin } from '../people';
import type { ExamplesOf } from './examples-of';

const ids = { memberId: ana, networkId: lyon };
const sides = { offers: [draftedOffer()], requests: [draftedRequest()] };
const engagement = {
  memberId: ana,
  matchId: 'match-1' as MatchId,
  role: 'giver',
  offerId: offerId('offer-of-ana'),
  requestId: null,
} as const;

export const memberExamples: ExamplesOf<MemberEvent> = {
  MembershipRequested: { ...ids, ...sides, profile: profile(), entry: 'fair', confirmBy: instant('2026-04-01T09:00:00Z') },
  CharterAccepted: { ...ids, charterVersion: 1 },
  MemberEnrolled: { ...ids, ...sides, site: 'LYO', unit: 'MAIL', languages: ['fr', 'en'], charterVersion: 1, capacity: 2 },
  ProfileChanged: { ...ids, profile: profile({ unit: 'PARCELS' }) },
  MemberPaused: { ...ids, until: instant('2026-05-01T09:00:00Z') },
  MemberResumed: { ...ids, graceEndsAt: null },
  CapacitySet: { ...ids, capacity: 3 },
  EngagementReserved: engagement,
  EngagementRefused: { ...engagement, reason: 'at-capacity' },
  EngagementReleased: { memberId: ana, matchId: engagement.matchId, role: 'giver' },
  ReciprocityLost: { ...ids, missing: 'request', graceEndsAt: instant('2026-05-31T09:00:00Z') },
  ReciprocityRestored: ids,
  MemberSuspended: ids,
  MemberLeft: { ...ids, reason: 'Je change de métier' },
  ErasureRequested: { ...ids, by: ana },
  ErasureApproved: { ...ids, by: pam },
  ErasureDeferred: { ...ids, by: quin, until: instant('2027-01-01T00:00:00Z'), ground: 'legal-hold' },
  PersonalDataErased: { ...ids, ground: 'approved' },
};
