import type { Instant } from '#kernel/id';
import { elapsed } from '#domain/calendar';
import type { Dated } from '../risk.facts';
import { type ExchangeAt, factsOf } from '../view/exchange';
import { isIn, type Period } from '../view/view';

const SHORT_NOTICE = 24 * 60 * 60_000;

/** A session counts once, by its last planned start. */
export interface PlannedOnce {
  readonly sessionId: string;
  readonly start: Instant;
  /** The event that planned it as it stands. */
  readonly planned: Dated;
  readonly noShows: readonly Dated[];
  /** Cancelled or moved less than 24 hours before, or after. */
  readonly lateChanges: readonly Dated[];
}

type Plan = Omit<PlannedOnce, 'noShows'>;

const isLate = (told: Instant, start: Instant): boolean => elapsed(told, start) < SHORT_NOTICE;

const plansOf = ({ facts }: ExchangeAt): ReadonlyMap<string, Plan> => {
  const plans = new Map<string, Plan>();
  for (const fact of facts) {
    if (fact.is === 'ExchangeAgreed')
      fact.sessions.forEach(({ sessionId, start }) => plans.set(sessionId, { sessionId, start, planned: fact, lateChanges: [] }));
    if (fact.is === 'ExchangeRescheduled') {
      const before = plans.get(fact.sessionId)?.lateChanges ?? [];
      const late = fact.from !== null && isLate(fact.at, fact.from) ? [fact] : [];
      plans.set(fact.sessionId, { sessionId: fact.sessionId, start: fact.to.start, planned: fact, lateChanges: [...before, ...late] });
    }
    if (fact.is === 'ExchangeCancelled')
      for (const { sessionId, start } of fact.sessions) {
        const plan = plans.get(sessionId);
        if (plan !== undefined && isLate(fact.at, start)) plans.set(sessionId, { ...plan, lateChanges: [...plan.lateChanges, fact] });
      }
  }
  return plans;
};

const noShowsOf = ({ facts }: ExchangeAt, sessionId: string): readonly Dated[] => {
  const contested = new Set(
    factsOf(facts, 'NoShowContested')
      .filter((fact) => fact.sessionId === sessionId)
      .map(({ memberId }) => memberId),
  );
  return factsOf(facts, 'NoShowReported').filter((fact) => fact.sessionId === sessionId && !contested.has(fact.memberId));
};

/** Planned sessions of the period; those that fell away when the exchange was held are planned no more (R12). */
export const plannedSessions = (exchange: ExchangeAt, period: Period): readonly PlannedOnce[] => {
  const happened = new Set(factsOf(exchange.facts, 'SessionHeld').map(({ sessionId }) => sessionId as string));
  const fellAway = ({ sessionId, start }: Plan): boolean => exchange.held !== null && start > exchange.held.at && !happened.has(sessionId);
  return [...plansOf(exchange).values()]
    .filter((plan) => isIn(period, plan.start) && !fellAway(plan))
    .map((plan) => ({ ...plan, noShows: noShowsOf(exchange, plan.sessionId) }));
};
