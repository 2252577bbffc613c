import { type Computed, ratio } from '../figure';
import { sessions } from '../operand';
import type { RiskView } from '../view/view';
import { CHANGES, NO_SHOWS, plannedSessions, type PlannedOnce, plansTold } from './planned-sessions';

interface Share {
  readonly indicator: 'noShow' | 'lateChanges';
  readonly causes: (session: PlannedOnce) => PlannedOnce['noShows'];
  /** Which events tell of the causes. */
  readonly told: readonly string[];
}

const SHARES: readonly Share[] = [
  { indicator: 'noShow', causes: ({ noShows }) => noShows, told: NO_SHOWS },
  { indicator: 'lateChanges', causes: ({ lateChanges }) => lateChanges, told: CHANGES },
];

/** Sessions with an uncontested no-show, and sessions cancelled or moved less than 24 hours before ÷ planned sessions. */
export const noShow = (view: RiskView): readonly Computed[] => {
  const planned = view.exchanges.flatMap((exchange) => plannedSessions(exchange, view.year));
  return SHARES.map(({ indicator, causes, told }) => {
    const struck = planned.filter((session) => causes(session).length > 0);
    return ratio({
      indicator,
      numerator: struck.length,
      denominator: planned.length,
      threshold: view.policy.thresholds[indicator],
      counts: () => [sessions(struck.map(({ sessionId }) => sessionId)), sessions(planned.map(({ sessionId }) => sessionId))],
      evidence: () => view.exchanges.flatMap((exchange) => plansTold(exchange, view.year, told)),
    });
  });
};
