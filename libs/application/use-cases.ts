import { AcceptCharterHandler } from './accept-charter';
import { AcceptMatchHandler } from './accept-match';
import { AmendEvaluationHandler } from './amend-evaluation';
import { AnswerRequestHandler } from './answer-request';
import { ApplyOnBehalfHandler } from './apply-on-behalf';
import { ApproveErasureHandler } from './approve-erasure';
import { AskForErasureHandler } from './ask-for-erasure';
import { AskForOfferHandler } from './ask-for-offer';
import { AssessIncidentHandler } from './assess-incident';
import { CancelExchangeHandler } from './cancel-exchange';
import { ChangePolicyHandler } from './change-policy';
import { ChangeProfileHandler } from './change-profile';
import { ConfirmAgreementHandler } from './confirm-agreement';
import { ConfirmHeldHandler } from './confirm-held';
import { ConfirmOfferHandler } from './confirm-offer';
import { ConfirmRequestHandler } from './confirm-request';
import { ContestNoShowHandler } from './contest-no-show';
import { ContestOfferHandler } from './contest-offer';
import { ContestRequestHandler } from './contest-request';
import { CorrectSessionHandler } from './correct-session';
import { DeclineMatchHandler } from './decline-match';
import { DeferErasureHandler } from './defer-erasure';
import { DisputeExchangeHandler } from './dispute-exchange';
import { DraftOfferHandler } from './draft-offer';
import { DraftRequestHandler } from './draft-request';
import { DropOutHandler } from './drop-out';
import { EnrolMemberHandler } from './enrol-member';
import { ForbidPairHandler } from './forbid-pair';
import { GiveUpAgreementHandler } from './give-up-agreement';
import { InterruptExchangeHandler } from './interrupt-exchange';
import { LeaveNetworkHandler } from './leave-network';
import { LiftPairHandler } from './lift-pair';
import { NameMediatorHandler } from './name-mediator';
import { OpenNetworkHandler } from './open-network';
import { PauseMembershipHandler } from './pause-membership';
import { PauseOfferHandler } from './pause-offer';
import { PauseRequestHandler } from './pause-request';
import { PlanConnectionHandler } from './plan-connection';
import { PlanSessionHandler } from './plan-session';
import { ProposeMatchHandler } from './propose-match';
import { PublishCharterHandler } from './publish-charter';
import { PublishOfferHandler } from './publish-offer';
import { PublishRequestHandler } from './publish-request';
import { RecordAccessHandler } from './record-access';
import { RecordAgreementHandler } from './record-agreement';
import { RecordOperationHandler } from './record-operation';
import { RecordRetentionHandler } from './record-retention';
import { RemoveMediatorHandler } from './remove-mediator';
import { ReportIncidentHandler } from './report-incident';
import { ReportNoShowHandler } from './report-no-show';
import { ReportSessionHandler } from './report-session';
import { RescheduleSessionHandler } from './reschedule-session';
import { ResolveIncidentHandler } from './resolve-incident';
import { ResumeMembershipHandler } from './resume-membership';
import { ResumeOfferHandler } from './resume-offer';
import { ResumeRequestHandler } from './resume-request';
import { ReviseOfferHandler } from './revise-offer';
import { ReviseRequestHandler } from './revise-request';
import { RunMatchingRoundHandler } from './run-matching-round';
import { SetCapacityHandler } from './set-capacity';
import { SettleDisputeHandler } from './settle-dispute';
import { SettleHeldHandler } from './settle-held';
import { SettleOfferContestHandler } from './settle-offer-contest';
import { SettleRequestContestHandler } from './settle-request-contest';
import { SubmitEvaluationHandler } from './submit-evaluation';
import { SubmitFollowUpHandler } from './submit-follow-up';
import { WithdrawOfferHandler } from './withdraw-offer';
import { WithdrawRequestHandler } from './withdraw-request';

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
