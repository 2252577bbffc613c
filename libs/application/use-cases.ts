import { handlerFor } from './dispatch/single-step-command';
import { AcceptCharter } from './member/accept-charter';
import { AcceptMatch } from './match/accept-match';
import { AmendEvaluation } from './exchange/amend-evaluation';
import { AnswerRequestHandler } from './match/answer-request';
import { ApplyOnBehalfHandler } from './member/apply-on-behalf';
import { ApproveErasure } from './member/approve-erasure';
import { AskForErasure } from './member/ask-for-erasure';
import { AskForOfferHandler } from './match/ask-for-offer';
import { AssessIncident } from './incident/assess-incident';
import { CancelExchange } from './exchange/cancel-exchange';
import { ChangePolicy } from './network/change-policy';
import { ChangeProfile } from './member/change-profile';
import { ConfirmAgreement } from './match/confirm-agreement';
import { ConfirmHeld } from './exchange/confirm-held';
import { ConfirmOffer } from './offer/confirm-offer';
import { ConfirmRequest } from './request/confirm-request';
import { ContestNoShow } from './exchange/contest-no-show';
import { ContestOffer } from './offer/contest-offer';
import { ContestRequest } from './request/contest-request';
import { CorrectSession } from './exchange/correct-session';
import { DeclineMatch } from './match/decline-match';
import { DeferErasure } from './member/defer-erasure';
import { DisputeExchange } from './exchange/dispute-exchange';
import { DraftOffer } from './offer/draft-offer';
import { DraftRequest } from './request/draft-request';
import { DropOut } from './exchange/drop-out';
import { EnrolMemberHandler } from './member/enrol-member';
import { ForbidPair } from './network/forbid-pair';
import { GiveUpAgreement } from './match/give-up-agreement';
import { InterruptExchange } from './exchange/interrupt-exchange';
import { LeaveNetwork } from './member/leave-network';
import { LiftPair } from './network/lift-pair';
import { NameMediator } from './network/name-mediator';
import { OpenNetwork } from './network/open-network';
import { PauseMembership } from './member/pause-membership';
import { PauseOffer } from './offer/pause-offer';
import { PauseRequest } from './request/pause-request';
import { PlanConnection } from './match/plan-connection';
import { PlanSession } from './exchange/plan-session';
import { ProposeMatchHandler } from './match/propose-match';
import { PublishCharter } from './network/publish-charter';
import { PublishOfferHandler } from './offer/publish-offer';
import { PublishRequestHandler } from './request/publish-request';
import { RecordAccessHandler } from './audit/record-access';
import { RecordAgreement } from './match/record-agreement';
import { RecordOperationHandler } from './audit/record-operation';
import { RemoveMediator } from './network/remove-mediator';
import { ReportIncident } from './incident/report-incident';
import { ReportNoShow } from './exchange/report-no-show';
import { ReportSession } from './exchange/report-session';
import { RescheduleSession } from './exchange/reschedule-session';
import { ResolveIncident } from './incident/resolve-incident';
import { ResumeMembership } from './member/resume-membership';
import { ResumeOffer } from './offer/resume-offer';
import { ResumeRequest } from './request/resume-request';
import { ReviseOffer } from './offer/revise-offer';
import { ReviseRequest } from './request/revise-request';
import { RunMatchingRoundHandler } from './round/run-matching-round';
import { SetCapacity } from './member/set-capacity';
import { SettleDispute } from './exchange/settle-dispute';
import { SettleHeld } from './exchange/settle-held';
import { SettleOfferContest } from './offer/settle-offer-contest';
import { SettleRequestContest } from './request/settle-request-contest';
import { SubmitEvaluation } from './exchange/submit-evaluation';
import { StartRetentionRun } from './retention/start-retention-run';
import { SubmitFollowUp } from './exchange/submit-follow-up';
import { WithdrawOffer } from './offer/withdraw-offer';
import { WithdrawRequest } from './request/withdraw-request';

/** Use cases that are one command of the domain. */
const singleStep = [
  AcceptCharter,
  AcceptMatch,
  AmendEvaluation,
  ApproveErasure,
  AskForErasure,
  AssessIncident,
  CancelExchange,
  ChangePolicy,
  ChangeProfile,
  ConfirmAgreement,
  ConfirmHeld,
  ConfirmOffer,
  ConfirmRequest,
  ContestNoShow,
  ContestOffer,
  ContestRequest,
  CorrectSession,
  DeclineMatch,
  DeferErasure,
  DisputeExchange,
  DraftOffer,
  DraftRequest,
  DropOut,
  ForbidPair,
  GiveUpAgreement,
  InterruptExchange,
  LeaveNetwork,
  LiftPair,
  NameMediator,
  OpenNetwork,
  PauseMembership,
  PauseOffer,
  PauseRequest,
  PlanConnection,
  PlanSession,
  PublishCharter,
  RecordAgreement,
  RemoveMediator,
  ReportIncident,
  ReportNoShow,
  ReportSession,
  RescheduleSession,
  ResolveIncident,
  ResumeMembership,
  ResumeOffer,
  ResumeRequest,
  ReviseOffer,
  ReviseRequest,
  SetCapacity,
  SettleDispute,
  SettleHeld,
  SettleOfferContest,
  SettleRequestContest,
  StartRetentionRun,
  SubmitEvaluation,
  SubmitFollowUp,
  WithdrawOffer,
  WithdrawRequest,
];

/** Use cases that ask other streams, the clock or a port, or give several commands. */
const withHandler = [
  AnswerRequestHandler,
  ApplyOnBehalfHandler,
  AskForOfferHandler,
  EnrolMemberHandler,
  ProposeMatchHandler,
  PublishOfferHandler,
  PublishRequestHandler,
  RecordAccessHandler,
  RecordOperationHandler,
  RunMatchingRoundHandler,
];

/** Every use case there is: one file each. */
export const handlers = [...singleStep.map(handlerFor), ...withHandler];
