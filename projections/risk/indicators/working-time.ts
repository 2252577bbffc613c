import { type Computed, ratio } from '../figure';
import { eventsOf } from '../operand';
import { factsOf } from '../view/exchange';
import { isIn, type RiskView } from '../view/view';

/** Minutes outside working hours ÷ minutes, from recorded training hours alone; corrections are differences (R20). */
export const workingTime = ({ exchanges, year, policy }: RiskView): readonly Computed[] => {
  const hours = exchanges.flatMap(({ facts }) => factsOf(facts, 'TrainingHoursRecorded')).filter(({ at }) => isIn(year, at));
  return [
    ratio({
      indicator: 'outsideHours',
      numerator: hours.reduce((sum, { minutesOutside }) => sum + minutesOutside, 0),
      denominator: hours.reduce((sum, { minutes }) => sum + minutes, 0),
      threshold: policy.thresholds.outsideHours,
      counts: () => [eventsOf(hours.map(({ id }) => id)), eventsOf(hours.map(({ id }) => id))],
      evidence: () => hours,
    }),
  ];
};
