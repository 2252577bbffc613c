import { accept, refuse } from '#kernel/decider';
import { addDays } from '../calendar';
import { isNamed, mayContest } from '../contest';
import { saidBefore } from '../said-before';
import { hasEnded, idsOf, type KnownRequest, type RequestCommandOf, type RequestDecision } from './request.state';

/** R14: contested afterwards, by anybody but its author, one contest at a time. */
export const contestRequest = ({ data, by, at, network }: RequestCommandOf<'ContestRequest'>, request: KnownRequest): RequestDecision => {
  const { kind, text } = data;
  if (!mayContest(by) || by.id === request.memberId) return refuse({ code: 'not-allowed' });
  if (hasEnded(request)) return refuse({ code: 'request-ended' });
  if (request.status === 'draft') return refuse({ code: 'request-not-published' });
  const { contest } = request;
  if (contest) return saidBefore([contest.by, contest.kind, contest.text], [by.id, kind, text], { code: 'already-contested' });
  const settleBy = addDays(at, network.policy.settleDays);
  return accept({ type: 'RequestContested', data: { ...idsOf(request), by: by.id, kind, text, settleBy } });
};

export const settleRequestContest = ({ data, by }: RequestCommandOf<'SettleRequestContest'>, request: KnownRequest): RequestDecision => {
  const { outcome, text } = data;
  if (by.role !== 'facilitator') return refuse({ code: 'not-allowed' });
  if (isNamed(by, request.memberId, request.contest?.by ?? request.settled?.contester)) return refuse({ code: 'case-names-you' });
  if (!request.contest) return saidBefore([request.settled?.outcome, request.settled?.text], [outcome, text], { code: 'no-open-contest' });
  return accept({ type: 'RequestContestSettled', data: { ...idsOf(request), by: by.id, outcome, text } });
};
