import { NETWORK, ratio, type Figure } from '../facts/figure';
import { ofType, policyFact, type Fact } from '../facts/question';
import { sum } from '../facts/sets';

/** Of the closings that satisfaction's steps tell (R15): who did not evaluate, of those who could. */
export const evaluationGap = (told: readonly Fact[]): Figure => {
  const closed = ofType(told, 'ExchangeClosed');
  const missed = sum(closed.map(({ data }) => data.missed.length));
  return ratio(
    'evaluationGap',
    {
      numerator: missed,
      denominator: missed + sum(closed.map(({ data }) => data.submitted.length)),
      evidence: [...closed, ...[policyFact(told) ?? []].flat()],
    },
    NETWORK,
  );
};
