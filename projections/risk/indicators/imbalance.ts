import { type Computed, ratio } from '../figure';
import type { RiskView } from '../view/view';
import { tallied } from './evidence';
import { takesPart, tallyOf } from './tally';

/** Share with g > 0 and r > 0 among those with g + r > 0. It never blocks an exchange (R3). */
export const imbalance = (view: RiskView): readonly Computed[] => {
  const { population, heldInYear, policy } = view;
  const tally = tallyOf(heldInYear);
  const active = population.map(({ id }) => tally(id)).filter(takesPart);
  return [
    ratio({
      indicator: 'imbalance',
      numerator: active.filter(({ given, received }) => given.length > 0 && received.length > 0).length,
      denominator: active.length,
      threshold: policy.thresholds.imbalance,
      alertWhen: 'below',
      evidence: () => tallied(view, heldInYear),
    }),
  ];
};
