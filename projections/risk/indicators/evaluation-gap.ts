import { type Computed, suppress, ratio } from '../figure';
import { eventsOf } from '../operand';
import type { Dated } from '../risk.facts';
import type { RiskView } from '../view/view';

/** Who was due and who missed, as told in the steps of satisfaction; and the closings that tell it. */
export interface Gap {
  readonly missed: number;
  readonly due: number;
  readonly closings: readonly Dated[];
}

/** R15: what tells who answered moves when the figures of their answers move; null while those are hidden. */
export type GapAt = (networkId: string, asOf: Dated['rec']) => Promise<Gap | null>;
export const GAP_AT = Symbol('GapAt');

export type InForce = Pick<RiskView, 'policy' | 'policyTold'>;

/** Missed ÷ due, by the closing of the exchange, by a dispute too: it names who evaluated and who did not. */
export const evaluationGap = (gap: Gap | null, { policy, policyTold }: InForce): Computed => {
  const { missed, due, closings } = gap ?? { missed: 0, due: 0, closings: [] };
  const figure = ratio({
    indicator: 'evaluationGap',
    numerator: missed,
    denominator: due,
    threshold: policy.thresholds.evaluationGap,
    counts: () => [eventsOf(closings.map(({ id }) => id)), eventsOf(closings.map(({ id }) => id))],
    evidence: () => [...closings, ...policyTold],
  });
  return gap === null ? suppress(figure) : figure;
};
