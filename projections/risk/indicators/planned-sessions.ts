import type { Instant } from '#kernel/id';
import { elapsed } from '#domain/calendar';
import type { Dated, Fact } from '../risk.facts';
import { type ExchangeAt, factsOf } from '../view/exchange';
import { isIn, type Period } from '../view/view';

const SHORT_NOTICE = 24 * 60 * 60_000;

/** A session counts once, by its last planned start; until that is past, by the one before, where it was past when it was moved (§3). */
export interface PlannedOnce {
  readonly sessionId: string;
  readonly noShows: readonly Dated[];
  /** Cancelled or moved less than 24 hours before, or after. */
  readonly lateChanges: readonly Dated[];
}

interface Plan {
  readonly sessionId: string;
  readonly start: Instant;
  /** A start that was past when the session was moved: it stays counted whatever came later (§3). */
  readonly past: Instant | null;
  readonly lateChanges: readonly Dated[];
}

const isLate = (told: Instant, start: Instant): boolean => elapsed(told, start) < SHORT_NOTICE;

type Moved = Fact<'exchange', 'ExchangeRescheduled'>;

const moved = (before: Plan | undefined, fact: Moved): Plan => {
  const isPast = before !== undefined && before.start <= fact.rec;
  const late = fact.from !== null && isLate(fact.at, fact.from) ? [fact] : [];
  return {
    sessionId: fact.sessionId,
    start: fact.to.start,
    past: isPast ? before.start : (before?.past ?? null),
    lateChanges: [...(before?.lateChanges ?? []), ...late],
  };
};

const plansOf = ({ facts }: ExchangeAt): ReadonlyMap<string, Plan> => {
  const plans = new Map<string, Plan>();
  for (const fact of facts) {
    if (fact.is === 'ExchangeAgreed')
      for (const { sessionId, start } of fact.sessions) plans.set(sessionId, { sessionId, start, past: null, lateChanges: [] });
    if (fact.is === 'ExchangeRescheduled') plans.set(fact.sessionId, moved(plans.get(fact.sessionId), fact));
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

/** Planned sessions of the period. Those still to come when it was recorded that the exchange was held are planned no more (R12). */
export const plannedSessions = (exchange: ExchangeAt, period: Period): readonly PlannedOnce[] => {
  const { facts, held } = exchange;
  const happened = new Set(factsOf(facts, 'SessionHeld').map(({ sessionId }) => sessionId as string));
  const fellAway = ({ sessionId, start }: Plan): boolean => held !== null && start > held.rec && !happened.has(sessionId);
  return [...plansOf(exchange).values()].flatMap((plan) => {
    const { sessionId, lateChanges } = plan;
    const starts = [...(fellAway(plan) ? [] : [plan.start]), ...(plan.past === null ? [] : [plan.past])];
    return starts.some((start) => isIn(period, start)) ? [{ sessionId, lateChanges, noShows: noShowsOf(exchange, sessionId) }] : [];
  });
};

const PLANS: readonly string[] = ['ExchangeAgreed', 'ExchangeRescheduled', 'SessionHeld', 'ExchangeHeld'];
/** What is told of planned sessions besides: by who did not come, and by who called one off. */
export const NO_SHOWS: readonly string[] = ['NoShowReported', 'NoShowContested'];
export const CHANGES: readonly string[] = ['ExchangeCancelled'];

/** All that tells which sessions of an exchange were planned for the period, which fell away, and what became of them. */
export const plansTold = ({ facts }: ExchangeAt, period: Period, besides: readonly string[]): readonly Dated[] => {
  const starts = facts.flatMap((fact) => {
    if (fact.is === 'ExchangeAgreed') return fact.sessions.map(({ start }) => start);
    return fact.is === 'ExchangeRescheduled' ? [fact.to.start] : [];
  });
  return starts.some((start) => isIn(period, start)) ? facts.filter(({ is }) => PLANS.includes(is) || besides.includes(is)) : [];
};
