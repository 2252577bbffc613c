import type { ExchangeId, MatchId } from '#domain/ids';
import type { RequestEvent } from '#domain/request/request.events';
import { instant } from '../commands';
import { requestContent, requestId } from '../content';
import { lyon } from '../network-facts';
import { bo, cleo, fay } from '../people';
import type { ExamplesOf } from './examples-of';

const ids = { requestId: requestId('request-of-bo'), memberId: bo, networkId: lyon };
const reviewDueAt = instant('2027-03-02T09:00:00Z');
const matchId = 'match-1' as MatchId;

export const requestExamples: ExamplesOf<RequestEvent> = {
  RequestDrafted: { ...ids, content: requestContent() },
  RequestPublished: { ...ids, content: requestContent({ topic: { text: 'Résumer des relevés', uri: null } }), reviewDueAt },
  RequestRevised: { ...ids, content: requestContent({ authorShown: true }) },
  RequestReviewDue: { ...ids, lapseAt: instant('2027-04-01T09:00:00Z') },
  RequestConfirmed: { ...ids, reviewDueAt },
  RequestLapsed: ids,
  RequestPaused: ids,
  RequestResumed: { ...ids, reviewDueAt, heldBy: null },
  RequestWithdrawn: ids,
  RequestContested: {
    ...ids,
    by: cleo,
    kind: 'confidential',
    text: 'Ces relevés sont internes',
    settleBy: instant('2026-03-12T09:00:00Z'),
  },
  RequestContestSettled: { ...ids, by: fay, outcome: 'taken-down', text: 'À reformuler' },
  RequestMatched: { ...ids, matchId },
  RequestMet: { ...ids, matchId, exchangeId: 'exchange-1' as ExchangeId },
  RequestReopened: { ...ids, matchId, reviewDueAt },
};
