import { accept, refuse } from '#kernel/decider';
import { addDays } from '../calendar';
import { idsOf, type KnownRequest, type RequestCommandOf, type RequestDecision } from './request.state';

/** A window that has moved since, or rests during a pause, is not meant. */
export const callRequestReview = (
  { data, by, at, network }: RequestCommandOf<'CallRequestReview'>,
  request: KnownRequest,
): RequestDecision => {
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  if (request.status !== 'published' || request.reviewDueAt !== data.reviewDueAt) return accept();
  if (at < request.reviewDueAt) return refuse({ code: 'window-still-open' });
  return accept({ type: 'RequestReviewDue', data: { ...idsOf(request), lapseAt: addDays(at, network.policy.reviewDays) } });
};

export const lapseRequest = ({ data, by, at }: RequestCommandOf<'LapseRequest'>, request: KnownRequest): RequestDecision => {
  if (by.role !== 'system') return refuse({ code: 'not-allowed' });
  if (request.status !== 'review-due' || request.lapseAt !== data.lapseAt) return accept();
  if (at < request.lapseAt) return refuse({ code: 'window-still-open' });
  return accept({ type: 'RequestLapsed', data: idsOf(request) });
};
