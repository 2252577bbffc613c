import { type Computed, ratio } from '../figure';
import type { RiskView } from '../view/view';
import { factsOfHeld, takesPart, tallyOf } from './tally';

/** Share with g > 0 and r > 0 among those with g + r > 0. It never blocks an exchange (R3). */
export const imbalance = ({ population, heldInYear, policy }: RiskView): readonly Computed[] => {
  const tally = tallyOf(heldInYear);
  const active = population.map(({ id }) => tally(id)).filter(takesPart);
  return [
    ratio({
      indicator: 'imbalance',
      numerator: active.filter(({ given, received }) => given.length > 0 && received.length > 0).length,
      denominator: active.length,
      threshold: policy.thresholds.imbalance,
      alertWhen: 'below',
      opens: () => active.flatMap(({ given, received }) => factsOfHeld([...given, ...received])),
    }),
  ];
};
