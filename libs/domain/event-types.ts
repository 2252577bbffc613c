import type { ExchangeEvent } from './exchange/exchange.events';
import type { IncidentEvent } from './incident/incident.events';
import type { MatchEvent } from './match/match.events';
import type { MemberEvent } from './member/member.events';
import type { NetworkEvent } from './network/network.events';
import type { OfferEvent } from './offer/offer.events';
import type { RequestEvent } from './request/request.events';
import type { RetentionEvent } from './retention/retention.events';
import type { RoundEvent } from './round/round.events';

/** The types of these events, for whoever takes all of them. */
type Types<Event extends { readonly type: string }> = { readonly [Type in Event['type']]: true };

export const networkEvents: Types<NetworkEvent> = {
  NetworkOpened: true,
  PolicyChanged: true,
  CharterPublished: true,
  MediatorNamed: true,
  MediatorRemoved: true,
  PairForbidden: true,
  PairAllowed: true,
};

export const memberEvents: Types<MemberEvent> = {
  MembershipRequested: true,
  CharterAccepted: true,
  MemberEnrolled: true,
  ProfileChanged: true,
  MemberPaused: true,
  MemberResumed: true,
  CapacitySet: true,
  EngagementReserved: true,
  EngagementRefused: true,
  EngagementReleased: true,
  ReciprocityLost: true,
  ReciprocityRestored: true,
  MemberSuspended: true,
  MemberLeft: true,
  ErasureRequested: true,
  ErasureApproved: true,
  ErasureDeferred: true,
  PersonalDataErased: true,
};

export const offerEvents: Types<OfferEvent> = {
  OfferDrafted: true,
  OfferPublished: true,
  OfferRevised: true,
  OfferReviewDue: true,
  OfferConfirmed: true,
  OfferLapsed: true,
  OfferPaused: true,
  OfferResumed: true,
  OfferWithdrawn: true,
  OfferContested: true,
  OfferContestSettled: true,
};

export const requestEvents: Types<RequestEvent> = {
  RequestDrafted: true,
  RequestPublished: true,
  RequestRevised: true,
  RequestReviewDue: true,
  RequestConfirmed: true,
  RequestLapsed: true,
  RequestPaused: true,
  RequestResumed: true,
  RequestWithdrawn: true,
  RequestContested: true,
  RequestContestSettled: true,
  RequestMatched: true,
  RequestMet: true,
  RequestReopened: true,
};

export const roundEvents: Types<RoundEvent> = {
  MatchingRoundStarted: true,
  MatchesFound: true,
  RequestsLeftUnmatched: true,
  MatchingRoundCompleted: true,
};

export const matchEvents: Types<MatchEvent> = {
  MatchProposed: true,
  MatchOpened: true,
  MatchAccepted: true,
  MatchDeclined: true,
  MatchConfirmed: true,
  MatchExpired: true,
  MatchSuperseded: true,
  ConnectionPlanned: true,
  AgreementReached: true,
  AgreementConfirmed: true,
  AgreementNotReached: true,
};

export const exchangeEvents: Types<ExchangeEvent> = {
  ExchangeAgreed: true,
  ExchangeRescheduled: true,
  ParticipantDropped: true,
  SessionHeld: true,
  SessionCorrected: true,
  HeldConfirmed: true,
  HeldSettled: true,
  ExchangeHeld: true,
  ExchangeCancelled: true,
  ExchangeInterrupted: true,
  NoShowReported: true,
  NoShowContested: true,
  ExchangeDisputed: true,
  DisputeSettled: true,
  EvaluationSubmitted: true,
  EvaluationAmended: true,
  ExchangeEvaluated: true,
  ExchangeClosed: true,
  TrainingHoursRecorded: true,
  FollowUpDue: true,
  FollowUpSubmitted: true,
};

export const incidentEvents: Types<IncidentEvent> = {
  IncidentReported: true,
  IncidentAssessed: true,
  IncidentResolved: true,
};

export const retentionEvents: Types<RetentionEvent> = {
  RetentionRunStarted: true,
  RetentionApplied: true,
  RetentionRun: true,
};

const { OfferDrafted: _offer, ...offersShown } = offerEvents;
const { RequestDrafted: _request, ...requestsShown } = requestEvents;
/** Of offers and requests from their publication on. */
export const publishedEvents = { ...offersShown, ...requestsShown };
