import { median } from '#domain/statistics';
import { type Computed, measure, ratio } from '../figure';
import { requestsIn } from '../operand';
import type { Dated } from '../risk.facts';
import type { HeldExchange, RiskView } from '../view/view';
import { daysBetween } from './days';
import { attendanceOf, lifeOf } from './evidence';
import { isWaiting, openRequests } from './open-requests';

interface Wait {
  readonly requestId: string;
  readonly published: Dated;
  readonly held: Dated;
}

/** Of each learner who was there, from their request's first publication. */
const waitsOf = ({ requests }: RiskView, { held, learners }: HeldExchange): readonly Wait[] =>
  held.places.flatMap(({ memberId, requestId }) => {
    const published = requestId === null || !learners.has(memberId) ? null : (requests.get(requestId)?.first ?? null);
    return requestId === null || published === null ? [] : [{ requestId, published, held }];
  });

export const unmetDemand = (view: RiskView): readonly Computed[] => {
  const open = openRequests(view);
  const waiting = open.filter((request) => isWaiting(request, view));
  const waits = view.heldInYear.flatMap((exchange) => waitsOf(view, exchange));
  return [
    ratio({
      indicator: 'unmetDemand',
      numerator: waiting.length,
      denominator: open.length,
      threshold: view.policy.thresholds.unmetDemand,
      counts: () => [requestsIn(waiting.map(({ id }) => id)), requestsIn(open.map(({ id }) => id))],
      evidence: () => lifeOf(view.requests.values()),
    }),
    measure({
      indicator: 'daysToHeld',
      unit: 'days',
      numbers: waits.map(({ published, held }) => daysBetween(published.at, held.at)),
      over: median,
      counts: () => requestsIn(waits.map(({ requestId }) => requestId)),
      threshold: null,
      evidence: () => [...attendanceOf(view.heldInYear), ...waits.map(({ published }) => published)],
    }),
  ];
};
