import { type Computed, ratio } from '../figure';
import { members } from '../operand';
import type { RiskView } from '../view/view';
import { tallied } from './evidence';
import { takesPart, tallyOf } from './tally';

/** Share with g > 0 and r > 0 among those with g + r > 0. It never blocks an exchange (R3). */
export const imbalance = (view: RiskView): readonly Computed[] => {
  const { population, heldInYear, policy } = view;
  const tally = tallyOf(heldInYear);
  const active = population.filter(({ id }) => takesPart(tally(id)));
  const both = active.filter(({ id }) => tally(id).given.length > 0 && tally(id).received.length > 0);
  return [
    ratio({
      indicator: 'imbalance',
      numerator: both.length,
      denominator: active.length,
      threshold: policy.thresholds.imbalance,
      alertWhen: 'below',
      counts: () => [members(both.map(({ id }) => id)), members(active.map(({ id }) => id))],
      evidence: () => tallied(view, heldInYear),
    }),
  ];
};
