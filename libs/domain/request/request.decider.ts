import { accept, refuse, type Decider } from '#kernel/decider';
import { addMonths } from '../calendar';
import { contentRefusal, declaredByAnother, declaredIn } from '../content-rules';
import { saidBefore } from '../said-before';
import { sameValue } from '../same-value';
import type { RequestContent } from '../vocabulary';
import type { RequestCommand } from './request.commands';
import type { RequestEvent } from './request.events';
import type { RequestRefusal } from './request.refusals';
import { contestRequest, settleRequestContest } from './request-contest';
import { callRequestReview, lapseRequest } from './request-review';
import { matchRequest, meetRequest, reopenRequest } from './request-match';
import { evolveRequest } from './request.evolve';
import {
  hasEnded,
  holderOf,
  idsOf,
  type KnownRequest,
  type RequestCommandOf,
  type RequestDecision,
  type RequestState,
} from './request.state';

export type { RequestRefusal, RequestState };

const isAuthor = ({ by }: RequestCommand, { memberId }: KnownRequest): boolean => by.role !== 'system' && by.id === memberId;
const nextReview = ({ at, network }: RequestCommand) => addMonths(at, network.policy.reviewMonths);

/** R6: a facilitator may help to formalise; only the author publishes, and declares (R14). */
const draftRequest = ({ data, by, network }: RequestCommandOf<'DraftRequest'>, request: RequestState): RequestDecision => {
  if (by.role === 'system' || (by.id !== data.memberId && by.role !== 'facilitator')) return refuse({ code: 'not-allowed' });
  const declared = declaredByAnother([data.content], by.id === data.memberId);
  if (declared) return refuse(declared);
  if (request.status === 'unknown') return accept({ type: 'RequestDrafted', data: { ...data, networkId: network.networkId } });
  return saidBefore([request.status, request.memberId, request.content], ['draft', data.memberId, data.content], {
    code: 'request-exists',
  });
};

/** By its author, or from their enrolment (R1). A draft is published as it stands where nothing newer is given. */
const publishRequest = (command: RequestCommandOf<'PublishRequest'>, request: RequestState): RequestDecision => {
  const { data, by, network } = command;
  const draft = request.status === 'unknown' ? null : request.content;
  const content = data.content ?? (draft && data.declared ? declaredIn(draft) : draft);
  if (content === null) return refuse({ code: 'request-not-found' });
  const ofAuthor = request.status === 'unknown' || request.memberId === data.memberId;
  if (!ofAuthor || (by.role !== 'system' && by.id !== data.memberId)) return refuse({ code: 'not-allowed' });
  if (request.status !== 'unknown' && request.status !== 'draft') return publishedBefore(content, request);
  const refusal = contentRefusal(content);
  if (refusal) return refuse(refusal);
  const ids = { requestId: data.requestId, memberId: data.memberId, networkId: network.networkId };
  return accept({ type: 'RequestPublished', data: { ...ids, content, reviewDueAt: nextReview(command) } });
};

const publishedBefore = (content: RequestContent, request: KnownRequest): RequestDecision => {
  if (hasEnded(request)) return refuse({ code: 'request-ended' });
  if (request.status === 'paused') return refuse({ code: 'request-paused' });
  return saidBefore(request.content, content, { code: 'request-already-published' });
};

const reviseRequest = (command: RequestCommandOf<'ReviseRequest'>, request: KnownRequest): RequestDecision => {
  const { content } = command.data;
  if (!isAuthor(command, request)) return refuse({ code: 'not-allowed' });
  if (hasEnded(request)) return refuse({ code: 'request-ended' });
  if (sameValue(content, request.content)) return accept();
  const refusal = request.status === 'draft' ? null : contentRefusal(content);
  return refusal ? refuse(refusal) : accept({ type: 'RequestRevised', data: { ...idsOf(request), content } });
};

