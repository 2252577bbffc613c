import { addDays } from '#domain/calendar';
import type { MatchId, MemberId, OfferId, RequestId } from '#domain/ids';
import type { ErasureGround, MemberEvent } from '#domain/member/member.events';
import type { ExchangeRole } from '#domain/vocabulary';
import type { Instant } from '#kernel/id';
import type { DataOf } from '#kernel/message';
import { now } from '../commands';
import { draftedOffer, draftedRequest, profile } from '../content';
import { lyon } from '../network-facts';
import { ana } from '../people';

const ids = { memberId: ana, networkId: lyon };

/** What can have happened to Ana. */
export const applied = (changes: Partial<DataOf<MemberEvent, 'MembershipRequested'>> = {}): MemberEvent => ({
  type: 'MembershipRequested',
  data: { ...ids, profile: profile(), entry: 'self', offers: [draftedOffer()], requests: [draftedRequest()], confirmBy: null, ...changes },
});
/** R14: undeclared, for nobody declares for her. */
export const enteredOnBehalf = (): MemberEvent => {
  const undeclared = { declaredProfessional: false };
  const sides = { offers: [draftedOffer(undefined, undeclared)], requests: [draftedRequest(undefined, undeclared)] };
  return applied({ entry: 'fair', ...sides, confirmBy: addDays(now, 30) });
};
export const charterAccepted = (charterVersion = 1): MemberEvent => ({ type: 'CharterAccepted', data: { ...ids, charterVersion } });
export const enrolled = (changes: Partial<DataOf<MemberEvent, 'MemberEnrolled'>> = {}): MemberEvent => {
  const { site, unit, languages } = profile();
  const sides = { offers: [draftedOffer()], requests: [draftedRequest()] };
  return { type: 'MemberEnrolled', data: { ...ids, site, unit, languages, charterVersion: 1, capacity: 2, ...sides, ...changes } };
};
/** From the application to the enrolment. */
export const entry = (): readonly MemberEvent[] => [applied(), charterAccepted(), enrolled()];

export const memberPaused = (until: Instant, occurredAt: Instant = now): MemberEvent => ({
  type: 'MemberPaused',
  data: { ...ids, until },
  occurredAt,
});
export const memberResumed = (graceEndsAt: Instant | null = null): MemberEvent => ({
  type: 'MemberResumed',
  data: { ...ids, graceEndsAt },
});
export const capacitySet = (capacity: number): MemberEvent => ({ type: 'CapacitySet', data: { ...ids, capacity } });
export const reciprocityLost = (graceEndsAt: Instant = addDays(now, 90)): MemberEvent => ({
  type: 'ReciprocityLost',
  data: { ...ids, missing: 'offer', graceEndsAt },
});
export const reciprocityRestored = (): MemberEvent => ({ type: 'ReciprocityRestored', data: ids });
export const memberSuspended = (): MemberEvent => ({ type: 'MemberSuspended', data: ids });
export const memberLeft = (occurredAt?: Instant): MemberEvent => ({
  type: 'MemberLeft',
  data: { ...ids, reason: null },
  ...(occurredAt ? { occurredAt } : {}),
});

export interface EngagementPlace {
  readonly memberId: MemberId;
  readonly matchId: MatchId;
  readonly role: ExchangeRole;
  readonly offerId: OfferId | null;
  readonly requestId: RequestId | null;
}
export const placeAsGiver = (match: string): EngagementPlace => ({
  memberId: ana,
  matchId: match as MatchId,
  role: 'giver',
  offerId: 'offer-of-ana' as OfferId,
  requestId: null,
});
export const placeAsLearner = (match: string, request = 'request-of-ana'): EngagementPlace => ({
  memberId: ana,
  matchId: match as MatchId,
  role: 'learner',
  offerId: null,
  requestId: request as RequestId,
});
export const reserved = (place: EngagementPlace): MemberEvent => ({ type: 'EngagementReserved', data: place });
export const released = ({ memberId, matchId, role }: EngagementPlace): MemberEvent => ({
  type: 'EngagementReleased',
  data: { memberId, matchId, role },
});

export const erasureRequested = (by: MemberId = ana): MemberEvent => ({ type: 'ErasureRequested', data: { ...ids, by } });
export const erasureApproved = (by: MemberId): MemberEvent => ({ type: 'ErasureApproved', data: { ...ids, by } });
export const erasureDeferred = (by: MemberId, until: Instant): MemberEvent => ({
  type: 'ErasureDeferred',
  data: { ...ids, by, until, ground: 'legal-hold' },
});
export const erased = (ground: ErasureGround = 'approved'): MemberEvent => ({
  type: 'PersonalDataErased',
  data: { ...ids, ground },
});
