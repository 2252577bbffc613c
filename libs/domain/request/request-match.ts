import { accept, refuse } from '#kernel/decider';
import { addMilliseconds } from '../calendar';
import type { RequestEvent } from './request.events';
import { holderOf, idsOf, matchOf, type KnownRequest, type RequestCommandOf, type RequestDecision } from './request.state';

/** Follows `MatchOpened`: from now on rounds leave the request alone, and no other match gets it (R11). */
export const matchRequest = ({ data, by }: RequestCommandOf<'MatchRequest'>, request: KnownRequest): RequestDecision => {
  const { matchId } = data;
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  const holder = holderOf(request);
  if (holder !== null) return holder === matchId ? accept() : refuse({ code: 'held-by-another-match' });
  if (request.status !== 'published' && request.status !== 'review-due') return refuse({ code: 'request-not-open' });
  return accept({ type: 'RequestMatched', data: { ...idsOf(request), matchId } });
};

/**
 * Met by the match that holds it, or held it last: its author paused it meanwhile, or said only later that they were there (R12).
 * Another match's exchange is ignored.
 */
export const meetRequest = ({ data, by }: RequestCommandOf<'MeetRequest'>, request: KnownRequest): RequestDecision => {
  const { matchId, exchangeId } = data;
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  if (matchOf(request) !== matchId) return accept();
  return accept({ type: 'RequestMet', data: { ...idsOf(request), matchId, exchangeId } });
};

/**
 * Only where that match holds it still. What its author paused meanwhile stays paused, held by nothing any more; what they withdrew stays withdrawn.
 * A review that fell due meanwhile is called for at a moment still to come: the former one has struck already, and strikes once.
 */
export const reopenRequest = ({ data, by, at }: RequestCommandOf<'ReopenRequest'>, request: KnownRequest): RequestDecision => {
  const { matchId } = data;
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  const wasMet = request.status === 'met';
  if ((wasMet ? request.matchId : holderOf(request)) !== matchId || !('reviewDueAt' in request)) return accept();
  const reviewDueAt = request.reviewDueAt > at ? request.reviewDueAt : addMilliseconds(at, 1);
  const reopened: RequestEvent = { type: 'RequestReopened', data: { ...idsOf(request), matchId, reviewDueAt } };
  const again: RequestEvent = { type: 'RequestPublished', data: { ...idsOf(request), content: request.content, reviewDueAt } };
  // R12: met, and its author was not there after all. What had ended is published again, as it was.
  return accept<RequestEvent>(...(wasMet ? [again, reopened] : [reopened]));
};
