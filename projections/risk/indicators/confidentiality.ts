import { median } from '#domain/statistics';
import { type Computed, measure, ratio } from '../figure';
import { eventsOf, exchanges } from '../operand';
import { isIn, type RiskView } from '../view/view';
import { daysBetween } from './days';
import { factsOfHeld } from './evidence';

/** Confidentiality incidents per 100 E: any alerts; median days to resolve, of those resolved in the year. */
export const confidentiality = ({ incidents, heldInYear, year, policy }: RiskView): readonly Computed[] => {
  const all = incidents.filter(({ reported }) => reported.kind === 'confidentiality');
  const reported = all.map((incident) => incident.reported).filter(({ at }) => isIn(year, at));
  const resolved = all.flatMap((incident) =>
    incident.resolved !== null && isIn(year, incident.resolved.at) ? [{ ...incident, resolved: incident.resolved }] : [],
  );
  return [
    ratio({
      indicator: 'confidentialityPer100',
      unit: 'per-100',
      numerator: reported.length,
      denominator: heldInYear.length,
      threshold: policy.thresholds.confidentialityPer100,
      counts: () => [eventsOf(reported.map(({ id }) => id)), exchanges(heldInYear.map(({ id }) => id))],
      evidence: () => [...reported, ...factsOfHeld(heldInYear)],
    }),
    measure({
      indicator: 'confidentialityDays',
      unit: 'days',
      numbers: resolved.map((each) => daysBetween(each.reported.at, each.resolved.at)),
      over: median,
      threshold: policy.thresholds.confidentialityDays,
      counts: () => eventsOf(resolved.map((each) => each.reported.id)),
      evidence: () => resolved.flatMap((each) => [each.reported, each.resolved]),
    }),
  ];
};
