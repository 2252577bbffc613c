import type { DataOf } from '#kernel/message';
import { contestIn, type Settlement } from '../contest';
import type { RequestEvent } from './request.events';
import { coreOf, holderOf, isLive, matchOf, type KnownRequest, type LiveRequest, type RequestState } from './request.state';

type Beginning = Extract<RequestEvent, { type: 'RequestDrafted' | 'RequestPublished' }>;
/** Events that only a published request can follow. */
type Course = Extract<
  RequestEvent,
  {
    type:
      'RequestReviewDue' | 'RequestConfirmed' | 'RequestPaused' | 'RequestResumed' | 'RequestMatched' | 'RequestMet' | 'RequestReopened';
  }
>;

const begun = ({ data }: Beginning) => ({
  requestId: data.requestId,
  memberId: data.memberId,
  networkId: data.networkId,
  content: data.content,
  contest: null,
  settled: null,
});

export const evolveRequest = (request: RequestState, event: RequestEvent): RequestState => {
  if (event.type === 'RequestDrafted') return { ...begun(event), status: 'draft' };
  if (event.type === 'RequestPublished')
    return { ...begun(event), status: 'published', reviewDueAt: event.data.reviewDueAt, heldBefore: null };
  return request.status === 'unknown' ? request : evolveKnown(request, event);
};

const evolveKnown = (request: KnownRequest, event: Exclude<RequestEvent, Beginning>): KnownRequest => {
  switch (event.type) {
    case 'RequestRevised':
      return { ...request, content: event.data.content };
    case 'RequestLapsed':
      return { ...coreOf(request), contest: null, status: 'lapsed' };
    case 'RequestWithdrawn':
      return { ...coreOf(request), contest: null, status: 'withdrawn' };
    case 'RequestContested':
      return { ...request, contest: contestIn(event.data), settled: null };
    case 'RequestContestSettled':
      return settledRequest(request, event.data);
    case 'RequestReviewDue':
    case 'RequestConfirmed':
    case 'RequestPaused':
    case 'RequestResumed':
    case 'RequestMatched':
    case 'RequestMet':
    case 'RequestReopened':
      return isLive(request) ? evolveLive(request, event) : request;
  }
};

const evolveLive = (request: LiveRequest, event: Course): KnownRequest => {
  const { reviewDueAt } = request;
  const heldBefore = request.status === 'matched' ? null : request.heldBefore;
  switch (event.type) {
    case 'RequestReviewDue':
      return { ...coreOf(request), status: 'review-due', reviewDueAt, lapseAt: event.data.lapseAt, heldBefore };
    case 'RequestConfirmed':
      return request.status === 'matched'
        ? { ...request, reviewDueAt: event.data.reviewDueAt }
        : { ...coreOf(request), status: 'published', reviewDueAt: event.data.reviewDueAt, heldBefore };
    case 'RequestPaused':
      return { ...coreOf(request), status: 'paused', reviewDueAt, heldBy: holderOf(request), heldBefore };
    case 'RequestResumed':
      return resumed(request, event.data);
    case 'RequestMatched':
      return { ...coreOf(request), status: 'matched', reviewDueAt, matchId: event.data.matchId };
    case 'RequestMet': {
      const { matchId, exchangeId } = event.data;
      return { ...coreOf(request), contest: null, status: 'met', matchId, exchangeId, reviewDueAt };
    }
    case 'RequestReopened':
      return reopened(request, event.data);
  }
};

/** Where a match holds it still, it is matched as before; else open, and what held it last may still meet it. */
const resumed = (request: LiveRequest, { reviewDueAt, heldBy }: DataOf<RequestEvent, 'RequestResumed'>): KnownRequest =>
  heldBy === null
    ? { ...coreOf(request), status: 'published', reviewDueAt, heldBefore: matchOf(request) }
    : { ...coreOf(request), status: 'matched', reviewDueAt, matchId: heldBy };

const reopened = (request: LiveRequest, { reviewDueAt, matchId }: DataOf<RequestEvent, 'RequestReopened'>): KnownRequest => {
  const free = { ...coreOf(request), reviewDueAt, heldBefore: matchId };
  return request.status === 'paused' ? { ...free, status: 'paused', heldBy: null } : { ...free, status: 'published' };
};

const settledRequest = (request: KnownRequest, { outcome, text }: Omit<Settlement, 'contester'>): KnownRequest => {
  const settled = { contester: request.contest?.by ?? request.memberId, outcome, text };
  return outcome === 'kept' ? { ...request, contest: null, settled } : { ...coreOf(request), contest: null, settled, status: 'taken-down' };
};
