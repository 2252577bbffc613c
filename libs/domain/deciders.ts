import type { StreamName } from '#kernel/id';
import { auditDecider } from './audit/audit.decider';
import type { Category, SentCommand } from './catalogue';
import { exchangeDecider } from './exchange/exchange.decider';
import { incidentDecider } from './incident/incident.decider';
import { matchDecider } from './match/match.decider';
import { memberDecider } from './member/member.decider';
import { networkDecider } from './network/network.decider';
import { offerDecider } from './offer/offer.decider';
import { requestDecider } from './request/request.decider';
import { retentionDecider } from './retention/retention.decider';
import { roundDecider } from './round/round.decider';

/** Who decides on the streams of each category. */
export const deciders = {
  network: networkDecider,
  member: memberDecider,
  offer: offerDecider,
  request: requestDecider,
  round: roundDecider,
  match: matchDecider,
  exchange: exchangeDecider,
  incident: incidentDecider,
  audit: auditDecider,
  operations: auditDecider,
  retention: retentionDecider,
} satisfies Record<Category, unknown>;

type StreamAddress = readonly [category: Category, id: string];
type StreamAddresses = { readonly [Type in SentCommand['type']]: (data: Extract<SentCommand, { type: Type }>['data']) => StreamAddress };

const network = ({ networkId }: { readonly networkId: string }): StreamAddress => ['network', networkId];
const member = ({ memberId }: { readonly memberId: string }): StreamAddress => ['member', memberId];
const offer = ({ offerId }: { readonly offerId: string }): StreamAddress => ['offer', offerId];
const request = ({ requestId }: { readonly requestId: string }): StreamAddress => ['request', requestId];
const round = ({ roundId }: { readonly roundId: string }): StreamAddress => ['round', roundId];
const match = ({ matchId }: { readonly matchId: string }): StreamAddress => ['match', matchId];
const exchange = ({ exchangeId }: { readonly exchangeId: string }): StreamAddress => ['exchange', exchangeId];
const incident = ({ incidentId }: { readonly incidentId: string }): StreamAddress => ['incident', incidentId];
/** The ledger's id is the stream's tail already: `{network}-{yyyy-mm}`, or `{yyyy-mm}` for operations. */
const audit = ({ ledgerId }: { readonly ledgerId: string }): StreamAddress => ['audit', ledgerId];
const operations = ({ ledgerId }: { readonly ledgerId: string }): StreamAddress => ['operations', ledgerId];
const retention = ({ networkId }: { readonly networkId: string }): StreamAddress => ['retention', networkId];

const places: StreamAddresses = {
  OpenNetwork: network,
  ChangePolicy: network,
  PublishCharter: network,
  NameMediator: network,
  RemoveMediator: network,
  ForbidPair: network,
  LiftPair: network,
  ApplyForMembership: member,
  AcceptCharter: member,
  EnrolMember: member,
  ChangeProfile: member,
  PauseMembership: member,
  ResumeMembership: member,
  SetCapacity: member,
  LeaveNetwork: member,
  AskForErasure: member,
  ApproveErasure: member,
  DeferErasure: member,
  ReserveEngagement: member,
  ReleaseEngagement: member,
  LoseReciprocity: member,
  RestoreReciprocity: member,
  SuspendMember: member,
  ErasePersonalData: member,
  DraftOffer: offer,
  PublishOffer: offer,
  ReviseOffer: offer,
  ConfirmOffer: offer,
  PauseOffer: offer,
  ResumeOffer: offer,
  WithdrawOffer: offer,
  ContestOffer: offer,
  SettleOfferContest: offer,
  CallOfferReview: offer,
  LapseOffer: offer,
  DraftRequest: request,
  PublishRequest: request,
  ReviseRequest: request,
  ConfirmRequest: request,
  PauseRequest: request,
  ResumeRequest: request,
  WithdrawRequest: request,
  ContestRequest: request,
  SettleRequestContest: request,
  CallRequestReview: request,
  LapseRequest: request,
  MatchRequest: request,
  MeetRequest: request,
  ReopenRequest: request,
  RunMatchingRound: round,
  ProposeMatch: match,
  AcceptMatch: match,
  DeclineMatch: match,
  PlanConnection: match,
  RecordAgreement: match,
  ConfirmAgreement: match,
  GiveUpAgreement: match,
  OpenMatch: match,
  SupersedeMatch: match,
  EndAcceptanceWindow: match,
  LapseMatch: match,
  RescheduleSession: exchange,
  CancelExchange: exchange,
  DropOut: exchange,
  ReportSession: exchange,
  CorrectSession: exchange,
  ConfirmHeld: exchange,
  SettleHeld: exchange,
  ReportNoShow: exchange,
  ContestNoShow: exchange,
  InterruptExchange: exchange,
  DisputeExchange: exchange,
  SettleDispute: exchange,
  SubmitEvaluation: exchange,
  AmendEvaluation: exchange,
  SubmitFollowUp: exchange,
  OpenExchange: exchange,
  LapseExchange: exchange,
  EndEvaluation: exchange,
  CallFollowUp: exchange,
  RecordTrainingHours: exchange,
  ReportIncident: incident,
  AssessIncident: incident,
  ResolveIncident: incident,
  RecordAccess: audit,
  RecordOperation: operations,
  StartRetentionRun: retention,
  ApplyRetention: retention,
  EndRetentionRun: retention,
};

/** The one stream that a command is decided on. */
export const streamOf = ({ type, data }: SentCommand): StreamName => {
  // `places` ties each type to its data; the union cannot say so for both at once.
  const [category, id] = (places[type] as (data: unknown) => StreamAddress)(data);
  return `${category}-${id}` as StreamName;
};
