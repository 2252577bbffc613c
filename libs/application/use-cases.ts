import { AcceptCharterHandler } from './member/accept-charter';
import { AcceptMatchHandler } from './match/accept-match';
import { AmendEvaluationHandler } from './exchange/amend-evaluation';
import { AnswerRequestHandler } from './match/answer-request';
import { ApplyOnBehalfHandler } from './member/apply-on-behalf';
import { ApproveErasureHandler } from './member/approve-erasure';
import { AskForErasureHandler } from './member/ask-for-erasure';
import { AskForOfferHandler } from './match/ask-for-offer';
import { AssessIncidentHandler } from './incident/assess-incident';
import { CancelExchangeHandler } from './exchange/cancel-exchange';
import { ChangePolicyHandler } from './network/change-policy';
import { ChangeProfileHandler } from './member/change-profile';
import { ConfirmAgreementHandler } from './match/confirm-agreement';
import { ConfirmHeldHandler } from './exchange/confirm-held';
import { ConfirmOfferHandler } from './offer/confirm-offer';
import { ConfirmRequestHandler } from './request/confirm-request';
import { ContestNoShowHandler } from './exchange/contest-no-show';
import { ContestOfferHandler } from './offer/contest-offer';
import { ContestRequestHandler } from './request/contest-request';
import { CorrectSessionHandler } from './exchange/correct-session';
import { DeclineMatchHandler } from './match/decline-match';
import { DeferErasureHandler } from './member/defer-erasure';
import { DisputeExchangeHandler } from './exchange/dispute-exchange';
import { DraftOfferHandler } from './offer/draft-offer';
import { DraftRequestHandler } from './request/draft-request';
import { DropOutHandler } from './exchange/drop-out';
import { EnrolMemberHandler } from './member/enrol-member';
import { ForbidPairHandler } from './network/forbid-pair';
import { GiveUpAgreementHandler } from './match/give-up-agreement';
import { InterruptExchangeHandler } from './exchange/interrupt-exchange';
import { LeaveNetworkHandler } from './member/leave-network';
import { LiftPairHandler } from './network/lift-pair';
import { NameMediatorHandler } from './network/name-mediator';
import { OpenNetworkHandler } from './network/open-network';
import { PauseMembershipHandler } from './member/pause-membership';
import { PauseOfferHandler } from './offer/pause-offer';
import { PauseRequestHandler } from './request/pause-request';
import { PlanConnectionHandler } from './match/plan-connection';
import { PlanSessionHandler } from './exchange/plan-session';
import { ProposeMatchHandler } from './match/propose-match';
import { PublishCharterHandler } from './network/publish-charter';
import { PublishOfferHandler } from './offer/publish-offer';
import { PublishRequestHandler } from './request/publish-request';
import { RecordAccessHandler } from './audit/record-access';
import { RecordAgreementHandler } from './match/record-agreement';
import { RecordOperationHandler } from './audit/record-operation';
import { RecordRetentionHandler } from './audit/record-retention';
import { RemoveMediatorHandler } from './network/remove-mediator';
import { ReportIncidentHandler } from './incident/report-incident';
import { ReportNoShowHandler } from './exchange/report-no-show';
import { ReportSessionHandler } from './exchange/report-session';
import { RescheduleSessionHandler } from './exchange/reschedule-session';
import { ResolveIncidentHandler } from './incident/resolve-incident';
import { ResumeMembershipHandler } from './member/resume-membership';
import { ResumeOfferHandler } from './offer/resume-offer';
import { ResumeRequestHandler } from './request/resume-request';
import { ReviseOfferHandler } from './offer/revise-offer';
import { ReviseRequestHandler } from './request/revise-request';
import { RunMatchingRoundHandler } from './round/run-matching-round';
import { SetCapacityHandler } from './member/set-capacity';
import { SettleDisputeHandler } from './exchange/settle-dispute';
import { SettleHeldHandler } from './exchange/settle-held';
import { SettleOfferContestHandler } from './offer/settle-offer-contest';
import { SettleRequestContestHandler } from './request/settle-request-contest';
import { SubmitEvaluationHandler } from './exchange/submit-evaluation';
import { SubmitFollowUpHandler } from './exchange/submit-follow-up';
import { WithdrawOfferHandler } from './offer/withdraw-offer';
import { WithdrawRequestHandler } from './request/withdraw-request';

/** Every use case there is: one file each. */
export const handlers = [
  AcceptCharterHandler,
  AcceptMatchHandler,
  AmendEvaluationHandler,
  AnswerRequestHandler,
  ApplyOnBehalfHandler,
  ApproveErasureHandler,
  AskForErasureHandler,
  AskForOfferHandler,
  AssessIncidentHandler,
  CancelExchangeHandler,
  ChangePolicyHandler,
  ChangeProfileHandler,
  ConfirmAgreementHandler,
  ConfirmHeldHandler,
  ConfirmOfferHandler,
  ConfirmRequestHandler,
  ContestNoShowHandler,
  ContestOfferHandler,
  ContestRequestHandler,
  CorrectSessionHandler,
  DeclineMatchHandler,
  DeferErasureHandler,
  DisputeExchangeHandler,
  DraftOfferHandler,
  DraftRequestHandler,
  DropOutHandler,
  EnrolMemberHandler,
  ForbidPairHandler,
  GiveUpAgreementHandler,
  InterruptExchangeHandler,
  LeaveNetworkHandler,
  LiftPairHandler,
  NameMediatorHandler,
  OpenNetworkHandler,
  PauseMembershipHandler,
  PauseOfferHandler,
  PauseRequestHandler,
  PlanConnectionHandler,
  PlanSessionHandler,
  ProposeMatchHandler,
  PublishCharterHandler,
  PublishOfferHandler,
  PublishRequestHandler,
  RecordAccessHandler,
  RecordAgreementHandler,
  RecordOperationHandler,
  RecordRetentionHandler,
  RemoveMediatorHandler,
  ReportIncidentHandler,
  ReportNoShowHandler,
  ReportSessionHandler,
  RescheduleSessionHandler,
  ResolveIncidentHandler,
  ResumeMembershipHandler,
  ResumeOfferHandler,
  ResumeRequestHandler,
  ReviseOfferHandler,
  ReviseRequestHandler,
  RunMatchingRoundHandler,
  SetCapacityHandler,
  SettleDisputeHandler,
  SettleHeldHandler,
  SettleOfferContestHandler,
  SettleRequestContestHandler,
  SubmitEvaluationHandler,
  SubmitFollowUpHandler,
  WithdrawOfferHandler,
  WithdrawRequestHandler,
] as const;
