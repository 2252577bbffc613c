import type { EventId, Instant } from '#kernel/id';
import { type Computed, ratio } from '../figure';
import type { Dated } from '../risk.facts';
import { type ActivityRow, DORMANT_DAYS } from '../risk.projection';
import type { RiskView } from '../view/view';
import { daysBetween } from './days';

/** The member's last act by D. Inside a span it is less than 180 days ago wherever exactly it lies. */
export const isDormant = (row: ActivityRow | undefined, asOf: Instant): boolean => {
  const span = row?.spans.findLast(({ from }) => from <= asOf);
  return span === undefined || (span.to <= asOf && daysBetween(span.to, asOf) >= DORMANT_DAYS);
};

export const lastActs = (row: ActivityRow | undefined, asOf: Instant): readonly Dated[] =>
  (row?.spans ?? [])
    .filter(({ to }) => to <= asOf)
    .slice(-1)
    .map(({ to, last }: { to: Dated['at']; last: EventId }) => ({ at: to, rec: to, id: last }));

/** Enrolled without an event whose actor they are for 180 days ÷ enrolled. */
export const dormancy = (view: RiskView): readonly Computed[] => {
  const { population, activity, policy, asOf } = view;
  return [
    ratio({
      indicator: 'dormancy',
      numerator: population.filter(({ id }) => isDormant(activity.get(id), asOf)).length,
      denominator: population.length,
      threshold: policy.thresholds.dormancy,
      opens: () =>
        population.flatMap(({ id, enrolled }) => [...(enrolled === null ? [] : [enrolled]), ...lastActs(activity.get(id), asOf)]),
    }),
  ];
};
