import { type Computed, ratio } from '../figure';
import type { RiskView } from '../view/view';
import { plannedSessions, type PlannedOnce, plansTold } from './planned-sessions';

/** Sessions with an uncontested no-show, and sessions cancelled or moved less than 24 hours before ÷ planned sessions. */
export const noShow = (view: RiskView): readonly Computed[] => {
  const planned = view.exchanges.flatMap((exchange) => plannedSessions(exchange, view.year));
  const share = (indicator: 'noShow' | 'lateChanges', causes: (session: PlannedOnce) => PlannedOnce['noShows']): Computed =>
    ratio({
      indicator,
      numerator: planned.filter((session) => causes(session).length > 0).length,
      denominator: planned.length,
      threshold: view.policy.thresholds[indicator],
      evidence: () => view.exchanges.flatMap((exchange) => plansTold(exchange, view.year)),
    });
  return [share('noShow', ({ noShows }) => noShows), share('lateChanges', ({ lateChanges }) => lateChanges)];
};
