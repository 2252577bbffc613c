import { type Computed, ratio } from '../figure';
import { factsOf } from '../view/exchange';
import { isIn, type RiskView } from '../view/view';

/** Missed ÷ due, by the closing of the exchange: it names who was due. One that a dispute closed early names nobody. */
export const evaluationGap = ({ exchanges, year, policy }: RiskView): readonly Computed[] => {
  const closed = exchanges.flatMap(({ facts }) => factsOf(facts, 'ExchangeClosed')).filter(({ at }) => isIn(year, at));
  const missed = closed.reduce((sum, fact) => sum + fact.missed, 0);
  return [
    ratio({
      indicator: 'evaluationGap',
      numerator: missed,
      denominator: missed + closed.reduce((sum, fact) => sum + fact.submitted, 0),
      threshold: policy.thresholds.evaluationGap,
      opens: () => closed,
    }),
  ];
};