const confirmRequest = (command: RequestCommandOf<'ConfirmRequest'>, request: KnownRequest): RequestDecision => {
  const reviewDueAt = nextReview(command);
  if (!isAuthor(command, request)) return refuse({ code: 'not-allowed' });
  if ((request.status === 'published' || request.status === 'matched') && request.reviewDueAt === reviewDueAt) return accept();
  if (hasEnded(request)) return refuse({ code: 'request-ended' });
  if (request.status === 'draft') return refuse({ code: 'request-not-published' });
  if (request.status === 'paused') return refuse({ code: 'request-paused' });
  return accept({ type: 'RequestConfirmed', data: { ...idsOf(request), reviewDueAt } });
};

/** While matched too: before confirmation it counts as a decline, which a process sees to. */
const pauseRequest = (command: RequestCommandOf<'PauseRequest'>, request: KnownRequest): RequestDecision => {
  if (!isAuthor(command, request)) return refuse({ code: 'not-allowed' });
  if (request.status === 'paused') return accept();
  if (hasEnded(request)) return refuse({ code: 'request-ended' });
  if (request.status === 'draft') return refuse({ code: 'request-not-published' });
  return accept({ type: 'RequestPaused', data: idsOf(request) });
};

/** Resuming is the author's word that it still holds: the review window starts anew. A match that holds it goes on holding it (§3). */
const resumeRequest = (command: RequestCommandOf<'ResumeRequest'>, request: KnownRequest): RequestDecision => {
  if (!isAuthor(command, request)) return refuse({ code: 'not-allowed' });
  if (request.status === 'published' || request.status === 'review-due' || request.status === 'matched') return accept();
  if (hasEnded(request)) return refuse({ code: 'request-ended' });
  if (request.status === 'draft') return refuse({ code: 'request-not-published' });
  return accept({ type: 'RequestResumed', data: { ...idsOf(request), reviewDueAt: nextReview(command), heldBy: holderOf(request) } });
};

/** By its author, or because they left (§3); while matched too. */
const withdrawRequest = (command: RequestCommandOf<'WithdrawRequest'>, request: KnownRequest): RequestDecision => {
  if (command.by.role !== 'system' && !isAuthor(command, request)) return refuse({ code: 'not-allowed' });
  if (request.status === 'withdrawn') return accept();
  if (hasEnded(request)) return refuse({ code: 'request-ended' });
  return accept({ type: 'RequestWithdrawn', data: idsOf(request) });
};

const decideKnown = (
  command: Exclude<RequestCommand, { type: 'DraftRequest' | 'PublishRequest' }>,
  request: KnownRequest,
): RequestDecision => {
  switch (command.type) {
    case 'ReviseRequest':
      return reviseRequest(command, request);
    case 'ConfirmRequest':
      return confirmRequest(command, request);
    case 'PauseRequest':
      return pauseRequest(command, request);
    case 'ResumeRequest':
      return resumeRequest(command, request);
    case 'WithdrawRequest':
      return withdrawRequest(command, request);
    case 'ContestRequest':
      return contestRequest(command, request);
    case 'SettleRequestContest':
      return settleRequestContest(command, request);
    case 'CallRequestReview':
      return callRequestReview(command, request);
    case 'LapseRequest':
      return lapseRequest(command, request);
    case 'MatchRequest':
      return matchRequest(command, request);
    case 'MeetRequest':
      return meetRequest(command, request);
    case 'ReopenRequest':
      return reopenRequest(command, request);
  }
};

const decide = (command: RequestCommand, request: RequestState): RequestDecision => {
  if (command.type === 'DraftRequest') return draftRequest(command, request);
  if (command.type === 'PublishRequest') return publishRequest(command, request);
  return request.status === 'unknown' ? refuse({ code: 'request-not-found' }) : decideKnown(command, request);
};

export const requestDecider: Decider<RequestState, RequestCommand, RequestEvent, RequestRefusal> = {
  initial: { status: 'unknown' },
  evolve: evolveRequest,
  decide,
};
