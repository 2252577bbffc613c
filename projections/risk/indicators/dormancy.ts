import type { Instant } from '#kernel/id';
import { type Computed, ratio } from '../figure';
import { members } from '../operand';
import type { Dated } from '../risk.facts';
import { type Act, type ActivityRow, DORMANT_DAYS } from '../risk.projection';
import type { RiskView } from '../view/view';
import { daysBetween } from './days';
import { membershipOf } from './evidence';

/** The last act by D that was kept: the member's last one, but where that is less than 180 days ago. */
export const lastAct = (row: ActivityRow | undefined, asOf: Instant): Act | undefined => row?.acts.findLast(({ at }) => at <= asOf);

export const isDormant = (row: ActivityRow | undefined, asOf: Instant): boolean => {
  const last = lastAct(row, asOf);
  return last === undefined || daysBetween(last.at, asOf) >= DORMANT_DAYS;
};

const lastActsOf = ({ population, activity, asOf }: RiskView): readonly Dated[] =>
  population.flatMap(({ id }) => {
    const last = lastAct(activity.get(id), asOf);
    return last === undefined ? [] : [{ at: last.at, rec: last.at, id: last.id }];
  });

/** Enrolled without an event whose actor they are for 180 days ÷ enrolled. */
export const dormancy = (view: RiskView): readonly Computed[] => {
  const { population, activity, policy, asOf } = view;
  const dormant = population.filter(({ id }) => isDormant(activity.get(id), asOf));
  return [
    ratio({
      indicator: 'dormancy',
      numerator: dormant.length,
      denominator: population.length,
      threshold: policy.thresholds.dormancy,
      counts: () => [members(dormant.map(({ id }) => id)), members(population.map(({ id }) => id))],
      evidence: () => [...membershipOf(view.members.values()), ...lastActsOf(view)],
    }),
  ];
};
