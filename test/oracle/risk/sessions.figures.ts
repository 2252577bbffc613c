import type { Instant } from '#kernel/id';
import type { ExchangeId, SessionId } from '#domain/ids';
import { ratio, type Figure } from '../facts/figure';
import { daysBetween, ofType, windowAt, within, type Fact, type FactOf, type Question, type Window } from '../facts/question';
import { distinct, sum } from '../facts/sets';

type PlanFact = FactOf<'ExchangeAgreed' | 'ExchangeRescheduled'>;

/** One start for which a session was planned, and when that was recorded. */
interface Plan {
  readonly sessionId: SessionId;
  readonly exchangeId: ExchangeId;
  readonly start: Instant;
  readonly told: Instant;
}

const startsIn = (fact: PlanFact) => (fact.type === 'ExchangeAgreed' ? fact.data.agreement.sessions : [fact.data.to]);

const plansIn = (facts: readonly Fact[]): readonly Plan[] =>
  ofType(facts, 'ExchangeAgreed', 'ExchangeRescheduled').flatMap((fact) =>
    startsIn(fact).map(({ sessionId, start }) => ({ sessionId, start, exchangeId: fact.data.exchangeId, told: fact.meta.recordedAt })),
  );

/** What an exchange no longer needed: when it was recorded that it was held, this session was still to come, and never took place. */
const fellAway = (facts: readonly Fact[], { exchangeId, sessionId, start }: Plan): boolean =>
  ofType(facts, 'ExchangeHeld').some(({ data, meta }) => data.exchangeId === exchangeId && start > meta.recordedAt) &&
  !ofType(facts, 'SessionHeld').some(({ data }) => data.sessionId === sessionId);

/** The last start for which it was planned; and the last that was past before it was moved: that stays counted (§3). */
const countingStarts = (facts: readonly Fact[], plans: readonly Plan[]): readonly Instant[] => {
  const passed = plans.filter(({ start }, index) => plans[index + 1] !== undefined && start <= plans[index + 1]!.told).slice(-1);
  return [...passed, ...plans.slice(-1).filter((plan) => !fellAway(facts, plan))].map(({ start }) => start);
};

const isIn = ({ from, to }: Window, start: Instant): boolean => start > from && start <= to;

/** Each once, of those that were to be in T. */
const plannedSessions = ({ facts, at }: Question): readonly SessionId[] => {
  const plans = plansIn(facts);
  return distinct(plans.map(({ sessionId }) => sessionId)).filter((sessionId) =>
    countingStarts(
      facts,
      plans.filter((plan) => plan.sessionId === sessionId),
    ).some((start) => isIn(windowAt(at), start)),
  );
};

/** Of each exchange with a start in T: what planned its sessions, and what let them fall away. */
const planEvidence = (
  { facts, at }: Question,
  ...others: readonly FactOf<'NoShowReported' | 'NoShowContested' | 'ExchangeCancelled'>[]
) => {
  const exchanges = plansIn(facts).flatMap((plan) => (isIn(windowAt(at), plan.start) ? [plan.exchangeId] : []));
  return [...ofType(facts, 'ExchangeAgreed', 'ExchangeRescheduled', 'SessionHeld', 'ExchangeHeld'), ...others].filter(({ data }) =>
    exchanges.includes(data.exchangeId),
  );
};

/** Somebody was said not to have come, and did not contest it. */
const hasNoShow = (facts: readonly Fact[], sessionId: SessionId): boolean => {
  const contested = ofType(facts, 'NoShowContested').filter(({ data }) => data.sessionId === sessionId);
  return ofType(facts, 'NoShowReported').some(
    ({ data }) => data.sessionId === sessionId && !contested.some((one) => one.data.memberId === data.memberId),
  );
};

export const noShow = (question: Question): Figure => {
  const planned = plannedSessions(question);
  return ratio('noShow', {
    numerator: planned.filter((sessionId) => hasNoShow(question.facts, sessionId)).length,
    denominator: planned.length,
    evidence: planEvidence(question, ...ofType(question.facts, 'NoShowReported', 'NoShowContested')),
  });
};

/** Less than 24 hours before it was to begin; after that, too. */
const isLate = (changed: Instant, start: Instant): boolean => daysBetween(changed, start) < 1;

const wasChangedLate = (facts: readonly Fact[], sessionId: SessionId): boolean =>
  ofType(facts, 'ExchangeRescheduled').some(
    ({ data, meta }) => data.sessionId === sessionId && data.from !== null && isLate(meta.occurredAt, data.from),
  ) ||
  ofType(facts, 'ExchangeCancelled').some(({ data, meta }) =>
    data.sessions.some((session) => session.sessionId === sessionId && isLate(meta.occurredAt, session.start)),
  );

export const lateChanges = (question: Question): Figure => {
  const planned = plannedSessions(question);
  return ratio('lateChanges', {
    numerator: planned.filter((sessionId) => wasChangedLate(question.facts, sessionId)).length,
    denominator: planned.length,
    evidence: planEvidence(question, ...ofType(question.facts, 'ExchangeCancelled')),
  });
};

export const outsideHours = ({ facts, at }: Question): Figure => {
  const hours = within(ofType(facts, 'TrainingHoursRecorded'), windowAt(at));
  return ratio('outsideHours', {
    numerator: sum(hours.map(({ data }) => data.minutesOutside)),
    denominator: sum(hours.map(({ data }) => data.minutes)),
    people: hours.map(({ data }) => data.memberId),
    evidence: hours,
  });
};
