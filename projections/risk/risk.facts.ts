import type { EventId, Instant } from '#kernel/id';
import type { DataOf } from '#kernel/message';
import type { SavoirsEvent } from '#domain/catalogue';
import type { Policy } from '#domain/network/policy';
import type { Participant, Presence } from '#domain/vocabulary';

type Data<Type extends SavoirsEvent['type']> = DataOf<SavoirsEvent, Type>;
type Picks = { readonly [Type in SavoirsEvent['type']]?: (data: Data<Type>) => object };

/** When a fact happened, when it was recorded, and the event that is its evidence. */
export interface Dated {
  readonly at: Instant;
  readonly rec: Instant;
  readonly id: EventId;
}

/** A fact keeps of its event what indicators read, and no text. */
type FactOf<P extends Picks> = {
  [Type in keyof P]: P[Type] extends (data: never) => infer Kept ? Dated & { readonly is: Type } & Kept : never;
}[keyof P];

const nothing = (): object => ({});
const places = (participants: readonly Participant[]) =>
  participants.map((place) => ({
    memberId: place.memberId,
    role: place.role,
    requestId: place.role === 'learner' ? place.requestId : null,
  }));
const who = (present: readonly Presence[]) => present.map(({ memberId, role }) => ({ memberId, role }));

/** What figures are judged by, and nothing else: how rounds are run is no fact of a risk. */
export type RiskPolicy = Pick<Policy, 'thresholds' | 'headcount'>;
const judgedBy = ({ thresholds, headcount }: Policy): RiskPolicy => ({ thresholds, headcount });

export const networkPicks = {
  NetworkOpened: ({ policy, timeZone }: Data<'NetworkOpened'>) => ({ policy: judgedBy(policy), timeZone }),
  PolicyChanged: ({ policy }: Data<'PolicyChanged'>) => ({ policy: judgedBy(policy) }),
  MediatorNamed: ({ memberId }: Data<'MediatorNamed'>) => ({ memberId }),
  MediatorRemoved: ({ memberId }: Data<'MediatorRemoved'>) => ({ memberId }),
} satisfies Picks;

export const memberPicks = {
  MemberEnrolled: ({ site, unit, capacity }: Data<'MemberEnrolled'>) => ({ site, unit, capacity }),
  ProfileChanged: ({ profile }: Data<'ProfileChanged'>) => ({ site: profile.site, unit: profile.unit }),
  CapacitySet: ({ capacity }: Data<'CapacitySet'>) => ({ capacity }),
  EngagementReserved: ({ matchId, role }: Data<'EngagementReserved'>) => ({ matchId, role }),
  EngagementReleased: ({ matchId, role }: Data<'EngagementReleased'>) => ({ matchId, role }),
  ReciprocityRestored: nothing,
  MemberSuspended: nothing,
  MemberLeft: nothing,
  PersonalDataErased: nothing,
} satisfies Picks;

export const offerPicks = {
  OfferPublished: ({ memberId, content }: Data<'OfferPublished'>) => ({ memberId, topicUri: content.topic.uri }),
  OfferRevised: ({ memberId, content }: Data<'OfferRevised'>) => ({ memberId, topicUri: content.topic.uri }),
  OfferConfirmed: nothing,
  OfferLapsed: nothing,
  OfferPaused: nothing,
  OfferResumed: nothing,
  OfferWithdrawn: nothing,
  OfferContestSettled: ({ outcome }: Data<'OfferContestSettled'>) => ({ outcome }),
} satisfies Picks;

export const requestPicks = {
  RequestPublished: ({ memberId, content }: Data<'RequestPublished'>) => ({ memberId, topicUri: content.topic.uri }),
  RequestRevised: ({ memberId, content }: Data<'RequestRevised'>) => ({ memberId, topicUri: content.topic.uri }),
  RequestConfirmed: nothing,
  RequestLapsed: nothing,
  RequestPaused: nothing,
  RequestResumed: ({ heldBy }: Data<'RequestResumed'>) => ({ held: heldBy !== null }),
  RequestWithdrawn: nothing,
  RequestContestSettled: ({ outcome }: Data<'RequestContestSettled'>) => ({ outcome }),
  RequestMatched: nothing,
  RequestMet: nothing,
  RequestReopened: nothing,
} satisfies Picks;

export const matchPicks = {
  MatchProposed: nothing,
  MatchOpened: ({ participants }: Data<'MatchOpened'>) => ({ members: participants.map(({ memberId }) => memberId) }),
  MatchConfirmed: nothing,
  MatchSuperseded: nothing,
  ConnectionPlanned: nothing,
  AgreementReached: nothing,
  AgreementNotReached: nothing,
} satisfies Picks;

export const exchangePicks = {
  ExchangeAgreed: ({ participants, agreement }: Data<'ExchangeAgreed'>) => ({ places: places(participants), sessions: agreement.sessions }),
  ExchangeRescheduled: ({ from, to, sessionId }: Data<'ExchangeRescheduled'>) => ({ sessionId, from, to }),
  SessionHeld: ({ sessionId, present }: Data<'SessionHeld'>) => ({ sessionId, present: who(present) }),
  SessionCorrected: ({ was, now }: Data<'SessionCorrected'>) => ({ was: was && who([was]), now: now && who([now]) }),
  ExchangeHeld: ({ participants, present }: Data<'ExchangeHeld'>) => ({ places: places(participants), present }),
  ExchangeCancelled: ({ sessions }: Data<'ExchangeCancelled'>) => ({ sessions }),
  NoShowReported: ({ sessionId, memberId }: Data<'NoShowReported'>) => ({ sessionId, memberId }),
  NoShowContested: ({ sessionId, memberId }: Data<'NoShowContested'>) => ({ sessionId, memberId }),
  ExchangeDisputed: ({ kind }: Data<'ExchangeDisputed'>) => ({ kind }),
  ExchangeClosed: ({ submitted, missed }: Data<'ExchangeClosed'>) => ({
    submitted: submitted.length,
    missed: missed.length,
  }),
  TrainingHoursRecorded: ({ minutes, minutesOutside }: Data<'TrainingHoursRecorded'>) => ({ minutes, minutesOutside }),
} satisfies Picks;

export const incidentPicks = {
  IncidentReported: ({ kind }: Data<'IncidentReported'>) => ({ kind }),
  IncidentResolved: nothing,
} satisfies Picks;

export const picks = {
  network: networkPicks,
  member: memberPicks,
  offer: offerPicks,
  request: requestPicks,
  match: matchPicks,
  exchange: exchangePicks,
  incident: incidentPicks,
};

export type Kind = keyof typeof picks;
export type FactsByKind = { [K in Kind]: FactOf<(typeof picks)[K]> };
/** A fact of one kind, or some of its facts by name. */
export type Fact<K extends Kind = Kind, Is extends FactsByKind[K]['is'] = FactsByKind[K]['is']> = Extract<FactsByKind[K], { is: Is }>;
